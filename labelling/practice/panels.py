"""On the page of what a sheet tells, and of what was made of one: the way to the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from labelling.models import PracticeReuse, PracticeSheetPage
from territories.pages.translations import read_in_language
from territories.plugins.contributions import Figure, Panel

from .lists import dressed

BEARERS = ("agenda.EventPage", "cooperation.ActionPage", "resources_directory.ActorPage")
MOST = 3


def sheets_beside(request: HttpRequest, page: Page) -> Mapping[str, Any] | None:
    """Those that tell of this page, and the one that it was made of: in one query."""
    record = page.record.pk
    made_of = PracticeReuse.objects.filter(sheet=OuterRef("pk"), page=record)
    found = PracticeSheetPage.objects.findable().filter(Q(about=record) | Exists(made_of))
    sheets = read_in_language(
        found.order_by("-first_published_at", "-pk")[:MOST], get_language() or "", dressed
    )
    if not sheets:
        return None
    return {
        "own": [sheet for sheet in sheets if sheet.about_id == record],
        "origins": [sheet for sheet in sheets if sheet.about_id != record],
    }


def sheets_online(territories):
    return PracticeSheetPage.objects.findable().per_territory(territories)


SHEET_PANELS = [
    Panel("practice_sheets", on, "labelling/practice/beside.html", sheets_beside, order=70)
    for on in BEARERS
]
SHEET_FIGURE = Figure(
    "practice_sheets",
    _("fiches actions en ligne"),
    sheets_online,
    add=_("Écrire une fiche action"),
    adds="labelling.PracticeSheetPage",
    under="labelling.PracticeSheetsPage",
    order=55,
)
