"""What a report says that is possible, and unlikely: asked about once, and kept as confirmed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from agenda.models import EventPage, Occurrence, Registration
from agenda.models.dates import Status
from agenda.models.places import PlacesFor
from agenda.models.registrations import State
from labelling.models import Label
from labelling.models.reports import WORDS

from .figures import Figures, quoted

# Of so few people, anything may be true of most.
FEW = 10
TOO_MANY = 10_000
TIMES = 10
A_YEAR = 366

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+?33\s?|0)[1-9](?:[\s.\u00a0\u202f-]?\d{2}){4}(?!\d)")


@dataclass(frozen=True)
class Doubt:
    """`key`: the same as long as what is doubted is the same, so that a figure that is changed
    after it was confirmed is asked about again."""

    key: str
    sentence: str


Test = Callable[[Figures, int], str]


def mostly_hired(figures: Figures, expected: int) -> str:
    reached, hired = figures.get("reached"), figures.get("hired")
    if reached is None or hired is None or reached < FEW or 2 * hired <= reached:
        return ""
    return _("%(hired)s personnes retenues pour un emploi, sur %(reached)s venues.") % {
        "hired": hired,
        "reached": reached,
    }


def everybody_in_qpv(figures: Figures, expected: int) -> str:
    reached = figures.get("reached")
    if reached is None or reached < FEW or figures.get("in_qpv") != reached:
        return ""
    return _("Les %(reached)s personnes habitent toutes un quartier prioritaire.") % {
        "reached": reached
    }


def more_than_expected(figures: Figures, expected: int) -> str:
    reached = figures.get("reached")
    if reached is None or not expected or reached < TIMES * expected:
        return ""
    return _("%(reached)s personnes venues, quand %(expected)s étaient attendues.") % {
        "reached": reached,
        "expected": expected,
    }


def huge(figures: Figures, expected: int) -> str:
    found = [name for name, figure in figures.items() if (figure or 0) >= TOO_MANY]
    if not found:
        return ""
    return _("%(name)s : %(figure)s, c’est beaucoup.") % {
        "name": quoted(found[0]),
        "figure": figures[found[0]],
    }


def many_actions(figures: Figures, expected: int) -> str:
    actions = figures.get("actions") or 0
    if not A_YEAR < actions < TOO_MANY:
        return ""
    return _("%(actions)s actions, c’est plus d’une par jour.") % {"actions": actions}


TESTS: Mapping[str, Test] = {
    "hired": mostly_hired,
    "in_qpv": everybody_in_qpv,
    "expected": more_than_expected,
    "huge": huge,
    "actions": many_actions,
}


def doubts_about(figures: Figures, *, expected: int, day: date | None = None) -> Iterator[Doubt]:
    """`expected`: how many were registered or could come; 0 where nobody knows."""
    for name, test in TESTS.items():
        if sentence := test(figures, expected):
            yield Doubt(key_of(f"{day or ''}{name}", sentence), sentence)


def doubts_about_words(said: Mapping[str, str]) -> Iterator[Doubt]:
    """A report names nobody: what looks like an address or a telephone is pointed at."""
    for name in WORDS:
        text = said.get(name, "")
        if found := EMAIL.search(text) or PHONE.search(text):
            yield Doubt(
                key_of(name, found[0]),
                _(
                    "« %(found)s » ressemble à une adresse ou à un téléphone. Un bilan ne nomme "
                    "personne : enlevez-le, sauf si c’est celui d’un organisme."
                )
                % {"found": found[0]},
            )


def key_of(name: str, what: str) -> str:
    return f"{name}-{zlib.crc32(what.encode()):08x}"


def expected_people(label: Label, day: date | None = None) -> int:
    """How many were expected, of one day or in all: registrations, or places where more."""
    event = EventPage.objects.filter(pk=label.page_id).first()
    if event is None:
        return 0
    held = Occurrence.objects.filter(event=event).exclude(status=Status.CANCELLED)
    came = Registration.objects.filter(event=event, state=State.REGISTERED)
    dates = {one.key for one in held if day in (None, one.start.astimezone(event.zone).date())}
    if day is not None:
        came = came.filter(occurrence_key__in=dates)
    registered = came.aggregate(sum=Sum("people"))["sum"] or 0
    is_each = event.capacity_is_for != PlacesFor.ALL
    places = (event.capacity or 0) * (len(dates) if is_each else 1)
    return max(registered, places)
