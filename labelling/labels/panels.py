"""What pages that bear the label say of it, and what the admin's home says of labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cooperation.models import ActionPage
from labelling.models import Label, LabelCheck, Status
from resources_directory.models import ActorPage
from territories.discovery.structured import as_text
from territories.models import Territory
from territories.plugins.contributions import DashboardPanel, Figure, Panel
from territories.tenancy.guards import territories_of
from territories.tenancy.roles import territories_where

from .bearers import BEARERS
from .marks import badge_for
from .proof import certification, checks_of, points_of

DASHBOARD_SHOWN = 10
ENDS_SOON = timedelta(days=15)


def checks_in_force(page: Page) -> list[LabelCheck]:
    """Read once, by the badge under the title and by the band under the page."""
    record = page.record
    if not hasattr(record, "checks_in_force"):
        active = Label.objects.active().filter(page=record.pk)
        record.checks_in_force = list(checks_of(label__in=active))
    return record.checks_in_force


def badge_of(request: HttpRequest, page: Page) -> Mapping[str, Any] | None:
    checks = checks_in_force(page)
    return {"badges": [badge_for(checks[0].label.number)]} if checks else None


def what_the_label_says(request: HttpRequest, page: Page) -> Mapping[str, Any] | None:
    """What was checked, in one query: a label has at least the mandatory criteria."""
    if not (checks := checks_in_force(page)):
        return None
    label = checks[0].label
    mandatory, optional = points_of(checks)
    about = {"@type": "Thing", "name": page.record.title, "url": page.record.full_url}
    data = {**certification(label, Status.ACTIVE), "about": about}
    return {
        "label": label,
        "mandatory": mandatory,
        "optional": optional,
        "structured": as_text({"@context": "https://schema.org", **data}),
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


def labels_in_force(territories: Collection[int]) -> Mapping[int, int]:
    own = Label.objects.active().filter(territory__in=territories).order_by()
    return dict(own.values_list("territory").annotate(Count("pk")))


PANELS = [
    Panel(
        "label",
        model._meta.label,
        "labelling/what_the_label_says.html",
        what_the_label_says,
        order=50,
    )
    for model in BEARERS
] + [
    # An event shows all that is known of it in a line, the label first.
    Panel("label_badge", model._meta.label, "components/tags.html", badge_of, at="header")
    for model in (ActionPage, ActorPage)
]
DASHBOARD = DashboardPanel("labels", "labelling/your_labels.html", your_labels)
FIGURE = Figure("labels", _("labels en cours"), labels_in_force, order=50)
