"""What is closed now, or will be soon, for whoever tells it: a page, a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language

from territories.pages.translations import read_in_language
from territories.territory import zone_of
from territories.words import period_words

from .models import ActorPage, ServicePage
from .models.closures import ActorClosure, ServiceClosure

if TYPE_CHECKING:
    from territories.models import Territory

MOST = 20
WHOSE = ((ActorPage, ActorClosure, "actor"), (ServicePage, ServiceClosure, "service"))


@dataclass(frozen=True)
class ClosedSoon:
    """`page` has the words, in the visitor's language where they exist; `record` has the facts.

    `note` is the coordinator's own, kept in the source language only.
    """

    record: ActorPage | ServicePage
    page: ActorPage | ServicePage
    first_day: date
    last_day: date
    note: str
    # Said where lists mix territories: on the national portal.
    territory: Territory | None = None

    @property
    def days(self) -> str:
        return period_words(self.first_day, self.last_day)


def closed_soon(
    territory: Territory | None,
    *,
    weeks: int,
    narrow: Callable[[QuerySet], QuerySet] = lambda records: records,
) -> list[ClosedSoon]:
    """The closures that last or begin within so many weeks, the first to begin first.

    A place that closes is told once, and not each of its services. Three queries, however many.
    """
    today = timezone.localtime(timezone=zone_of(territory)).date()
    by_record = closures_between(territory, today, today + timedelta(weeks=weeks))
    found: list[ClosedSoon] = []
    for model, _closures, whose in WHOSE:
        if not by_record[whose]:
            continue
        records = narrow(
            model.objects.findable().in_territory(territory).filter(pk__in=by_record[whose])
        ).order_by("path")
        dressed = read_in_language(
            records,
            get_language() or "",
            lambda pages: pages.select_related("locale", "territory__site"),
        )
        for record in dressed:
            for closure in by_record[whose].get(record.pk, ()):
                found.append(
                    ClosedSoon(
                        record=record,
                        page=record.shown,
                        first_day=closure.first_day,
                        last_day=closure.last_day,
                        note=closure.note,
                        territory=record.territory if territory is None else None,
                    )
                )
    found.sort(key=lambda line: (line.first_day, line.last_day, line.page.title))
    return found[:MOST]


def closures_between(
    territory: Territory | None, first: date, last: date
) -> dict[str, dict[int, list[Any]]]:
    """Of actors and of services, by the primary key of each, in one query for both."""
    parts = []
    for _model, closures, whose in WHOSE:
        soon = closures.objects.filter(last_day__gte=first, first_day__lte=last)
        if territory is not None:
            soon = soon.filter(**{f"{whose}__territory": territory})
        named = soon.order_by().annotate(whose=Value(whose), sheet=F(whose))
        parts.append(
            named.values_list("whose", "sheet", "first_day", "last_day", "note", named=True)
        )
    found: dict[str, dict[int, list[Any]]] = {whose: {} for _model, _closures, whose in WHOSE}
    for one in parts[0].union(*parts[1:], all=True):
        found[one.whose].setdefault(one.sheet, []).append(one)
    return found
