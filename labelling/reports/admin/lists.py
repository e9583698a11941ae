from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from labelling.models import Report
from labelling.models.reports import CHANGE, READ
from labelling.reports import table
from labelling.reports.people import of_partner
from labelling.rights import own_territories
from territories.spreadsheets.downloads import csv_button, csv_to_be_saved, dated
from territories.tenancy.lists import OwnList
from territories.tenancy.roles import may_somewhere

LIST_TITLE = _("Bilans")
ICON = "form"
SHOWN = 5
LATE, WAITING, RECEIVED = "late", "waiting", "received"
STATES = ((LATE, _("en retard")), (WAITING, _("attendus")), (RECEIVED, _("reçus")))


class ReportFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("État"), choices=STATES, method="narrow")
    territory = django_filters.ModelChoiceFilter(
        label=_("Territoire"), queryset=lambda request: own_territories(request.user, READ)
    )

    class Meta:
        model = Report
        fields = ["moment"]

    def narrow(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == RECEIVED:
            return queryset.received()
        found = Report.objects.expected()
        if value == LATE:
            found = Report.objects.overdue(timezone.localdate())
        return queryset.filter(pk__in=found.values("pk"))


def state_of(report: Report) -> Any:
    if report.received_at:
        return _("reçu")
    if report.saved_at:
        return _("commencé")
    return _("en retard") if report.is_overdue else _("attendu")


class ReportsView(OwnList):
    """The whole of each label at each date; sessions are read with their whole."""

    model = Report
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "label_reports:index"
    index_results_url_name = "label_reports:index_results"
    filterset_class = ReportFilterSet
    default_ordering = "due_on"
    # Few of them, and their words are nobody's to search.
    is_searchable = False
    permission = READ
    nothing_yet = _(
        "Aucun bilan pour l’instant. Ils sont demandés d’eux-mêmes, après chaque label."
    )
    columns = [
        TitleColumn(
            "page",
            label=_("Pour quoi"),
            accessor=lambda one: one.label.page.title,
            url_name="label_reports:fill",
        ),
        Column(
            "label",
            label=_("Numéro"),
            accessor="label.number",
            classname="w-whitespace-nowrap",
        ),
        Column("moment", label=_("À quel moment"), accessor="get_moment_display"),
        Column("territory", label=_("Territoire")),
        Column(
            "due_on",
            label=_("Attendu le"),
            sort_key="due_on",
            accessor=lambda one: date_format(one.due_on, "j F Y"),
        ),
        Column("state", label=_("État"), accessor=state_of),
        Column("reached", label=_("Personnes venues"), accessor=lambda one: reached(one)),
    ]

    def get_base_queryset(self):
        found = Report.objects.of_user(self.request.user).filter(happened_on=None)
        return found.select_related("label__page", "territory")

    def order_queryset(self, queryset):
        """Those that one waits for come first, the latest on top."""
        if self.ordering != self.default_ordering:
            return super().order_queryset(queryset)
        return queryset.order_by(F("received_at").desc(nulls_first=True), "due_on", "pk")

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = [csv_button(reverse("label_reports:export"), self.request.GET.urlencode())]
        if may_somewhere(self.request.user, CHANGE):
            url = reverse("label_reports:import")
            buttons.append(Button(_("Reprendre d’un tableur"), url=url, icon_name="upload"))
        return buttons


def reached(report: Report) -> Any:
    return "–" if report.reached is None else report.reached


class ExportView(View):
    """The reports of the list as filtered, sessions among them, as they were received."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_somewhere(request.user, READ):
            raise PermissionDenied
        own = Report.objects.of_user(request.user)
        chosen = ReportFilterSet(request.GET, queryset=own, request=request)
        found = chosen.qs if chosen.is_valid() else own.none()
        headings, rows = [column.name for column in table.COLUMNS], table.cells(table.rows(found))
        status = 200 if chosen.is_valid() else 400
        return csv_to_be_saved(dated("bilans"), headings, rows, status=status)


def late_reports(request: HttpRequest) -> Mapping[str, Any] | None:
    """On the admin's home: those that are late, of one's territories or of one's own."""
    user = request.user
    own = Report.objects.of_user(user, CHANGE).values("pk")
    mine = Q(pk__in=own) | Q(pk__in=of_partner(user).values("pk"))
    late = Report.objects.overdue(timezone.localdate()).filter(mine)
    found = list(late.select_related("label__page", "territory").order_by("due_on")[: SHOWN + 1])
    if not found:
        return None
    return {"reports": found[:SHOWN], "has_more": len(found) > SHOWN and may_somewhere(user, READ)}
