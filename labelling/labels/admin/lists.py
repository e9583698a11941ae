"""« Labels donnés »: those of one's own territories, on screen and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from labelling.labels.renewing import AHEAD
from labelling.models import Label, Status, Subject
from labelling.models.applications import READ
from labelling.rights import own_territories
from territories.spreadsheets.downloads import csv_button, csv_to_be_saved, dated
from territories.tenancy.lists import OwnList
from territories.tenancy.roles import may_somewhere

from .own import ICON, LIST_TITLE, labels_read_by

IN_FORCE, ENDING, EXPIRED, WITHDRAWN = "in_force", "ending", "expired", "withdrawn"
CALLED_OFF = Status.CALLED_OFF.value
STATES = (
    (IN_FORCE, _("en cours")),
    (ENDING, _("bientôt finis")),
    (EXPIRED, _("expirés")),
    (WITHDRAWN, _("retirés")),
    (CALLED_OFF, _("rendez-vous annulés")),
)
FACTS = ("page", "territory", "grid")
EXPORTED = ("numero", "pour", "sorte", "territoire", "du", "au", "etat", "retire_le", "grille")


class LabelFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("État"), choices=STATES, method="narrow")
    subject = django_filters.ChoiceFilter(label=_("Pour quoi"), choices=Subject)
    territory = django_filters.ModelChoiceFilter(
        label=_("Territoire"), queryset=lambda request: own_territories(request.user, READ)
    )

    class Meta:
        model = Label
        fields = ["subject", "territory"]

    def narrow(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == WITHDRAWN:
            return queryset.exclude(withdrawn_on=None)
        if value in {EXPIRED, CALLED_OFF}:
            found = queryset.with_call_offs().filter(withdrawn_on=None)
            if value == CALLED_OFF:
                return found.filter(is_called_off=True)
            return found.filter(is_called_off=False, expires_on__lt=today)
        in_force = queryset.active(today)
        return in_force.filter(expires_on__lte=today + AHEAD) if value == ENDING else in_force


def state_of(label: Label) -> Any:
    return Status(label.status).label


def day_of(field: str) -> Callable[[Label], str]:
    """In words: Wagtail's own column says how long ago, and a label ends in the future."""
    return lambda label: date_format(getattr(label, field), "j F Y")


class LabelsView(OwnList):
    model = Label
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "label_labels:index"
    index_results_url_name = "label_labels:index_results"
    filterset_class = LabelFilterSet
    default_ordering = "-granted_on"
    is_searchable = False
    permission = READ
    nothing_yet = _("Aucun label pour l’instant. On en donne un depuis « Demandes de label ».")
    columns = [
        TitleColumn(
            "number",
            label=_("Numéro"),
            url_name="label_labels:read",
            classname="w-whitespace-nowrap",
        ),
        Column("page", label=_("Pour"), accessor="page.title"),
        Column("subject", label=_("Pour quoi"), accessor="get_subject_display"),
        Column("territory", label=_("Territoire")),
        Column("starts_on", label=_("Du"), sort_key="starts_on", accessor=day_of("starts_on")),
        Column("expires_on", label=_("Au"), sort_key="expires_on", accessor=day_of("expires_on")),
        Column("state", label=_("État"), accessor=state_of),
    ]

    def get_base_queryset(self) -> QuerySet[Label]:
        found = labels_read_by(self.request.user).with_call_offs()
        return found.select_related("page", "territory")

    @property
    def header_more_buttons(self) -> list[Button]:
        return [csv_button(reverse("label_labels:export"), self.request.GET.urlencode())]


class ExportView(View):
    """The labels of the list, as filtered."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_somewhere(request.user, READ):
            raise PermissionDenied
        own = labels_read_by(request.user)
        chosen = LabelFilterSet(request.GET, queryset=own, request=request)
        found = chosen.qs if chosen.is_valid() else own.none()
        rows = map(cells, found.with_call_offs().select_related(*FACTS))
        status = 200 if chosen.is_valid() else 400
        return csv_to_be_saved(dated("labels"), EXPORTED, rows, status=status)


def cells(label: Label) -> list[Any]:
    return [
        label.number,
        label.page.title,
        label.get_subject_display(),
        label.territory.slug,
        label.starts_on,
        label.expires_on,
        state_of(label),
        label.withdrawn_on or "",
        label.grid.version,
    ]
