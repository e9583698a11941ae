"""The forms in which a dataset is handed out; each is written as its rows are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.plugins.contributions import Dataset
from territories.spreadsheets.cells import flat
from territories.spreadsheets.delimited import lines
from territories.spreadsheets.workbook import Sheet, write

from .editions import PLACE, Edition, Row, licence, says_where

# A file that is passed on keeps its licence and its day; importers leave these columns out.
SAID_WITH_EACH_ROW = ("licence", "extrait_le")
READ_ME_WIDTHS = (28, 100)


@dataclass(frozen=True)
class Format:
    """`written(edition)`: the text, piece by piece, or a file that is closed by whoever reads it.
    `is_kept`: it is saved rather than looked at."""

    extension: str
    name: str
    content_type: str
    use: Any
    written: Callable[[Edition], Iterable[str] | IO[bytes]]
    suits: Callable[[Dataset], bool]
    is_kept: bool


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def json_array(edition: Edition) -> Iterator[str]:
    """A JSON array, one object a line, and nothing around it: so the readers of data·inclusion v1
    expect it. Licence and date are in the headers."""
    yield "["
    for number, row in enumerate(edition.rows):
        yield ",\n" if number else "\n"
        yield compact(row)
    yield "\n]\n"


def csv_lines(edition: Edition) -> Iterator[str]:
    said = (licence().name, edition.day)
    cells = ([*(flat(row.get(name)) for name in edition.names), *said] for row in edition.rows)
    return lines([*edition.names, *SAID_WITH_EACH_ROW], map(said_in_words, cells))


def said_in_words(cells: Iterable[Any]) -> list[Any]:
    """A CSV file has no booleans of its own."""
    words = {True: "oui", False: "non"}
    return [words[cell] if isinstance(cell, bool) else cell for cell in cells]


def workbook(edition: Edition) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    rows = ([flat(row.get(name)) for name in edition.names] for row in edition.rows)
    write(
        file,
        [
            Sheet(_("À lire"), [], read_me(edition), READ_ME_WIDTHS, wrapped=True),
            Sheet(edition.dataset.name[:31], edition.names, rows, [24] * len(edition.names)),
        ],
    )
    file.seek(0)
    return file


def read_me(edition: Edition) -> Iterator[tuple[str, str]]:
    """What the workbook holds, whose it is, and what each of its columns means."""
    dataset, terms = edition.dataset, licence()
    yield str(dataset.title), str(dataset.summary)
    yield _("Publié par"), edition.publisher
    yield _("Source"), edition.source
    yield _("Licence"), f"{terms.name} – {terms.url}"
    yield _("Extrait le"), moment(edition.made_at)
    if edition.updated:
        yield _("Dernier changement"), moment(edition.updated)
    if edition.narrowed:
        yield _("Filtres"), edition.narrowed
    if dataset.schema:
        yield _("Format"), dataset.schema
    yield "", ""
    yield _("Colonne"), _("Ce qu’elle contient")
    for column in dataset.columns:
        yield column.name, column.meaning


def moment(when: Any) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT")


def geojson(edition: Edition) -> Iterator[str]:
    """A FeatureCollection (RFC 7946), longitude first, WGS84. What is nowhere, or not yet known to
    be somewhere, has no geometry and is there all the same; the other members are ours."""
    terms = licence()
    head = {
        "type": "FeatureCollection",
        "name": edition.dataset.name,
        "title": str(edition.dataset.title),
        "publisher": edition.publisher,
        "source": edition.source,
        "licence": terms.name,
        "licence_url": terms.url,
        "date": edition.made_at.isoformat(timespec="seconds"),
        "updated": edition.updated and edition.updated.isoformat(timespec="seconds"),
    }
    yield compact({key: value for key, value in head.items() if value}).removesuffix("}")
    yield ', "features": ['
    for number, row in enumerate(edition.rows):
        yield ",\n" if number else "\n"
        yield compact(feature(row))
    yield "\n]}\n"


def feature(row: Row) -> Mapping[str, Any]:
    point = [row.get("longitude"), row.get("latitude")]
    identifier = {"id": row["id"]} if "id" in row else {}
    return {
        "type": "Feature",
        **identifier,
        "geometry": None if None in point else {"type": "Point", "coordinates": point},
        "properties": {name: value for name, value in row.items() if name not in PLACE},
    }


def is_a_table(dataset: Dataset) -> bool:
    return bool(dataset.columns)


FORMATS = {
    one.extension: one
    for one in (
        Format(
            "json",
            "JSON",
            "application/json",
            gettext_lazy("pour un programme"),
            json_array,
            lambda dataset: True,
            is_kept=False,
        ),
        Format(
            "csv",
            "CSV",
            "text/csv; charset=utf-8",
            gettext_lazy("pour un tableur ou un programme"),
            csv_lines,
            is_a_table,
            is_kept=True,
        ),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            gettext_lazy("pour Excel ou LibreOffice, avec le sens des colonnes"),
            workbook,
            is_a_table,
            is_kept=True,
        ),
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            gettext_lazy("pour une carte"),
            geojson,
            says_where,
            is_kept=True,
        ),
    )
}


def formats_of(dataset: Dataset) -> list[Format]:
    return [one for one in FORMATS.values() if one.suits(dataset)]


def answer(edition: Edition, form: Format) -> HttpResponseBase:
    """The file, with its licence and the day of its last change in its headers."""
    written = form.written(edition)
    response: HttpResponseBase
    if hasattr(written, "read"):
        response = FileResponse(written, content_type=form.content_type)
    else:
        response = StreamingHttpResponse(written, content_type=form.content_type)
    name = edition.file_name(form.extension)
    response["Content-Disposition"] = content_disposition_header(form.is_kept, name)
    response["Link"] = f'<{licence().url}>; rel="license"'
    if edition.updated:
        response["Last-Modified"] = http_date(edition.updated.timestamp())
    response["Access-Control-Allow-Origin"] = "*"
    return response
