"""One line of a file, made into what a sheet is to say, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from resources_directory.data_inclusion.fees import fees_from_v1
from resources_directory.data_inclusion.fields import PLACE
from resources_directory.models.records import NAME_LENGTH
from territories.importing.records import BadRecord, Name, Refused
from territories.spreadsheets.tables import Line

from . import bounds
from .headers import STRUCTURE_ID
from .old_names import names_of_today, translated
from .records import Resource, Sheet
from .texts import BadValue, is_empty, line_of
from .values import Reader, empty

ADDRESS = tuple(one.ours for one in PLACE)
# Alone, these say nothing to whoever wants to come.
LEADS_NOWHERE = ("address_extra", "postcode", "insee_code")
MARK = "--"


@dataclass
class ReadResource:
    """`values`: under the names of our fields, as a revision holds them; what the source is silent
    about is absent, and is never overwritten."""

    kind: Resource
    name: Name
    source: str
    external_id: str
    structure_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_records(
    sheet: Sheet, reader: Reader, *, source: str, communes: Callable[[str], str]
) -> Iterator[ReadResource | Refused]:
    """`source`: of the records that name none. `communes`: the name of the commune of an INSEE
    code, "" when it is not known."""
    names = names_of_today(sheet.names, reader.kind)
    for line in sheet.lines:
        identifier = line_of(line.values.get("id"))[: bounds.IDENTIFIER]
        title = line_of(line.values.get("nom"))
        name = Name(line.number, title, identifier, line.where)
        reader.notes = []
        try:
            yield read_record(line, names, name, reader, source=source, communes=communes)
        except BadRecord as error:
            yield Refused(name, str(error), identifier)
        except (TypeError, ValueError, AttributeError, OverflowError, RecursionError):
            reason = _("une de ses valeurs n’est pas de la forme attendue.")
            yield Refused(name, reason, identifier)


def read_record(
    line: Line,
    names: frozenset[str],
    name: Name,
    reader: Reader,
    *,
    source: str,
    communes: Callable[[str], str],
) -> ReadResource:
    """Raises BadRecord."""
    said = translated(line.values, reader.kind)
    wrong: list[str] = []
    if not name.identifier:
        wrong.append(missing("id"))
    elif len(line_of(said.get("id"))) > bounds.IDENTIFIER:
        wrong.append(_("id : plus de %(most)s caractères.") % {"most": bounds.IDENTIFIER})
    whose = source_of(said, source)
    if not whose:
        wrong.append(_("source : rien n’est indiqué. Donnez-la par --source."))
    structure = line_of(said.get(STRUCTURE_ID))[: bounds.IDENTIFIER]
    if reader.kind is Resource.SERVICE and not structure:
        wrong.append(missing(STRUCTURE_ID))
    values: dict[str, Any] = {}
    for one in reader.kind.fields:
        raw = said.get(one.name)
        if one.is_required and is_empty(raw):
            wrong.append(missing(one.name))
        elif one.name in names:
            try:
                values[one.ours] = reader.value(one, raw)
            except BadValue as error:
                if one.is_required:
                    wrong.append(f"{one.name} : {error}.")
                else:
                    reader.say(one, _("%(reason)s, laissé de côté") % {"reason": error})
    least, most = NAME_LENGTH
    if "title" in values and not least <= len(values["title"]) <= most:
        wrong.append(
            _("nom : il faut de %(least)s à %(most)s caractères, ici %(number)s.")
            % {"number": len(values["title"]), "least": least, "most": most}
        )
    if wrong:
        raise BadRecord(" ".join(wrong))
    place(values, reader, communes)
    if "fees" in values and "fees_details" in values:
        values["fees"], values["fees_details"] = fees_from_v1(
            values["fees"], values["fees_details"]
        )
    return ReadResource(
        reader.kind, name, whose, name.identifier, structure, values, list(reader.notes)
    )


def missing(name: str) -> str:
    return _("%(name)s : rien n’est indiqué.") % {"name": name}


def source_of(said: Any, source: str) -> str:
    """Its own, or that of its identifier « dora--1234 »."""
    own = line_of(said.get("source"))
    if not own and not source:
        before, mark, _after = line_of(said.get("id")).partition(MARK)
        own = before if mark else ""
    return (own or source)[: bounds.SOURCE]


def place(values: dict[str, Any], reader: Reader, communes: Callable[[str], str]) -> None:
    """A point has two coordinates; a code without a name leads nobody anywhere."""
    fields = {one.ours: one for one in PLACE}
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if (latitude is None) != (longitude is None) or (latitude, longitude) == (0, 0):
        for name in ("latitude", "longitude"):
            values.pop(name, None)
        reader.say(fields["latitude"], _("il faut deux coordonnées, laissées de côté"))
    code = values.get("insee_code")
    if code and not values.get("commune"):
        values["commune"] = communes(code)
    is_somewhere = any(
        values.get(one) not in (None, "") for one in ("address", "commune", "latitude")
    )
    if reader.kind is Resource.SERVICE and not is_somewhere:
        codes = [values[one] for one in LEADS_NOWHERE if values.get(one)]
        if codes:
            reader.say(
                fields["commune"],
                _("« %(codes)s » ne suffit pas à dire où c’est, laissé de côté")
                % {"codes": ", ".join(codes)},
            )
        values.update({one: "" for one in LEADS_NOWHERE if one in values})
    if is_somewhere:
        # An address is one thing: of another one, nothing stays.
        for name in ADDRESS:
            values.setdefault(name, empty(fields[name]))
