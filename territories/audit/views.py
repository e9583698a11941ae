"""« Journal »: who did what in one's own territories, to read, to filter, to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from territories.models import JournalEntry
from territories.pages.editor import edit_url
from territories.spreadsheets.downloads import csv_button, csv_to_be_saved, dated
from territories.tenancy.policies import pages_with
from territories.tenancy.roles import is_national, owners_where

from .filters import JournalFilterSet

EXPORTED_AT_A_TIME = 500
NOBODYS = _("Portail et équipe nationale")


def may_read(user: User) -> bool:
    return is_national(user) or bool(owners_where(user, "territories.view_journalentry"))


class JournalView(ReportView):
    page_title = _("Journal")
    header_icon = "history"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "territories_journal"
    index_results_url_name = "territories_journal_results"
    model = JournalEntry
    filterset_class = JournalFilterSet
    verbose_name_plural = _("lignes")
    # The spreadsheet formats that Wagtail would offer; ours is written below.
    FORMATS = ("csv",)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def shows_territories(self) -> bool:
        return "territory" in self.filters.filters

    @property
    def columns(self) -> list[Column]:
        shown = [
            DateColumn("timestamp", label=_("Quand")),
            Column("user_display_name", label=_("Qui")),
            Column("said", label=_("Fait quoi")),
            TitleColumn("label", label=_("Sur quoi"), get_url=lambda entry: entry.edit_url),
            Column("kind", label=_("Sorte d’objet")),
        ]
        if self.shows_territories:
            shown.append(Column("territory", label=_("Territoire"), accessor=whose))
        return shown

    def get_base_queryset(self):
        return JournalEntry.objects.readable_by(self.request.user)

    def get_queryset(self):
        # A title of an earlier author is read in the line itself; only its author is looked up.
        return super().get_queryset().select_related("user", "content_type", "territory")

    def get_filtered_queryset(self):
        return self.get_queryset()

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "queryset": self.get_base_queryset()}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        wants_file = request.GET.get("export") in self.FORMATS
        # The list says below the filter what is wrong with it; a file could not.
        if wants_file and self.filters.is_valid():
            return self.as_file(self.get_queryset())
        self.is_export = False
        answer = super().get(request, *args, **kwargs)
        if wants_file:
            answer.status_code = 400
        return answer

    def decorate_paginated_queryset(self, object_list):
        entries = list(with_pages(object_list))
        pages = [entry.page.pk for entry in entries if entry.page]
        own = pages_with(self.request.user, ("change",))
        editable = set(own.filter(pk__in=pages).values_list("pk", flat=True)) if pages else set()
        for entry in entries:
            entry.edit_url = (
                edit_url(entry.page) if entry.page and entry.page.pk in editable else None
            )
        return entries

    def as_file(self, entries) -> StreamingHttpResponse:
        headings = [_("Quand"), _("Qui"), _("Fait quoi"), _("Sur quoi"), _("Sorte d’objet")]
        headings += [_("Territoire"), _("Commentaire")]
        # The answer is written once the admin has given the language back.
        language, zone = get_language(), timezone.get_current_timezone()

        def rows() -> Iterator[list[str]]:
            found = entries.iterator(chunk_size=EXPORTED_AT_A_TIME)
            while chunk := list(islice(found, EXPORTED_AT_A_TIME)):
                with override(language), timezone.override(zone):
                    written = [row_of(entry) for entry in with_pages(chunk)]
                yield from written

        return csv_to_be_saved(dated("journal"), headings, rows())

    @property
    def header_more_buttons(self) -> list[Button]:
        return [csv_button(self.csv_export_url)]


def whose(entry: JournalEntry) -> str:
    return entry.territory.name if entry.territory else str(NOBODYS)


def row_of(entry: JournalEntry) -> list[str]:
    return [
        date_format(timezone.localtime(entry.timestamp), "Y-m-d H:i:s"),
        entry.user_display_name,
        entry.said,
        entry.label,
        entry.kind,
        whose(entry),
        entry.comment,
    ]


def with_pages(entries: Iterable[JournalEntry]) -> Iterator[JournalEntry]:
    """Gives each line the page it is about, where there still is one: one query for all."""
    entries = list(entries)
    keys = [entry.object_id for entry in entries if entry.is_about_a_page]
    pages = Page.objects.in_bulk(keys) if keys else {}
    for entry in entries:
        if entry.is_about_a_page:
            entry.page = pages.get(int(entry.object_id))
        yield entry


class JournalMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def journal_menu_item() -> JournalMenuItem:
    return JournalMenuItem(
        _("Journal"), reverse("territories_journal"), name="journal", icon_name="history", order=100
    )


URLS = [
    path("reports/journal/", JournalView.as_view(), name="territories_journal"),
    path(
        "reports/journal/results/",
        JournalView.as_view(results_only=True),
        name="territories_journal_results",
    ),
]
