"""JSON, as data·inclusion and this site publish it, or one page of an API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from territories.importing.reading import parsed_json
from territories.importing.records import BadFile
from territories.spreadsheets import bounds
from territories.spreadsheets.names import listed
from territories.spreadsheets.tables import Line

from .headers import (
    DAY,
    IGNORE,
    NEEDED,
    STRUCTURE_ID,
    is_day,
    is_yes,
    known_names,
    taken_for_day,
    too_many,
)
from .records import Resource, Sheet

# Where the records stand, in a file that is more than a list.
LISTS = {
    Resource.STRUCTURE: ("structures", "items", "results", "data", "rows"),
    Resource.SERVICE: ("services", "items", "results", "data", "rows"),
}


def read_json(text: str, *, kind: Resource, name: str) -> Sheet:
    """Raises BadFile."""
    content = parsed_json(text)
    notes: list[str] = []
    found = records_in(content, kind)
    if isinstance(content, dict):
        total = content.get("total")
        if isinstance(total, int) and total > len(found):
            notes.append(
                _("Le fichier dit compter %(total)s fiches et n’en contient que %(number)s.")
                % {"total": total, "number": len(found)}
            )
    if len(found) > bounds.RECORDS:
        raise too_many()
    check_shape(found, kind)
    lines = []
    names: set[str] = set()
    days = {name for item in found if isinstance(item, Mapping) for name in item if is_day(name)}
    dated = not any(DAY in item for item in found if isinstance(item, Mapping)) and len(days) == 1
    if dated:
        notes += map(taken_for_day, days)
    for number, item in enumerate(found, start=1):
        values = dict(item) if isinstance(item, Mapping) else {}
        if is_yes(values.pop(IGNORE, None)):
            continue
        if dated:
            values = {DAY if name in days else name: value for name, value in values.items()}
        names |= values.keys()
        lines.append(Line(number, _("%(name)s, n° %(n)s") % {"name": name, "n": number}, values))
    known = known_names(kind)
    if strange := sorted(names - known):
        notes.append(
            _("Champs inconnus, laissés de côté : %(names)s.")
            % {"names": listed(word[:40] for word in strange)}
        )
    return Sheet(lines, frozenset(names & known), notes)


def records_in(content: Any, kind: Resource) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        for name in LISTS[kind]:
            if isinstance(content.get(name), list):
                return content[name]
    raise BadFile(_("Ce fichier ne contient pas de liste de structures ni de services."))


def check_shape(found: list[Any], kind: Resource) -> None:
    records = [item for item in found if isinstance(item, Mapping)]
    if not found or any(item.keys() >= NEEDED for item in records):
        if kind is Resource.STRUCTURE and records and all(STRUCTURE_ID in one for one in records):
            raise BadFile(_("Ce fichier décrit des services : donnez-le par --services."))
        return
    raise BadFile(
        _(
            "Ce fichier n’est pas du data·inclusion : aucune de ses fiches n’a à la fois « id » "
            "et « nom »."
        )
    )
