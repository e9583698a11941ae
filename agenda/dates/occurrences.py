"""From the dates a coordinator typed to the occurrences that lists, feeds and figures read."""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from territories.territory import zone_of

from .rules import instant, last_day, midnight_after, on_the_wall, repeat_text, walls

if TYPE_CHECKING:
    from agenda.models import DateChange, EventDate, EventPage

# A date that repeats without end is known this far ahead; a daily job moves the horizon on.
HORIZON = timedelta(days=456)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
# The one occurrence of an action that has no sessions.
ACTION_KEY = "action"
# What is not to be wins over what is full.
OFF = ("cancelled", "postponed")


class Moment(NamedTuple):
    """One occurrence to be: the fields of `Occurrence`, all moments in UTC."""

    key: str
    date_key: str
    original: datetime
    start: datetime
    end: datetime | None
    over_at: datetime
    series: str = ""
    until: date | None = None
    is_all_day: bool = False
    is_period: bool = False
    status: str = "scheduled"
    note: str = ""

    def lasting(self, start: datetime, end: datetime | None, zone: zoneinfo.ZoneInfo) -> Moment:
        """The same one at another time."""
        day = on_the_wall(start, zone).date()
        return self._replace(
            start=start,
            end=end,
            over_at=end or midnight_after(day, zone),
            is_period=end is not None and on_the_wall(end, zone) - on_the_wall(start, zone) > DAY,
        )


class Rebuilt(NamedTuple):
    made: int
    changed: int
    deleted: int


def moments(
    typed: EventDate, zone: zoneinfo.ZoneInfo, horizon: datetime, *, ends_by: date | None = None
) -> Iterator[Moment]:
    """When one date takes place, in order, its changes apart. `ends_by`: see `rules`."""
    series = repeat_text(typed, zone)
    until = last_day(typed, ends_by) if series else None
    for wall in walls(typed, zone, horizon, ends_by=ends_by):
        start = instant(wall, zone)
        # The day tells occurrences of one date apart, so that a changed hour changes no key.
        key = f"{typed.key.hex}-{wall:%Y%m%d}" if typed.repeat else typed.key.hex
        yield Moment(
            key,
            typed.key.hex,
            original=start,
            start=start,
            end=None,
            over_at=start,
            series=series,
            until=until,
            is_all_day=typed.is_all_day,
        ).lasting(start, end_of(typed, wall, zone), zone)


def end_of(typed: EventDate, wall: datetime, zone: zoneinfo.ZoneInfo) -> datetime | None:
    """Of the occurrence that begins at `wall`; None when nobody said it.

    It lasts as long on the wall clock, whatever the clocks do meanwhile. Days are whole: their end
    is the midnight after the last one.
    """
    first = on_the_wall(typed.start, zone)
    if typed.is_all_day:
        last = on_the_wall(typed.end or typed.start, zone)
        return midnight_after((wall + (last.date() - first.date())).date(), zone)
    if typed.end is None:
        return None
    if not typed.repeat:
        return typed.end
    end = instant(wall + (on_the_wall(typed.end, zone) - first), zone)
    start = instant(wall, zone)
    # The clocks were changed in between and nothing is left of it.
    return end if end > start else start + (typed.end - typed.start)


def planned(event: EventPage, horizon: datetime) -> list[Moment]:
    """What an event's dates give with their changes, in order."""
    zone = zone_of(event.territory)
    found = given(event, horizon)
    changes = list(event.changes.all())
    known = changes_of(found, changes, zone)
    found = [changed(moment, known.get(moment.key), zone) for moment in found]
    found += [added(change, zone) for change in changes if change.kind == "added" and change.start]
    if event.is_action and not found:
        found += action_of(event, zone)
    if event.status in OFF:
        found = [
            one if one.status == "cancelled" else one._replace(status=event.status) for one in found
        ]
    elif event.status != "scheduled":
        found = [
            one._replace(status=event.status) if one.status == "scheduled" else one for one in found
        ]
    return sorted(found, key=attrgetter("start", "key"))


def given(event: EventPage, horizon: datetime) -> list[Moment]:
    """What the rules alone give. One that begins late is seen as far from there."""
    zone = zone_of(event.territory)
    return [
        moment
        for typed in event.dates.all()
        if typed.start
        for moment in moments(
            typed, zone, max(horizon, typed.start + HORIZON), ends_by=event.ends_by
        )
    ]


def changes_of(
    found: Sequence[Moment], changes: Iterable[DateChange], zone: zoneinfo.ZoneInfo
) -> dict[str, DateChange]:
    """The change of each occurrence, by its key.

    A change tells the moment the rule gave. Where the hour of the rule was changed since, it is
    that of the same day, when there is only one.
    """
    at, on = defaultdict(list), defaultdict(list)
    for moment in found:
        at[moment.original].append(moment.key)
        on[on_the_wall(moment.original, zone).date()].append(moment.key)
    known, strays = {}, []
    for change in changes:
        if change.original is None:
            continue
        keys = at.get(change.original, [])
        known.update(dict.fromkeys(keys, change))
        if not keys:
            strays.append(change)
    for change in strays:
        keys = on.get(on_the_wall(change.original, zone).date(), [])
        if len(keys) == 1:
            known.setdefault(keys[0], change)
    return known


def changed(moment: Moment, change: DateChange | None, zone: zoneinfo.ZoneInfo) -> Moment:
    if change is None:
        return moment
    moment = moment._replace(note=change.note)
    if change.kind in {"cancelled", "full"}:
        return moment._replace(status=change.kind)
    if change.kind != "moved" or not change.start:
        return moment
    if moment.is_all_day:
        return moment.lasting(*whole_days(moment, change, zone), zone)
    return moment.lasting(change.start, change.end or length_kept(moment, change, zone), zone)


def whole_days(
    moment: Moment, change: DateChange, zone: zoneinfo.ZoneInfo
) -> tuple[datetime, datetime]:
    """Where whole days move to: they stay whole, whatever the hours that were typed."""
    first = on_the_wall(change.start, zone).date()
    if change.end:
        last = on_the_wall(change.end - INSTANT, zone).date()
    else:
        length = on_the_wall(moment.end, zone) - on_the_wall(moment.start, zone)
        last = first + length - DAY
    return instant(datetime.combine(first, time.min), zone), midnight_after(max(first, last), zone)


def length_kept(moment: Moment, change: DateChange, zone: zoneinfo.ZoneInfo) -> datetime | None:
    """The end of a moved date that lasts as long as it would have."""
    if moment.end is None:
        return None
    length = on_the_wall(moment.end, zone) - on_the_wall(moment.start, zone)
    end = instant(on_the_wall(change.start, zone) + length, zone)
    return end if end > change.start else change.start + (moment.end - moment.start)


def added(change: DateChange, zone: zoneinfo.ZoneInfo) -> Moment:
    start = change.start
    moment = Moment(change.key.hex, "", start, start, None, start, note=change.note)
    return moment.lasting(start, change.end, zone)


def action_of(event: EventPage, zone: zoneinfo.ZoneInfo) -> list[Moment]:
    """The whole of an action, from its first to its last day."""
    if not (event.runs_from and event.runs_until):
        return []
    start = instant(datetime.combine(event.runs_from, time.min), zone)
    moment = Moment(ACTION_KEY, "", start, start, None, start, is_all_day=True)
    return [moment.lasting(start, midnight_after(event.runs_until, zone), zone)]


@transaction.atomic
def rebuild_occurrences(*, event: EventPage, now: datetime | None = None) -> Rebuilt:
    """Bring an event's occurrences in line with its dates. Safe to run twice.

    What stays keeps its row. What is over keeps the status it had on the day.
    """
    from agenda.models import Occurrence

    now = now or timezone.now()
    wanted = {moment.key: moment for moment in planned(event, now + HORIZON)}
    altered, gone = [], []
    for occurrence in Occurrence.objects.filter(event=event.pk):
        moment = wanted.pop(occurrence.key, None)
        if moment is None:
            gone.append(occurrence.pk)
            continue
        facts = moment._asdict()
        if occurrence.over_at <= now and moment.over_at <= now:
            facts["status"] = occurrence.status
        if any(getattr(occurrence, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(occurrence, name, value)
            altered.append(occurrence)
    made = [Occurrence(event_id=event.pk, **moment._asdict()) for moment in wanted.values()]
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_update(
        altered, [name for name in Moment._fields if name != "key"], batch_size=200
    )
    Occurrence.objects.bulk_create(made)
    keep_end(event)
    return Rebuilt(len(made), len(altered), len(gone))


def keep_end(event: EventPage) -> None:
    """Note on the event when its last occurrence is over."""
    event.over_at = event.occurrences.aggregate(last=Max("over_at"))["last"]
    type(event).objects.filter(pk=event.pk).update(over_at=event.over_at)


def extend_horizon() -> None:
    """Give the dates that repeat the occurrences which have come within sight."""
    from agenda.models import EventDate, EventPage, Repeat

    endless = EventDate.objects.exclude(repeat__in=[Repeat.ONCE, Repeat.LIST])
    repeating = EventPage.objects.live().records().filter(dates__in=endless).distinct()
    for event in repeating.select_related("territory").iterator():
        rebuild_occurrences(event=event)
