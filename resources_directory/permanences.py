"""Dated permanences: on which days somebody is there, and from when to when.

Kept as `{"day": "2026-12-10", "start": "09:00", "end": "12:00"}`; hours may be "". They are hours
on the wall clock of the place, as those of a week are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.days import YEARS, read_date
from territories.words import all_of, day_words, hour_words

from .fields import ListField

# One a week for two years; more of them are opening hours.
MOST_DAYS = 110
HOUR = r"(?P<{0}>[01]?\d|2[0-3])\s*[h:]\s*(?P<{0}_minutes>[0-5]\d)?"
START, END = HOUR.format("start"), HOUR.format("end")
LINE = re.compile(
    # People copy « jeudi 10/12/2026 » from a poster.
    r"(?:[^\W\d]+\.?\s+)?(?P<day>\d[\d/.-]*\d)"
    rf"(?:\s*[, ]\s*(?:de\s+|à\s+)?{START}(?:\s*(?:-|–|à)\s*{END})?)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Permanence:
    day: date
    start: time | None = None
    end: time | None = None

    @property
    def words(self) -> str:
        """« jeudi 10 décembre, 9 h à 12 h »."""
        day = day_words(self.day, year=False)
        if self.start is None:
            return day
        hours = hour_words(self.start)
        if self.end is not None:
            hours = _("%(start)s à %(end)s") % {"start": hours, "end": hour_words(self.end)}
        return _("%(day)s, %(hours)s") % {"day": day, "hours": hours}

    @property
    def line(self) -> str:
        """As it is typed: « 10/12/2026 09:00-12:00 »."""
        hours = "-".join(f"{hour:%H:%M}" for hour in (self.start, self.end) if hour)
        return f"{self.day:%d/%m/%Y} {hours}".strip()

    @property
    def stored(self) -> dict[str, str]:
        return {
            "day": self.day.isoformat(),
            "start": f"{self.start:%H:%M}" if self.start else "",
            "end": f"{self.end:%H:%M}" if self.end else "",
        }


def permanences(stored: Iterable[dict[str, str]]) -> list[Permanence]:
    """What is kept, read; ValueError, KeyError or TypeError for what is of another shape."""
    return [
        Permanence(
            date.fromisoformat(one["day"]),
            time.fromisoformat(one["start"]) if one["start"] else None,
            time.fromisoformat(one["end"]) if one["end"] else None,
        )
        for one in stored
    ]


def read_line(line: str) -> Permanence:
    """« 10/12/2026 9:00-12:30 », « jeudi 10/12/2026 de 9 h à 12 h 30 », « 10/12/2026 »."""
    found = LINE.fullmatch(line)
    try:
        if found is None:
            raise ValueError(line)
        day, *hours = read_date(found["day"]), hour(found, "start"), hour(found, "end")
    except ValueError:
        raise ValidationError(
            _("« %(line)s » n’est pas un jour comme 10/12/2026 9:00-12:00."),
            params={"line": line[:60]},
        ) from None
    return Permanence(day, *hours)


def hour(found: re.Match[str], name: str) -> time | None:
    if found[name] is None:
        return None
    return time(int(found[name]), int(found[f"{name}_minutes"] or 0))


class PermanencesInput(forms.CharField):
    """Days typed one a line, each with its hours."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return (
            "\n".join(one.line for one in permanences(value)) if isinstance(value, list) else value
        )

    def to_python(self, value) -> list[dict[str, str]]:
        lines = [" ".join(line.split()) for line in super().to_python(value).splitlines()]
        return [
            one.stored for one in sorted({read_line(line) for line in lines if line}, key=by_day)
        ]

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True


def by_day(one: Permanence) -> tuple[date, time, time]:
    return one.day, one.start or time.min, one.end or time.min


class PermanencesField(ListField):
    """Days and their hours, in order."""

    def to_python(self, value):
        # Archives and revisions are read through here, and the sheet takes what it finds.
        try:
            found = sorted(set(permanences(value)), key=by_day)
        except (KeyError, TypeError, ValueError):
            raise ValidationError(_("Une liste de jours et d’heures est attendue.")) from None
        for one in found:
            if one.day.year not in YEARS:
                raise ValidationError(_("%(line)s : vérifiez l’année."), params={"line": one.line})
            if one.end is not None and (one.start is None or one.end <= one.start):
                raise ValidationError(
                    _("%(line)s : la fin vient après le début."), params={"line": one.line}
                )
        if len(found) > MOST_DAYS:
            raise ValidationError(
                _("%(most)s jours au plus. Au-delà, donnez plutôt des horaires."),
                params={"most": MOST_DAYS},
            )
        return [one.stored for one in found]

    def in_words(self, value) -> str:
        """For whoever decides on a proposal."""
        return all_of(one.words for one in permanences(value))

    def formfield(self, **kwargs):
        return PermanencesInput(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            widget=kwargs.get("widget") or forms.Textarea({"rows": 3}),
        )


ONE_A_LINE = gettext_lazy("Un jour par ligne, avec ses heures : 10/12/2026 9:00-12:00.")
