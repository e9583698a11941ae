"""What is closed now, or will be soon, for whoever tells it: a page, a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
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

    A place that closes is told once, and not each of its services. Four queries, however many.
    """
    today = timezone.localtime(timezone=zone_of(territory)).date()
    found: list[ClosedSoon] = []
    for model, closures, whose in WHOSE:
        soon = closures.objects.filter(
            last_day__gte=today, first_day__lte=today + timedelta(weeks=weeks)
        )
        if territory is not None:
            soon = soon.filter(**{f"{whose}__territory": territory})
        by_record: dict[int, list] = {}
        for closure in soon.order_by("first_day", "last_day"):
            by_record.setdefault(getattr(closure, f"{whose}_id"), []).append(closure)
        if not by_record:
            continue
        records = narrow(
            model.objects.findable().in_territory(territory).filter(pk__in=by_record)
        ).order_by("path")
        dressed = read_in_language(
            records,
            get_language() or "",
            lambda pages: pages.select_related("locale", "territory__site"),
        )
        for record in dressed:
            for closure in by_record.get(record.pk, ()):
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
