"""Rules of other calendars: checked, followed, and said in our terms where that is possible."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import vRecur

from agenda.dates.rules import MOST, instant, on_the_wall
from territories.importing.records import BadRecord

from . import bounds
from .days import begins
from .records import ReadDate

KNOWN = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
    *("BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND"),
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
FILTERS = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY")
SOME_DAY = datetime.combine(date(2000, 1, 1), time.min)
NEVER = gettext_lazy("sa règle de répétition ne donne aucune date.")
YEARS_COUNTED = 12


class Rule(NamedTuple):
    """`text` is without its end, which `count` or `until` says; neither: it has none."""

    text: str
    parts: dict[str, list]
    count: int | None
    until: date | datetime | None

    def ends_by(self, last: date) -> bool:
        return self.count is not None or (
            self.until is not None and self.until.timetuple() < last.timetuple()
        )

    @property
    def interval(self) -> int:
        return int((self.parts.get("INTERVAL") or [1])[0])

    @property
    def is_seldom(self) -> bool:
        return self.parts["FREQ"][0] in ("YEARLY", "MONTHLY")

    @property
    def is_endless(self) -> bool:
        return self.count is None and self.until is None


def checked(recur: vRecur) -> Rule:
    """Raises BadRecord for a rule that would keep us busy, or that we do not understand."""
    parts = {
        str(name).upper(): value if isinstance(value, list) else [value]
        for name, value in recur.items()
    }
    frequency = str((parts.get("FREQ") or [""])[0]).upper()
    if parts.keys() - KNOWN or not frequency:
        raise BadRecord(_("sa règle de répétition n’est pas comprise."))
    if frequency in OFTEN:
        raise BadRecord(_("il se répète plusieurs fois par jour : donnez une date par horaire."))
    if sum(map(len, parts.values())) > bounds.RULE_VALUES:
        raise BadRecord(_("sa règle de répétition est trop longue."))
    if not 1 <= int((parts.get("INTERVAL") or [1])[0]) <= bounds.INTERVAL:
        raise BadRecord(_("sa règle de répétition a un intervalle impossible."))
    count = (parts.get("COUNT") or [None])[0]
    if count is not None and not 1 <= int(count) <= bounds.COUNT:
        raise BadRecord(
            _("il se répète %(count)s fois, et %(most)s au plus sont reprises.")
            % {"count": count, "most": bounds.COUNT}
        )
    until = (parts.get("UNTIL") or [None])[0]
    endless = vRecur({name: value for name, value in parts.items() if name not in ENDS})
    return Rule(
        endless.to_ical().decode(),
        parts | {"FREQ": [frequency]},
        None if count is None else int(count),
        until if isinstance(until, date) and until.year <= bounds.LAST_YEAR else None,
    )


ENDS = {"COUNT", "UNTIL"}


def starts_of(rule: Rule, start: datetime, today: date) -> list[datetime]:
    """When it takes place, in UTC; a rule without end, until `bounds.last_day`.

    `start`: aware; the rule repeats on the clock of its zone. Raises BadRecord when there are more
    than are ever followed, or none.
    """
    refuse_never(rule)
    found = followed(rule, start, bounds.last_day(today, start))
    if len(found) > bounds.STARTS:
        raise BadRecord(_("il se répète plus de %(most)s fois.") % {"most": bounds.STARTS})
    if not found:
        raise BadRecord(NEVER)
    return found


def followed(rule: Rule, start: datetime, last: date) -> list[datetime]:
    try:
        repeated = rrulestr(rule.text, dtstart=start.replace(tzinfo=None))
        walls = repeated.replace(until=last_wall(rule, start, last))
        return sorted(
            {instant(wall, start.tzinfo) for wall in islice(walls, rule.count or bounds.STARTS + 1)}
        )
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise BadRecord(_("sa règle de répétition n’est pas comprise.")) from error


def refuse_never(rule: Rule) -> None:
    """The library looks for the first day of a rule until the year 9999, day by day: each year is
    enough to know that there is none, like 30 February."""
    if rule.parts["FREQ"][0] != "DAILY":
        return
    filters = {name: rule.parts[name] for name in FILTERS if name in rule.parts}
    if "BYSETPOS" in rule.parts:
        raise BadRecord(_("sa règle de répétition n’est pas comprise."))
    if filters:
        yearly = vRecur({"FREQ": ["YEARLY"], **filters}).to_ical().decode()
        if next(iter(rrulestr(yearly, dtstart=SOME_DAY)), None) is None:
            raise BadRecord(NEVER)


def last_wall(rule: Rule, start: datetime, last: date) -> datetime:
    """The last moment to look at, on the clock of the rule."""
    if rule.count is not None:
        # Far enough for any rule that gives a date now and then.
        years = rule.count * rule.interval if rule.is_seldom else YEARS_COUNTED
        return datetime.combine(date(min(start.year + years, bounds.LAST_YEAR), 12, 31), time.max)
    ends = [datetime.combine(last, time.max)]
    if isinstance(rule.until, datetime):
        until = rule.until
        ends.append(until.astimezone(start.tzinfo).replace(tzinfo=None) if until.tzinfo else until)
    elif rule.until is not None:
        ends.append(datetime.combine(rule.until, time.max))
    return min(ends)


def in_our_terms(
    rule: Rule, start: datetime, first: ReadDate, zone: zoneinfo.ZoneInfo, today: date
) -> ReadDate | None:
    """The date that repeats by a rule of ours, when there is one that gives the same times.

    `start`: as for `starts_of`. `first`: the date without its rule. Of one that gives more than we
    keep, what was before this year is left behind.
    """
    kept = starts_of(rule, start, today)
    if len(kept) >= MOST:
        this_year = instant(datetime.combine(date(today.year, 1, 1), time.min), zone)
        kept = [one for one in kept if one >= this_year]
        if not kept or len(kept) >= MOST:
            return None
    moved = begun_at(first, kept[0], zone)
    last = told_apart_by(rule, bounds.last_day(today, start))
    starts = [one for one in followed(rule, start, last) if one >= moved.start][-MOST:]
    horizon = instant(datetime.combine(last, time.max), start.tzinfo)
    for terms in likely(rule, moved, starts, zone):
        tried = replace(moved, **terms)
        far = horizon
        if rule.count:
            far = max(far, datetime.combine(tried.until, time.max, zone))
        if begins(tried, zone, far) == starts:
            return tried
    return None


def told_apart_by(rule: Rule, last: date) -> date:
    """Two rules may give the same few dates and part later: « le 30 » and « le dernier samedi »."""
    return last.replace(year=last.year + (YEARS_COUNTED if rule.is_seldom else 1))


def begun_at(first: ReadDate, start: datetime, zone: zoneinfo.ZoneInfo) -> ReadDate:
    """The same date, that begins another time and lasts as long on the wall clock."""
    if start == first.start or first.end is None:
        return replace(first, start=start)
    length = on_the_wall(first.end, zone) - on_the_wall(first.start, zone)
    return replace(first, start=start, end=instant(on_the_wall(start, zone) + length, zone))


def likely(
    rule: Rule, first: ReadDate, starts: list[datetime], zone: zoneinfo.ZoneInfo
) -> Iterator[dict]:
    """Our rules that may say the same. Each is tried until the day it was told to end, then until
    the last it gave: one may end on a day before the hour."""
    days = [str(day).upper() for day in rule.parts.get("BYDAY", ())]
    weekdays = tuple(sorted(DAYS.index(day) for day in days if day in DAYS))
    kinds: list[dict] = {
        "DAILY": [{"repeat": "daily"}, {"repeat": "weekly", "weekdays": weekdays}],
        "WEEKLY": [{"repeat": "weekly", "weekdays": weekdays}],
        "MONTHLY": [
            *([{"repeat": "monthly_last_weekday"}] if days and days[0].startswith("-1") else []),
            {"repeat": "monthly_weekday"},
            {"repeat": "monthly_last_weekday"},
            {"repeat": "monthly_day"},
        ],
        "YEARLY": [{"repeat": "yearly"}],
    }.get(rule.parts["FREQ"][0], [])
    for kind in kinds:
        for until in ends_of(rule, starts, zone):
            yield {**kind, "interval": rule.interval, "until": until}


def ends_of(rule: Rule, starts: list[datetime], zone: zoneinfo.ZoneInfo) -> Iterator[date | None]:
    if rule.is_endless:
        yield None
        return
    until = rule.until
    if isinstance(until, datetime):
        until = on_the_wall(until, zone).date() if until.tzinfo else until.date()
    if until is not None:
        yield until
    yield on_the_wall(starts[-1], zone).date()
