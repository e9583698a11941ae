"""Figures as tables: beside each chart, in a spreadsheet, on paper. Exact or masked alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labelling.models.reports import INDICATORS
from territories.blocks.figures import written

from .measures import HELD, WORDS, Hidden, Number
from .totals import Figures, Group


@dataclass(frozen=True)
class Line:
    """`language`: of a label that is written once; "" for one that is translated."""

    label: str
    numbers: Sequence[Number]
    language: str = ""


@dataclass(frozen=True)
class Table:
    """`headings`: the first is of the labels. `shares`: columns of numbers that are so many of a
    hundred. `note`: what must be known to read it."""

    name: str
    title: str
    headings: Sequence[str]
    lines: Sequence[Line]
    shares: Sequence[int] = ()
    note: str = ""

    @property
    def written(self) -> Iterator[tuple[Line, list[str]]]:
        for line in self.lines:
            yield (
                line,
                [
                    words(number, "%" if at in self.shares else "")
                    for at, number in enumerate(line.numbers)
                ],
            )


def words(number: Number, unit: str = "") -> str:
    if number is Hidden.FEW:
        return _("moins de %(number)s") % {"number": 5}
    if number is Hidden.KEPT:
        return _("non publié")
    return written(Decimal(number), unit) if isinstance(number, int) else _("inconnu")


def all_tables(figures: Figures) -> list[Table]:
    """Those that say something, in the order of a report."""
    found = [
        indicators(figures),
        living(figures),
        months(figures),
        *(make(figures) for make in (territories, themes, neighbourhoods, criteria, subjects)),
        events(figures),
    ]
    return [table for table in found if table.lines]


def indicators(figures: Figures) -> Table:
    total, before = figures.total, figures.before
    names = [*INDICATORS, "retained"]
    return Table(
        "indicateurs",
        _("Tout ce qui est compté"),
        [_("Ce qui est compté"), _("Nombre"), _("Bilans qui le savent"),
         _("Bilans qui ne le savent pas"), figures.selection.before.words],
        [
            Line(
                str(WORDS[name]),
                [total[name], total.known.get(name, 0), total.unknown(name), before[name]],
            )
            for name in names
        ],
        note=_("« Inconnu » n’est pas zéro : personne ne l’a compté."),
    )  # fmt: skip


def living(figures: Figures) -> Table:
    total = figures.total
    inside, asked = total["living"], total["asked"]
    outside: Number = None
    if isinstance(inside, int) and isinstance(asked, int):
        outside = asked - inside
    elif Hidden.FEW in (inside, asked):
        outside = Hidden.KEPT
    return Table(
        "quartier-prioritaire",
        _("Où habitent les personnes venues"),
        [_("Lieu de vie"), _("Personnes")],
        [
            Line(_("Dans un quartier prioritaire"), [inside]),
            Line(_("Ailleurs"), [outside]),
        ],
        note=_("Bilans qui savent les deux nombres : %(known)s sur %(reports)s.")
        % {"known": total.known.get("asked", 0), "reports": total.reports},
    )


def parts(name: str, title: str, first: str, groups: Sequence[Group], note: str = "") -> Table:
    def line(group: Group) -> Line:
        counts = group.counts
        numbers = [counts.reports, counts["reached"], counts.share, counts["retained"]]
        return Line(group.label, numbers, group.language)

    headings = [
        first, _("Bilans"), _("Personnes venues"),
        _("Habitants d’un quartier prioritaire"), _("Retenues"),
    ]  # fmt: skip
    lines = [line(group) for group in groups if group.counts.reports]
    return Table(name, title, headings, lines, shares=[2], note=note)


def months(figures: Figures) -> Table:
    groups = [Group(one.key, month_words(one.key), one.counts) for one in figures.by_month]
    table = parts("mois", _("Mois par mois"), _("Mois"), groups)
    # A month without any report is a month all the same.
    known = {line.label: line for line in table.lines}
    every = [known.get(one.label, Line(one.label, [0, 0, None, None])) for one in groups]
    return replace(table, lines=every if known else [])


def month_words(key: str) -> str:
    """« octobre 2026 »."""
    return date_format(date(int(key[:4]), int(key[5:]), 1), "F Y")


def territories(figures: Figures) -> Table:
    groups = figures.by_territory if len(figures.by_territory) > 1 else []
    return parts("territoires", _("Territoire par territoire"), _("Territoire"), groups)


def themes(figures: Figures) -> Table:
    several = _("Un rendez-vous peut répondre à plusieurs besoins : ne les additionnez pas.")
    return parts("themes", _("Par thème"), _("Thème"), figures.by_theme, several)


def neighbourhoods(figures: Figures) -> Table:
    several = _("Un rendez-vous peut s’adresser à plusieurs quartiers : ne les additionnez pas.")
    groups = figures.by_neighbourhood
    return parts("quartiers", _("Par quartier"), _("Quartier"), groups, several)


def criteria(figures: Figures) -> Table:
    several = _("Un label remplit plusieurs critères : ne les additionnez pas.")
    groups = [one for one in figures.by_criterion if one.counts.reports]
    table = parts("criteres", _("Par critère accepté"), _("Critère"), groups, several)
    return replace(
        table,
        headings=[*table.headings, _("Tenu, dit le bilan"), _("Bilans qui le disent")],
        lines=[
            replace(line, numbers=[*line.numbers, one.counts[HELD], one.counts.known.get(HELD, 0)])
            for line, one in zip(table.lines, groups, strict=True)
        ],
    )


def subjects(figures: Figures) -> Table:
    title = _("Rendez-vous, actions et lieux")
    return parts("pour-quoi", title, _("Pour quoi"), figures.by_subject)


def events(figures: Figures) -> Table:
    return parts("rendez-vous", _("Les derniers bilans"), _("Rendez-vous"), figures.by_event)
