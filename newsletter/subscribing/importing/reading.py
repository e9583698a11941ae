"""From the bytes of a CSV or XLSX file to addresses and wishes, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from newsletter.models.subscribers import Frequency
from newsletter.subscribing import table
from newsletter.subscribing.wishes import neighbourhood_choices
from territories.importing.records import BadFile
from territories.importing.texts import one_line
from territories.models import Territory
from territories.spreadsheets import bounds
from territories.spreadsheets.names import is_said, name_of
from territories.spreadsheets.tables import Row, Table, tables_in
from territories.vocabulary.families import families
from territories.words import in_every_language


@dataclass(frozen=True)
class Entry:
    """`reason`: why the line is not taken, in a sentence; "" when it is. `where`: its line."""

    where: str
    email: str
    wishes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def read_file(content: bytes, name: str, territory: Territory) -> list[Entry]:
    """Raises BadFile."""
    with tables_in(content, name) as (tables, _notes):
        found = [(columns, one) for one in tables if (columns := find_columns(one.first))]
        if not found:
            raise BadFile(
                _("Aucune colonne ne s’appelle « Adresse e-mail ». Écrivez-le dans la première "
                  "ligne, au-dessus des adresses.")
            )  # fmt: skip
        (at, columns), chosen = max(found, key=lambda one: len(one[0][1]))
        entries = list(entries_of(chosen, at, columns, Wishbook(territory)))
    if not entries:
        raise BadFile(_("Ce fichier ne contient aucune adresse."))
    return entries


def find_columns(rows: Sequence[Row]) -> tuple[int, dict[int, str]] | None:
    for at, row in enumerate(rows[: bounds.HEADER]):
        columns: dict[int, str] = {}
        for place, cell in enumerate(row[: bounds.COLUMNS]):
            name = name_of(cell)
            name = table.ALSO.get(name, name)
            if name in table.TO_IMPORT and name not in columns.values():
                columns[place] = name
        if table.EMAIL in columns.values():
            return at, columns
    return None


def entries_of(
    chosen: Table, at: int, columns: Mapping[int, str], book: Wishbook
) -> Iterator[Entry]:
    count, known = 0, {}
    for number, row in chosen.below(at):
        values = {name: row[place] for place, name in columns.items() if place < len(row)}
        if not any(is_said(value) for value in values.values()):
            continue
        count += 1
        if count > bounds.RECORDS:
            raise BadFile(
                _("Ce fichier a plus de %(number)s adresses. Coupez-le en plusieurs.")
                % {"number": bounds.RECORDS}
            )
        where = chosen.where(number)
        email = one_line(values.get(table.EMAIL) or "")
        # Spreadsheets make a link of an address.
        email = email.removeprefix("mailto:").strip(" <>;,")
        if reason := wrong(email):
            yield Entry(where, email[:254], reason=reason)
        elif first := known.get(email.lower()):
            yield Entry(
                where, email, reason=_("déjà dans ce fichier : %(where)s.") % {"where": first}
            )
        else:
            known[email.lower()] = where
            yield Entry(where, email, book.wishes(values))


def wrong(email: str) -> str:
    if not email:
        return _("il n’y a pas d’adresse.")
    if len(email) > 254:
        return _("cette adresse est trop longue.")
    try:
        validate_email(email)
    except ValidationError:
        return _("cette adresse n’est pas complète.")
    return ""


class Wishbook:
    """What cells say of wishes, by code or in words. What nobody knows is left out: letters for
    everybody leave all the same."""

    def __init__(self, territory: Territory) -> None:
        terms = families().items()
        self.languages = by_name((code, (code, name)) for code, name in settings.LANGUAGES)
        self.rhythms = by_name(
            (value, (value, *in_every_language(label))) for value, label in Frequency.choices
        )
        self.themes = by_name((code, (code, term.label, term.words)) for code, term in terms)
        self.quarters = by_name(
            (code, (code, name)) for code, name in neighbourhood_choices(territory)
        )

    def wishes(self, values: Mapping[str, Any]) -> dict[str, Any]:
        said = {name: one_line(value or "") for name, value in values.items()}
        themes = [
            code
            for word in said.get(table.THEMES, "").replace(";", ",").split(",")
            if (code := self.themes.get(name_of(word)))
        ]
        return {
            "language": self.languages.get(name_of(said.get(table.LANGUAGE, "")), "fr"),
            "frequency": self.rhythms.get(name_of(said.get(table.RHYTHM, "")), Frequency.EACH),
            "themes": list(dict.fromkeys(themes)),
            "neighbourhood": self.quarters.get(name_of(said.get(table.QUARTER, "")), ""),
        }


def by_name(said: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """What each code is called. A name in another alphabet leaves nothing to compare: no name."""
    return {name: code for code, words in said for one in words if (name := name_of(one))}
