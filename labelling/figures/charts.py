"""Figures as charts, each with its table. A title says what to remember of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from territories.blocks.drawing import WIDTH, Drawing, Row, is_too_many
from territories.blocks.figures import DRAWN
from territories.sharing.lettering import cut
from territories.words import in_french, listed, sentence

from . import tables
from .measures import RETAINED, WORDS, Hidden, Number, size
from .tables import Table, words
from .totals import Figures, Group

# More bars than this are not looked at: the table has them all.
MOST = 12
# Of the words of a drawing.
SIZE, WEIGHT = 14, 400
WHO = ("women", "men", "young", "seniors")
AFTER = ("directed", "interviewed", "hired", "trained", "interned")


@dataclass(frozen=True)
class Chart:
    name: str
    title: str
    subject: str
    shape: str
    rows: Sequence[Row]
    table: Table
    note: str = ""

    @property
    def is_known(self) -> bool:
        """A drawing of what nobody knows says nothing."""
        return any(row.number is not None for row in self.rows)

    @property
    def has_unknown(self) -> bool:
        """A column that nobody knows is a question mark."""
        return self.shape == "columns" and any(row.number is None for row in self.rows)

    @property
    def told(self) -> str:
        return listed(
            _("%(name)s : %(value)s") % {"name": row.label, "value": row.words} for row in self.rows
        )

    @property
    def is_of_names(self) -> bool:
        """Whether its words are names that no language changes."""
        return any(line.language for line in self.table.lines)

    @property
    def drawing(self) -> Drawing:
        return DRAWN[self.shape](self.rows, is_rtl=get_language_bidi())


def row(label: str, number: Number, *, unit: str = "", is_main: bool = False) -> Row:
    known = Decimal(number) if isinstance(number, int) else None
    return Row(label, known, words(number, unit), is_main)


def all_charts(figures: Figures) -> list[Chart]:
    found = [living(figures), months(figures), who(figures), after(figures)]
    for table, groups, title in (
        (tables.territories(figures), figures.by_territory, _("D’un territoire à l’autre")),
        (tables.themes(figures), figures.by_theme, _("Les besoins auxquels on a répondu")),
        (tables.neighbourhoods(figures), figures.by_neighbourhood, _("D’un quartier à l’autre")),
        (tables.criteria(figures), figures.by_criterion, _("Critère par critère")),
    ):
        if table.lines:
            found.append(parts(table, groups, title))
    return found


def living(figures: Figures) -> Chart:
    share = figures.total.share
    title = _("On ne sait pas combien de personnes habitent un quartier prioritaire")
    if isinstance(share, int):
        title = _("%(share)s des personnes venues habitent un quartier prioritaire") % {
            "share": words(share, "%")
        }
    elif share is not None:
        title = _("Où habitent les personnes venues")
    rows = [row(_("Quartier prioritaire"), share, unit="%", is_main=True)]
    return Chart(
        "quartier-prioritaire", title, _("Part des personnes venues"), "windows", rows,
        tables.living(figures), _("Une fenêtre allumée = %(share)s.") % {"share": words(1, "%")},
    )  # fmt: skip


def months(figures: Figures) -> Chart:
    groups, table = figures.by_month, tables.months(figures)
    by_year = len(groups) > MOST
    if by_year:
        groups = years(groups)
    rows = [
        row(group.key if by_year else letter(group.key), number_of(group))
        for group in groups
    ]  # fmt: skip
    best = max(groups, key=lambda one: size(number_of(one)))
    title = _("Les personnes venues, mois par mois")
    most = size(number_of(best))
    if not by_year and most and sum(size(number_of(one)) == most for one in groups) == 1:
        month = date_format(date(2000, int(best.key[5:]), 1), "F")
        title = _("%(month)s est le mois le plus suivi") % {"month": sentence(month)}
        rows = [
            one._replace(is_main=group is best) for one, group in zip(rows, groups, strict=True)
        ]
    elif by_year:
        title = _("Les personnes venues, année par année")
    # A column has no room for « moins de 5 ».
    narrow = [
        one._replace(words="< 5", number=Decimal(0)) if number_of(group) is Hidden.FEW else one
        for one, group in zip(rows, groups, strict=True)
    ]
    shape = "columns"
    if len(rows) < 2 or is_too_many([one for one in narrow if one.number is not None]):
        shape, narrow = "bars", [
            one._replace(label=group.key if by_year else tables.month_words(group.key))
            for one, group in zip(rows, groups, strict=True)
        ]  # fmt: skip
    return Chart("mois", title, _("Personnes venues"), shape, narrow, table)


def number_of(group: Group) -> Number:
    """Where there is no report, nobody came to anything; where there is one, it may not know."""
    return group.counts["reached"] if group.counts.reports else 0


def years(months: Sequence[Group]) -> list[Group]:
    """Months are masked by themselves: what is hidden in one hides the year."""
    found: dict[str, Group] = {}
    for month in months:
        year = found.setdefault(
            month.key[:4], Group(month.key[:4], month.key[:4], type(month.counts)())
        )
        year.counts.add(month.counts)
    return list(found.values())


def letter(key: str) -> str:
    """« O » for October, where a letter is enough; its number elsewhere."""
    month = date_format(date(2000, int(key[5:]), 1), "F")
    return month[0].upper() if in_french() else str(int(key[5:]))


def who(figures: Figures) -> Chart:
    total = figures.total
    women, men = total["women"], total["men"]
    title = _("Qui est venu")
    if isinstance(women, int) and isinstance(men, int):
        if women == men:
            title = _("Autant de femmes que d’hommes")
        else:
            more = women > men
            title = _("Plus de femmes que d’hommes") if more else _("Plus d’hommes que de femmes")
    return several(
        figures, "qui", title, WHO, main=("women", "men"),
        note=_("Une personne peut être comptée deux fois : par genre et par âge."),
    )  # fmt: skip


def after(figures: Figures) -> Chart:
    note = _("Aux dernières nouvelles, un mois après ou plus quand le bilan le dit.")
    title = _("Du rendez-vous à l’emploi")
    return several(figures, "suites", title, AFTER, main=RETAINED, note=note)


def several(
    figures: Figures, name: str, title: str, names: Sequence[str], *, main: Sequence[str], note: str
) -> Chart:
    total = figures.total
    rows = [row(str(WORDS[one]), total[one], is_main=one in main) for one in names]
    table = Table(
        name, title,
        [_("Ce qui est compté"), _("Nombre"), _("Bilans qui le savent")],
        [tables.Line(str(WORDS[one]), [total[one], total.known.get(one, 0)]) for one in names],
    )  # fmt: skip
    return Chart(name, title, _("Personnes"), "bars", rows, table, note)


def parts(table: Table, groups: Sequence[Group], title: str) -> Chart:
    shown = [group for group in groups if group.counts.reports]
    shown.sort(key=lambda one: -size(one.counts["reached"]))
    # A long name is whole in the table.
    rows = [
        row(cut(group.label, SIZE, WEIGHT, WIDTH), group.counts["reached"])
        for group in shown[:MOST]
    ]
    note = table.note
    if len(shown) > MOST:
        note = f"{note} {_('Les %(number)s premiers sont dessinés.') % {'number': MOST}}".strip()
    return Chart(table.name, title, _("Personnes venues"), "bars", rows, table, note)


def named(figures: Figures) -> Mapping[str, Chart]:
    return {chart.name: chart for chart in all_charts(figures)}
