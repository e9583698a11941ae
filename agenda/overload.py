"""Too much at once: events that ask the same people to be in two places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources_directory.codes import EVERYBODY
from territories.pages.editor import edit_url
from territories.words import moment_words

from .dates.occurrences import HORIZON, planned
from .models import EventPage, Occurrence, Status

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

NOON, EVENING = time(12), time(18)
SHOWN = 3
TAKING_PLACE = (Status.SCHEDULED, Status.FULL)
# What lasts longer asks nobody to be there at a given hour.
LONGEST = timedelta(days=1)

HalfDay = tuple[date, int]


@dataclass(frozen=True)
class Clash:
    """The first half-day that an event shares with the one that is saved."""

    pk: int
    title: str
    start: datetime
    end: datetime | None


def half_days(start: datetime, end: datetime | None) -> Iterator[HalfDay]:
    """The mornings (0), afternoons (1) and evenings (2) that it touches, on the wall clock that
    both moments are on. Of what has no known end, the one in which it begins."""
    if end is not None and end - start > LONGEST:
        return
    last = end - timedelta(microseconds=1) if end else start
    day, part = start.date(), part_of(start)
    while (day, part) <= (last.date(), part_of(last)):
        yield day, part
        day, part = (day, part + 1) if part < 2 else (day + timedelta(days=1), 0)


def part_of(moment: datetime) -> int:
    hour = moment.time()
    return 0 if hour < NOON else 1 if hour < EVENING else 2


def clashes_of(event: EventPage, now: datetime) -> list[Clash]:
    """The other published events of its territory for the same public and the same neighbourhoods
    in one of the same half-days, soonest first. `event`: as it was just typed, a draft or not.

    An event that names no public is for everybody, one that names no neighbourhood for the whole
    territory: it meets those of everybody, those of the whole territory.
    """
    own = {
        half
        for moment in planned(event, now + HORIZON)
        if moment.over_at > now and moment.status in TAKING_PLACE
        for half in half_days(on_clock(moment.start, event), on_clock(moment.end, event))
    }
    if not own:
        return []
    found: dict[int, Clash] = {}
    for pk, title, start, end in others(event, now, {day for day, _part in own}):
        shared = own.intersection(half_days(on_clock(start, event), on_clock(end, event)))
        if shared and pk not in found:
            found[pk] = Clash(pk, title, start, end)
    return list(found.values())


def others(event: EventPage, now: datetime, days: Collection[date]) -> Iterator[tuple]:
    """Primary key, title, start and end of what might meet the event; one query."""
    first, last = (
        datetime.combine(day, time.min, tzinfo=event.zone)
        for day in (min(days), max(days) + timedelta(days=1))
    )
    return (
        Occurrence.objects.filter(
            same_publics(event),
            same_neighbourhoods(event),
            event__live=True,
            event__territory=event.territory_id,
            over_at__gt=max(now, first),
            start__lt=last,
            status__in=TAKING_PLACE,
        )
        .exclude(event=event.pk)
        .order_by("start", "pk")
        .values_list("event", "event__title", "start", "end")
        .iterator()
    )


def same_publics(event: EventPage) -> Q:
    named = EventPage.publics.through.objects.filter(eventpage=OuterRef("event"))
    wanted = [term.pk for term in event.publics.all() if term.code != EVERYBODY]
    if wanted:
        return Q(Exists(named.filter(term__in=wanted)))
    return ~Q(Exists(named.exclude(term__code=EVERYBODY)))


def same_neighbourhoods(event: EventPage) -> Q:
    named = EventPage.aimed_at.through.objects.filter(eventpage=OuterRef("event"))
    wanted = [place.pk for place in event.aimed_at.all()]
    return Q(Exists(named.filter(neighbourhood__in=wanted))) if wanted else ~Q(Exists(named))


def on_clock(moment: datetime | None, event: EventPage) -> datetime | None:
    return moment.astimezone(event.zone) if moment else None


def warn_of_overload(request: HttpRequest, page: Page) -> None:
    """After somebody saved an event: a message, which hinders nothing."""
    if not isinstance(page, EventPage) or not page.is_record:
        return
    clashes = clashes_of(page, timezone.now())
    if not clashes:
        return
    named = format_html_join(
        " ; ",
        '<a href="{}">{}</a> ({})',
        (
            (
                edit_url(clash),
                clash.title,
                moment_words(clash.start, clash.end, page.zone),
            )
            for clash in clashes[:SHOWN]
        ),
    )
    more = len(clashes) - SHOWN
    if more > 0:
        also = ngettext("et %(number)d autre", "et %(number)d autres", more) % {"number": more}
        named = format_html("{} {}", named, also)
    intro = _("Au même moment, pour le même public et le même quartier :")
    messages.warning(request, format_html("{} {}.", intro, named))
