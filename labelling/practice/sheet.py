"""What the page of a practice sheet says: words of the page, facts carried by its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from labelling.figures.masking import EXACT, FEWEST, TO_DETAIL, detailed, published
from labelling.figures.measures import WORDS, Hidden, Number
from labelling.models import INDICATORS, Moment, PracticeSheetPage
from resources_directory.sheets import facts, uncapitalised, written
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import in_language, said_in
from territories.words import listed, period_words, sentence

from .reusing import reuses_shown


@dataclass(frozen=True)
class Carried:
    """The facts of a report, in words. `figures`: (what, number in words); `unknown`: what nobody
    knows; `source`: on which report they rest."""

    when: str = ""
    place: str = ""
    label: str = ""
    grid: str = ""
    source: str = ""
    is_rounded: bool = False
    figures: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)


def carried(kept: Mapping[str, Any], *, masked: bool = True) -> Carried | None:
    """None when nothing was carried. `masked`: small numbers are hidden, as for the public."""
    if not kept:
        return None
    figures = kept.get("figures", {})
    shown = in_words(figures, masked=masked)
    return Carried(
        when=sentence(period_words(day(kept.get("first_day")), day(kept.get("last_day")))),
        place=kept.get("place") or "",
        label=kept.get("label") or "",
        grid=kept.get("grid") or "",
        source=source_of(kept),
        is_rounded=masked,
        figures=[(str(WORDS[name]), shown[name]) for name in INDICATORS if shown.get(name)],
        unknown=[
            uncapitalised(str(WORDS[name])) for name in INDICATORS if figures.get(name) is None
        ],
        criteria=[criterion["name"] for criterion in kept.get("criteria", [])],
    )


def in_words(figures: Mapping[str, int | None], *, masked: bool) -> dict[str, str]:
    """Each figure; "" for what nobody knows."""
    return {name: said(one) for name, one in (public(figures) if masked else figures).items()}


def public(figures: Mapping[str, int | None]) -> dict[str, Number]:
    """What anybody may read of one report: the rule of `figures/masking.py`, where all but those
    who came are parts of them."""
    reached = figures.get("reached")
    shown: dict[str, Number] = {
        name: one if name in EXACT else published(one) for name, one in figures.items()
    }
    parts = [name for name in figures if name not in (*EXACT, "reached")]
    if reached is not None and 0 < reached < TO_DETAIL:
        shown |= {name: Hidden.KEPT for name in parts if figures[name]}
    sexes = [name for name in ("women", "men") if name in figures]
    shown |= dict(zip(sexes, detailed(reached, [figures[name] for name in sexes]), strict=True))
    return shown


def said(number: Number) -> str:
    if number is None:
        return ""
    if number is Hidden.FEW:
        return _("moins de %(number)d") % {"number": FEWEST}
    if number is Hidden.KEPT:
        return _("non publié, pour que personne ne soit reconnu")
    return number_format(number, use_l10n=True, force_grouping=True)


def day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def source_of(kept: Mapping[str, Any]) -> str:
    received = day(kept.get("received_on"))
    if received is None:
        return ""
    values = {"day": date_format(received, "j F Y")}
    if sessions := kept.get("sessions"):
        words = ngettext(
            "D’après le bilan reçu le %(day)s, qui compte %(number)d séance.",
            "D’après le bilan reçu le %(day)s, qui compte %(number)d séances.",
            sessions,
        )
        return words % {**values, "number": sessions}
    if kept.get("moment") == Moment.LATER:
        return _("D’après le bilan reçu le %(day)s, un mois après ou plus.") % values
    return _("D’après le bilan reçu le %(day)s, juste après.") % values


def practice_sheet(page: PracticeSheetPage) -> dict[str, Any]:
    record = page.record
    told = carried(record.facts)
    return {
        "carried": told,
        "steps": list(page.steps.all()),
        "facts": sheet_facts(page, told),
        "cost": cost_of(page),
        "reused_in": reused_in(record),
    }


def sheet_facts(page: PracticeSheetPage, told: Carried | None) -> list[dict]:
    record = page.record
    publics = sentence(listed(uncapitalised(term.words) for term in record.publics.all()))
    return facts(
        [
            ("calendar", _("Quand"), [told.when if told else ""]),
            ("pin", _("Où"), [said_in(told.place, SOURCE_LANGUAGE) if told else ""]),
            ("group", _("Pour qui"), [publics]),
            ("target", _("Format"), [record.format.words if record.format else ""]),
        ]
    )


def cost_of(page: PracticeSheetPage) -> dict[str, str]:
    amount = page.record.cost
    return {
        "amount": "" if amount is None else euros(amount),
        "words": written(page, page.cost_words),
    }


def euros(amount: Decimal) -> str:
    places = 0 if amount == amount.to_integral_value() else 2
    words = number_format(amount, places, use_l10n=True, force_grouping=True)
    return _("%(amount)s €") % {"amount": words}


def reused_in(record: PracticeSheetPage) -> list[dict]:
    """By territory, the events that others made of it and that everybody may see."""
    return list(by_territory(in_language(reuses_shown(record), get_language() or "")))


def by_territory(events) -> Iterator[dict]:
    found: dict = {}
    for event in events:
        found.setdefault(event.territory, []).append(event)
    for territory, made in found.items():
        yield {"territory": territory, "events": made}
