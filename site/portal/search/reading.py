"""What a page says to whoever searches, read a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.places.models import Neighbourhood
from territories.plugins.contributions import Badge, Finding
from territories.plugins.registry import contributions, plugin_of, works_in

from .models import LONGEST_BODY, SearchDocument
from .stale import searchables
from .wording.folding import clean


@dataclass(frozen=True)
class Read:
    """`origin`: whose page it is, which a tombstone keeps. `facts`: None when it must not be
    found."""

    origin: dict[str, Any]
    facts: dict[str, Any] | None = None


# What a tombstone says.
NOTHING: dict[str, Any] = {
    "title": "",
    "summary": "",
    "body": "",
    "words": "",
    "place": "",
    "insee_code": "",
    "latitude": None,
    "longitude": None,
    "communes": [],
    "neighbourhoods": [],
    "next_date": None,
    "last_date": None,
    "days": [],
    "publics": [],
    "themes": [],
    "languages": [],
    "is_free": None,
    "marks": [],
    "badges": [],
    "external_id": None,
    "path": "",
    "confirmed_on": None,
    "expires_at": None,
}


class Reader:
    """Reads the pages of some rows; the number of queries does not depend on how many, but for
    those of the plugins' own `finding`."""

    def __init__(self, rows: Sequence[SearchDocument], now: datetime) -> None:
        self.now = now
        pages = list(
            Page.objects.filter(
                Q(pk__in=[row.page_id for row in rows if row.page_id])
                | Q(
                    translation_key__in=[row.translation_key for row in rows],
                    locale__language_code=SOURCE_LANGUAGE,
                )
            ).specific()
        )
        self.private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        self._spare_queries(pages)
        self.pages = {page.pk: page for page in pages}
        self.records = {
            page.translation_key: page
            for page in pages
            if page.locale.language_code == SOURCE_LANGUAGE
        }
        self.badges = badges_of(self.records.values())
        self.neighbourhoods = {
            one.facet_value: one.name for one in Neighbourhood.objects.only("code", "name")
        }

    @staticmethod
    def _spare_queries(pages: Iterable[Page]) -> None:
        locales = Locale.objects.in_bulk()
        territories = {
            territory.pk: territory
            for territory in Territory.objects.select_related("site").prefetch_related("switches")
        }
        for page in pages:
            page.locale = locales[page.locale_id]
            if territory_id := getattr(page, "territory_id", None):
                page.territory = territories[territory_id]

    def read(self, row: SearchDocument) -> Read:
        page = self.pages.get(row.page_id)
        if page is None or type(page) not in searchables():
            return Read({"kind": row.kind, "plugin": row.plugin, "territory": row.territory})
        record = self.records.get(page.translation_key, page)
        territory = getattr(record, "territory", None)
        plugin = plugin_of(type(page))
        origin = {
            "kind": searchables()[type(page)].kind,
            "plugin": plugin,
            "territory": territory,
        }
        is_shown = self._is_public(page) and self._is_public(record)
        if not (is_shown and works_in(plugin, territory)):
            return Read(origin)
        if page is not record and page.alias_of_id == record.pk:
            return Read(origin)  # a copy that waits for its translation says nothing of its own
        parts = page.get_url_parts()
        if parts is None:
            return Read(origin)
        with translation.override(row.language):
            finding = searchables()[type(page)].finding(page, record)
            facts = facts_of(finding)
            marks = self._marks_of(record, territory)
            facts["marks"] = [fact for fact, _badge in marks]
            facts["badges"] = [
                {"text": str(badge.text), "icon": badge.icon, "kind": badge.kind, "url": badge.url}
                for badge in (*finding.badges, *(badge for _fact, badge in marks))
            ]
        # Whoever names a neighbourhood looks for what is there, whatever its address says.
        names = (self.neighbourhoods.get(one, "") for one in facts["neighbourhoods"])
        facts["words"] = clean(" ".join([facts["words"], *names]))
        facts["path"] = parts[2]
        facts["expires_at"] = min(
            (moment for moment in (page.expire_at, record.expire_at) if moment), default=None
        )
        return Read(origin, facts)

    def _is_public(self, page: Page) -> bool:
        return (
            page.live
            and not page.path.startswith(self.private)
            and (page.expire_at is None or page.expire_at > self.now)
        )

    def _marks_of(self, record: Page, territory: Territory | None) -> list[tuple[str, Badge]]:
        return [
            (fact, badge)
            for plugin, fact, badge in self.badges.get(record.pk, ())
            if works_in(plugin, territory)
        ]


def badges_of(records: Iterable[Page]) -> dict[int, list[tuple[str, str, Badge]]]:
    """(plugin, fact, badge) of each marked record, whoever has switched what: one query a mark."""
    found: dict[int, list[tuple[str, str, Badge]]] = {}
    records = list(records)
    for plugin, mark in contributions("MARKS"):
        pks = [record.pk for record in records if record._meta.label == mark.on]
        if mark.fact and pks:
            for pk, badge in mark.badges(pks).items():
                found.setdefault(pk, []).append((plugin, mark.fact, badge))
    return found


def facts_of(finding: Finding) -> dict[str, Any]:
    return {
        "title": clean(finding.title, 255),
        "summary": clean(finding.summary),
        "body": clean(finding.body, LONGEST_BODY),
        "words": clean(" ".join(distinct(finding.words))),
        "place": clean(finding.place, 255),
        "insee_code": finding.insee_code,
        "latitude": finding.latitude,
        "longitude": finding.longitude,
        "communes": distinct(finding.communes or [finding.insee_code]),
        "neighbourhoods": distinct(finding.neighbourhoods),
        "next_date": finding.next_date,
        "last_date": finding.last_date,
        "days": sorted({day.isoformat() for day in finding.days}),
        "publics": list(map(str, finding.publics)),
        "themes": list(map(str, finding.themes)),
        "languages": distinct(finding.languages),
        "is_free": finding.is_free,
        "external_id": finding.external_id,
        "confirmed_on": finding.confirmed_on,
    }


def distinct(values: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))
