"""The period a visitor asks for in the address: a preset, or two dates."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.days import read_date
from territories.words import period_words

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Period:
    """`first` to `last`, both included; None is open. `errors`: a sentence for each bad field."""

    first: date | None = None
    last: date | None = None
    preset: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def bounds(self, now: datetime, zone: zoneinfo.ZoneInfo) -> tuple[datetime, datetime | None]:
        """The period as aware moments [start, end[. What is over today is left out."""
        first = self.first or now.astimezone(zone).date()
        start = datetime.combine(first, time.min, zone)
        if first == now.astimezone(zone).date():
            start = now
        end = self.last and datetime.combine(self.last + timedelta(days=1), time.min, zone)
        return start, end

    @property
    def words(self) -> str:
        """« ce week-end », « du 3 au 9 décembre »."""
        if self.preset:
            return str(PRESETS[self.preset])
        return period_words(self.first, self.last)


PRESETS = {
    "aujourdhui": gettext_lazy("aujourd’hui"),
    "semaine": gettext_lazy("cette semaine"),
    "week-end": gettext_lazy("ce week-end"),
    "mois-prochain": gettext_lazy("le mois prochain"),
    "30-jours": gettext_lazy("dans les 30 prochains jours"),
}


def preset(name: str, today: date) -> Period:
    """A period by its name, seen from today: this week ends on Sunday, and begins today."""
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    first, last = {
        "aujourdhui": (today, today),
        "semaine": (today, sunday),
        "week-end": (max(today, sunday - timedelta(days=SUNDAY - SATURDAY)), sunday),
        "mois-prochain": (after(today), after(after(today)) - timedelta(days=1)),
        "30-jours": (today, today + timedelta(days=29)),
    }[name]
    return Period(first, last, name)


def after(day: date) -> date:
    """The first day of the month that follows."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def before(day: date) -> date:
    """The first day of the month ahead."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def read_period(parameters: Mapping[str, Any], today: date) -> Period:
    """`?du=2026-12-01&au=2026-12-31`, or `?periode=semaine`.

    What cannot be read narrows nothing: the period is then open and says why in `errors`.
    """
    asked = {name: parameters.get(name, "").strip() for name in ("du", "au")}
    if not any(asked.values()):
        name = parameters.get("periode", "")
        return preset(name, today) if name in PRESETS else Period()
    found, errors = {}, {}
    for name, words in asked.items():
        try:
            found[name] = read_date(words) if words else None
        except ValueError:
            errors[name] = bad_date(name)
    if not errors and found["du"] and found["au"] and found["au"] < found["du"]:
        errors["au"] = _("« Jusqu’au » : ce jour vient avant le premier. Échangez les deux dates.")
    return Period(errors=errors) if errors else Period(found["du"], found["au"])


def bad_date(name: str) -> str:
    if name == "du":
        return _("« À partir du » : écrivez une date comme 03/12/2026.")
    return _("« Jusqu’au » : écrivez une date comme 03/12/2026.")
