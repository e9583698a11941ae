from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.models import Territory
from territories.plugins.contributions import DashboardPanel, Figure, Panel
from territories.tenancy.guards import territories_of
from territories.tenancy.roles import territories_where

from .figures.panel import FIGURE as REPORTS_OF_THE_YEAR
from .models import CriterionKind, Label, LabelCheck
from .practice.panels import SHEET_FIGURE, SHEET_PANELS
from .reports.admin.lists import late_reports
from .review.panels import waiting_applications

DASHBOARD_SHOWN = 10
ENDS_SOON = timedelta(days=15)


def what_the_label_says(request: HttpRequest, page: Page) -> Mapping[str, Any] | None:
    """The criteria checked, read in one query: a label has at least the mandatory ones."""
    active = Label.objects.active().filter(page=page.record.pk)
    checks = LabelCheck.objects.filter(label__in=active).select_related("label", "criterion")
    found = list(checks.order_by("criterion__kind", "criterion__number"))
    if not found:
        return None
    criteria = [check.criterion for check in found]
    return {
        "label": found[0].label,
        "mandatory": [one for one in criteria if one.kind == CriterionKind.MANDATORY],
        "optional": [one for one in criteria if one.kind == CriterionKind.OPTIONAL],
    }


def your_labels(request: HttpRequest) -> Mapping[str, Any] | None:
    """The labels in force in the territories where this person edits or judges."""
    edited = set(territories_of(request.user))
    judged = territories_where(request.user, "labelling.view_application").values_list(
        "pk", flat=True
    )
    own = Territory.objects.with_plugin("labelling").filter(pk__in=edited | set(judged))
    labels = (
        Label.objects.active()
        .filter(territory__in=own)
        .select_related("page", "territory")
        .order_by("expires_on", "number")
    )
    shown = list(labels[: DASHBOARD_SHOWN + 1])
    if not shown:
        return None
    return {
        "labels": shown[:DASHBOARD_SHOWN],
        "edited": edited,
        "soon": timezone.localdate() + ENDS_SOON,
        "has_more": len(shown) > DASHBOARD_SHOWN,
    }


def labels_in_force(territories):
    own = Label.objects.active().filter(territory__in=territories).order_by()
    return dict(own.values_list("territory").annotate(Count("pk")))


PANELS = [
    Panel(
        "label",
        "agenda.EventPage",
        "labelling/what_the_label_says.html",
        what_the_label_says,
        order=50,
    ),
    *SHEET_PANELS,
]
DASHBOARD = [
    DashboardPanel(
        "label_applications", "labelling/review/waiting.html", waiting_applications, order=20
    ),
    DashboardPanel("labels", "labelling/your_labels.html", your_labels),
    DashboardPanel("label_reports", "labelling/reports/admin/late.html", late_reports),
]
FIGURES = [
    Figure("labels", _("labels en cours"), labels_in_force, order=50),
    REPORTS_OF_THE_YEAR,
    SHEET_FIGURE,
]
