"""Files of data·inclusion that others could have written."""

import csv
import io
import json
from datetime import date

from resources_directory.importing import import_resources
from resources_directory.importing.records import File, Resource
from resources_directory.importing.running import plan_files
from resources_directory.importing.values import Reader
from territories.spreadsheets.cells import flat, harmless
from territories.spreadsheets.workbook import Sheet, write

TODAY = date(2026, 11, 26)


def structure(identifier="un", **values):
    return {
        "id": f"ailleurs--{identifier}",
        "source": "ailleurs",
        "nom": "Maison du projet",
        "date_maj": "2026-10-01",
        **values,
    }


def service(identifier="aide", structure="un", **values):
    return {
        "id": f"ailleurs--{identifier}",
        "structure_id": f"ailleurs--{structure}",
        "source": "ailleurs",
        "nom": "Permis solidaire",
        "date_maj": "2026-10-01",
        "description": "On passe le code ensemble.",
        **values,
    }


def as_json(rows, name="fichier.json"):
    return File(name, json.dumps(rows).encode())


def as_csv(rows, name="fichier.csv", delimiter=";", encoding="utf-8-sig", before=()):
    """`before`: lines above the names of the columns."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(before)
    writer.writerow(names)
    for row in rows:
        writer.writerow([harmless(flat(row.get(name))) for name in names])
    return File(name, out.getvalue().encode(encoding))


def as_book(sheets, name="classeur.xlsx"):
    """`sheets`: the lines of each, by its name."""
    out = io.BytesIO()
    write(out, [Sheet(title, [], lines) for title, lines in sheets.items()])
    return File(name, out.getvalue())


def table_of(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([flat(row.get(name)) for name in names] for row in rows)]


def files(structures=None, services=None):
    found = {"structures": structures, "services": services}
    return {
        name: rows if rows is None or isinstance(rows, File) else as_json(rows, f"{name}.json")
        for name, rows in found.items()
    }


def put(territory, structures=None, services=None, **options):
    """Imports; `structures` and `services` are rows, or a file."""
    return import_resources(territory=territory, **files(structures, services), **options)


def plan(territory, structures=None, services=None, **options):
    return plan_files(territory=territory, **files(structures, services), **options)


def reader(kind=Resource.SERVICE):
    return Reader(kind, today=TODAY)
