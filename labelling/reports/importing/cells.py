"""What each cell of a line says, or the sentence that says why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labelling.models import Moment
from labelling.models.reports import HELD
from labelling.reports import table
from labelling.reports.figures import read_figure
from territories.importing.texts import alike, clean
from territories.words import in_every_language

LONGEST = 3000
# As `alike` writes them, beside what the site itself says and writes: see `moments`.
JUST_AFTER = {"juste apres", "tout de suite apres", "apres", "right after", "straight after", "1"}
LATER = {
    *("un mois apres", "1 mois apres", "apres un mois", "un mois plus tard", "plus tard"),
    *("a month after", "a month later", "one month after", "one month later", "1 month after"),
    *("1 month later", "after a month", "after one month", "2"),
}
YES = {"oui", "o", "x", "1", "1 0", "true", "vrai", "yes", "y", "ok"}
NOTHING = {table.NO_CRITERION, "aucune", "rien", "rien de tout cela", "none", "none of them"}
FRENCH_DAY = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})")


class Refusal(Exception):
    """`str()`: the French sentence, with the column it is about."""

    def __init__(self, column: str, sentence: Any) -> None:
        super().__init__(_("colonne « %(column)s » : %(sentence)s") % {
            "column": column, "sentence": sentence,
        })  # fmt: skip


@cache
def moments() -> Mapping[str, Moment]:
    """What names each date: values, and what the site says of them in each of its languages."""
    found = dict.fromkeys(JUST_AFTER, Moment.JUST_AFTER) | dict.fromkeys(LATER, Moment.LATER)
    for moment in Moment:
        words = [moment.value, table.MOMENTS[moment], *in_every_language(moment.label)]
        found |= {alike(word): moment for word in words}
    return found


def read_moment(value: Any) -> Moment:
    if found := moments().get(alike(value)):
        return found
    raise Refusal(table.MOMENT, _("écrivez « juste après » ou « un mois après »."))


def is_yes(value: Any) -> bool:
    return alike(value) in YES


def read_day(value: Any) -> date | None:
    text = clean(value)
    if not text:
        return None
    try:
        if found := FRENCH_DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise Refusal(table.DAY, _("écrivez un jour, comme 31/03/2026.")) from None


def read_figures(values: Mapping[str, Any]) -> dict[str, int | None]:
    """Of the columns that the file has; the others stay as they are."""
    found: dict[str, int | None] = {}
    for name, column in table.FIGURES.items():
        if column not in values:
            continue
        try:
            found[name] = read_figure(values[column])
        except ValidationError as error:
            raise Refusal(column, " ".join(error.messages)) from None
    return found


def read_texts(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, column in table.TEXTS.items():
        if column not in values:
            continue
        text = clean(values[column])
        if len(text) > LONGEST:
            raise Refusal(column, _("gardez 3 000 signes au plus."))
        found[name] = text
    return found


def read_held(values: Mapping[str, Any], known: Mapping[str, int]) -> dict[str, list[int] | None]:
    """`known`: the criteria of the label, by `alike` name. Empty: nobody answered."""
    if table.CRITERIA not in values:
        return {}
    said = clean(values[table.CRITERIA])
    if not said or alike(said) in NOTHING:
        return {HELD: [] if said else None}
    found = set()
    for name in filter(None, (clean(one) for one in said.split(table.BETWEEN.strip()))):
        if alike(name) not in known:
            raise Refusal(
                table.CRITERIA,
                _("« %(name)s » n’est pas un critère de ce label.") % {"name": name},
            )
        found.add(known[alike(name)])
    return {HELD: sorted(found)}
