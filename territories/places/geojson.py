"""Reading priority neighbourhoods as the State publishes them: GeoJSON (RFC 7946), with the
properties of 2015 (`code_qp`, `nom_qp`, `code_commune`…) or of 2024 (`lib_qp`, `insee_com`…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from territories.importing.reading import parsed_json, text_of
from territories.importing.records import BadFile, BadRecord, Name, Refused
from territories.importing.texts import one_line

from .contours import as_areas, read_contour
from .models import insee_code, qpv_code

# A property under each of its names, the newer generation first.
CODE = ("code_qp", "code_quartier")
NAME = ("lib_qp", "nom_qp")
COMMUNES = ("insee_com", "code_commune")
COMMUNE_NAMES = ("lib_com", "commune_qp", "nom_commune")
DEPARTMENT = ("insee_dep", "code_departement")

# As spreadsheets write codes whose first 0 they must not lose.
QUOTES = ' ="'
BETWEEN = re.compile(r"\s*[,;|/]\s*")
DEGREES = ("CRS84", "4326")


@dataclass
class ReadNeighbourhood:
    """`communes`: code → name, the main one first. `perimeter`: a MultiPolygon, or None with the
    reason why in `fault`."""

    name: Name
    code: str
    title: str
    communes: dict[str, str]
    perimeter: Any = None
    fault: str = ""
    notes: list[str] = field(default_factory=list)


def read_neighbourhoods(content: bytes) -> tuple[list[ReadNeighbourhood | Refused], list[str]]:
    """What a file holds, row by row, and what is to be said of it as a whole. Raises BadFile.

    Rows of one code are parts of one neighbourhood.
    """
    text, notes = text_of(content)
    found: list[ReadNeighbourhood | Refused] = []
    known: dict[str, ReadNeighbourhood] = {}
    for number, feature in enumerate(features_of(parsed_json(text)), start=1):
        read = read_feature(feature, number)
        first = None if isinstance(read, Refused) else known.setdefault(read.code, read)
        if first is None or first is read:
            found.append(read)
        else:
            join(first, read)
    return found, notes


def features_of(data: Any) -> list[Any]:
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise BadFile(_("Ce fichier n’est pas du GeoJSON : il y manque la liste « features »."))
    crs = str(data.get("crs") or "")
    if crs and not any(name in crs for name in DEGREES):
        raise BadFile(
            _(
                "Les coordonnées de ce fichier ne sont pas en degrés WGS84. "
                "Prenez la version WGS84 du même fichier."
            )
        )
    if not data["features"]:
        raise BadFile(_("Ce fichier ne contient aucun quartier."))
    return data["features"]


def join(first: ReadNeighbourhood, part: ReadNeighbourhood) -> None:
    first.communes = {**first.communes, **part.communes}
    first.fault = first.fault or part.fault
    if first.fault:
        first.perimeter = None
    elif not shapely.equals(first.perimeter, part.perimeter):
        first.perimeter = as_areas(shapely.union(first.perimeter, part.perimeter))
        first.notes.append(_("dessiné en plusieurs lignes du fichier : elles sont réunies."))


def read_feature(feature: Any, number: int) -> ReadNeighbourhood | Refused:
    said = Properties(feature)
    name = Name(number, said.first(NAME)[:150], said.first(CODE)[:20])
    try:
        read = ReadNeighbourhood(name, read_code(said), read_title(said), read_communes(said))
    except BadRecord as error:
        return Refused(name, str(error))
    try:
        geometry = feature.get("geometry")
        read.perimeter, repaired = read_contour(geometry, next(iter(read.communes)))
    except BadRecord as error:
        read.fault = str(error)
    else:
        if repaired:
            read.notes.append(_("le contour se croisait : il est réparé."))
    return read


class Properties:
    def __init__(self, feature: Any) -> None:
        found = feature.get("properties") if isinstance(feature, dict) else None
        self.values = (
            {str(name).casefold(): value for name, value in found.items()}
            if isinstance(found, Mapping)
            else {}
        )

    def all(self, names: tuple[str, ...]) -> list[str]:
        """What the first property that says something says; one value or several."""
        for name in names:
            value = self.values.get(name)
            if found := list(filter(None, words_of(value))):
                return found
        return []

    def first(self, names: tuple[str, ...]) -> str:
        return next(iter(self.all(names)), "")


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from words_of(one)
    elif isinstance(value, int) and not isinstance(value, bool):
        # A number has lost its first 0.
        yield f"{value:05}"
    elif isinstance(value, str):
        for one in BETWEEN.split(value):
            yield one_line(one.strip(QUOTES))


def read_code(said: Properties) -> str:
    code = said.first(CODE).upper()
    if not code:
        raise BadRecord(_("il n’a pas de code (code_qp)."))
    check(qpv_code, code)
    return code


def read_title(said: Properties) -> str:
    # A name may hold a comma or a slash: all of it is the name.
    values = [said.values.get(name) for name in NAME]
    titles = [one_line(value.strip(QUOTES)) for value in values if isinstance(value, str)]
    title = next(filter(None, titles), "").replace("'", "’")
    if not title:
        raise BadRecord(_("il n’a pas de nom (lib_qp ou nom_qp)."))
    if len(title) > 150:
        raise BadRecord(_("son nom dépasse 150 caractères."))
    return title


def read_communes(said: Properties) -> dict[str, str]:
    codes = [part.upper() for one in said.all(COMMUNES) for part in one.split()]
    if not codes:
        raise BadRecord(_("il ne dit pas dans quelle commune il est (insee_com)."))
    for code in codes:
        check(insee_code, code)
    names = said.all(COMMUNE_NAMES)
    if len(names) != len(codes):
        names = names[:1]
    names += [""] * (len(codes) - len(names))
    return {code: name[:100] for code, name in zip(codes, names, strict=True)}


def check(validator: Any, value: str) -> None:
    try:
        validator(value)
    except ValidationError as error:
        raise BadRecord(
            _("« %(value)s » ne va pas. %(reason)s")
            % {"value": value[:40], "reason": " ".join(error.messages)}
        ) from error
