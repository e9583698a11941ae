"""Practice sheets as lines of a list, whoever shows the list: a page, a panel, a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest

from labelling.models import PracticeSheetPage
from territories.pages.listing import Listing
from territories.plugins.contributions import Badge

if TYPE_CHECKING:
    from territories.models import Territory

PER_PAGE = 12
NEWEST = ("-first_published_at", "-pk")


@dataclass(frozen=True)
class Line:
    """`page` has the words, in the visitor's language where they exist; `record` has the facts.
    `territory`: said where lists mix territories, on the national portal."""

    record: PracticeSheetPage
    page: PracticeSheetPage
    badges: Sequence[Badge] = ()
    territory: Territory | None = None


def sheets_of(territory: Territory | None) -> QuerySet[PracticeSheetPage]:
    """What anybody may read; None is the portal, which shows those of all."""
    return PracticeSheetPage.objects.findable().in_territory(territory)


def dressed(sheets: QuerySet) -> QuerySet:
    """With what a line shows beside the page itself."""
    return sheets.select_related("locale", "territory__site", "format")


def sheet_list(request: HttpRequest) -> dict[str, Any]:
    """The list of `/fiches-actions/`, as the visitor has narrowed it."""
    listing = Listing(
        request,
        dressed(sheets_of(request.territory)),
        ordering=NEWEST,
        per_page=PER_PAGE,
        prefetch=["themes__parent"],
    )
    return {"listing": listing, "lines": lines_of(listing.items, request.territory)}


def lines_of(records: Iterable[PracticeSheetPage], territory: Territory | None) -> list[Line]:
    return [
        Line(
            record=record,
            page=getattr(record, "shown", record),
            badges=badges_of(record),
            territory=record.territory if territory is None else None,
        )
        for record in records
    ]


def badges_of(record: PracticeSheetPage) -> list[Badge]:
    """Its format and the families of its themes, in the words of residents."""
    badges = [Badge(record.format.words)] if record.format else []
    if "themes" in getattr(record, "_prefetched_objects_cache", {}):
        families = {theme.parent for theme in record.themes.all() if theme.parent}
        badges += [
            Badge(family.words, family.icon)
            for family in sorted(families, key=lambda family: family.position)
        ]
    return badges
