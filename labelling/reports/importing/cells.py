"""What each cell of a line says, or the sentence that says why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labelling.models import Moment
from labelling.models.reports import HELD
from labelling.reports import table
from labelling.reports.figures import read_figure
from territories.importing.texts import clean

LONGEST = 3000
JUST_AFTER = {"juste apres", "just_after", "1"}
LATER = {"un mois apres", "un mois apres ou plus", "plus tard", "later", "2"}
YES = {"oui", "x", "1", "true", "vrai", "yes"}
FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Refusal(Exception):
    """`str()`: the French sentence, with the column it is about."""

    def __init__(self, column: str, sentence: Any) -> None:
        super().__init__(_("colonne « %(column)s » : %(sentence)s") % {
            "column": column, "sentence": sentence,
        })  # fmt: skip


def plain(value: Any) -> str:
    """Without accents and capitals, for the few words that are known."""
    letters = unicodedata.normalize("NFKD", clean(value).casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def read_moment(value: Any) -> str:
    said = plain(value)
    if said in JUST_AFTER:
        return Moment.JUST_AFTER
    if said in LATER:
        return Moment.LATER
    raise Refusal(table.MOMENT, _("écrivez « juste après » ou « un mois après »."))


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
    """`known`: the criteria of the label, by `plain` name. Empty: nobody answered."""
    if table.CRITERIA not in values:
        return {}
    said = clean(values[table.CRITERIA])
    if not said or plain(said) == table.NO_CRITERION:
        return {HELD: [] if said else None}
    found = set()
    for name in filter(None, (clean(one) for one in said.split(table.BETWEEN.strip()))):
        if plain(name) not in known:
            raise Refusal(
                table.CRITERIA,
                _("« %(name)s » n’est pas un critère de ce label.") % {"name": name},
            )
        found.add(known[plain(name)])
    return {HELD: sorted(found)}
