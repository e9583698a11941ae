"""Files made to keep us busy, or to break something. Each is read, or refused with a sentence."""

import io
import random
import time
import zipfile

import pytest
from resources_importing import as_book, as_csv, as_json, plan, put, service, structure, table_of

from resources_directory.importing.reading import read_sheet
from resources_directory.importing.records import File, Resource
from resources_directory.importing.running import carry_out
from resources_directory.models import ActorPage, ServicePage
from territories.importing.records import BadFile
from territories.spreadsheets import bounds

# A busy machine is slower than this one; what is not bounded takes minutes.
SECONDS = 20
BOOK = as_book({"Lieux": table_of([structure()]), "Aides": table_of([service()])}).content


@pytest.fixture(autouse=True)
def in_seconds():
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def read(content, kind=Resource.STRUCTURE):
    return read_sheet(File("f", content), kind)


def package(**changed):
    """The workbook with some of its parts replaced; `name` may stand for a path."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(out, "w", 8) as target:
        parts = {part: source.read(part) for part in source.namelist()}
        for name, content in (parts | changed).items():
            target.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'


def row(number, cells='<c t="inlineStr"><is><t>x</t></is></c>'):
    return f'<row r="{number}">{cells}</row>'


def sheet(rows):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


WHOLE_FILES = {
    "50 MB": (lambda: b"id;nom\n" + b"x" * (50 << 20), "dépasse 20 Mo"),
    "lists in lists": (lambda: b"[" * 1_000_000, "trop de parties"),
    "a million records": (lambda: b"[" + b"{}," * 1_000_000 + b"{}]", "plus de 10000"),
    "too many lines": (
        lambda: b"id;nom;date_maj\n" + b";\n" * (bounds.LINES + 2),
        "plus de 50000 lignes",
    ),
    "a cell of a megabyte": (
        lambda: b'id;nom\n1;"' + b"x" * (1 << 20) + b'"\n',
        "comme un tableau",
    ),
    "a zip bomb": (lambda: package(**{"xl/media/x.bin": b"\0" * (200 << 20)}), "trop grand"),
    "a bomb of strings": (lambda: package(**{STRINGS: b" " * (50 << 20)}), "trop grand"),
    "entities": (lambda: package(**{SHEET: BOMB}), "ne se lit pas"),
    "no sheet at all": (lambda: package(**{SHEET: b"<x/>"}), "ne se lit pas|pas de feuille"),
    "a row beyond the end": (
        lambda: package(**{SHEET: sheet(row(1) + row(1_048_576))}),
        "pas de feuille",
    ),
    "a column beyond the end": (
        lambda: package(**{SHEET: sheet('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>')}),
        "ne se lit pas|pas de feuille",
    ),
    "another kind of zip": (lambda: package(mimetype=b"x"), "OpenDocument"),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_too_much_is_refused(name):
    content, words = WHOLE_FILES[name]
    with pytest.raises(BadFile, match=words):
        read(content())


def test_a_header_that_promises_a_million_lines_costs_only_what_is_there():
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("id", "nom"))
    content = package(**{SHEET: sheet(row(1, head) + row(2) + row(1_048_576))})
    assert len(read(content).lines) == 1


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_disk_has_done_to_a_file_is_a_sentence(seed):
    dice = random.Random(seed)
    whole = [
        BOOK,
        as_csv([structure()]).content,
        as_json([structure(reseaux_porteurs=["caf"])]).content,
    ]
    for _turn in range(60):
        content = bytearray(dice.choice(whole))
        for _bite in range(dice.randint(1, 8)):
            at = dice.randrange(len(content))
            if dice.random() < 0.3:
                del content[at : at + dice.randint(1, 200)]
            else:
                content[at] = dice.randrange(256)
            if not content:
                break
        for kind in Resource:
            try:
                read(bytes(content), kind)
            except BadFile as error:
                assert str(error)


ODD = [
    *(None, True, -1, 10**40, 1e308, float("inf"), "", " ", "\x00", "\ud800", "1e999", "٣٢١"),
    *([], {}, [[]], [{}], [None], {"a": {"b": 1}}, ["x"] * 5_000, "x" * 300_000, "<" * 5_000),
    *("2026-13-45", "=1+1", "'; DROP TABLE x", "%s %(name)s {}", "http://[", "&" * 999),
]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_whatever_a_value_is_the_record_comes_in_or_is_refused_by_name(alpha, seed):
    dice = random.Random(seed)
    structures, services = [structure(f"s{n}") for n in range(40)], []
    for number in range(40):
        services.append(service(f"a{number}", f"s{number % 20}"))
    for rows, kind in ((structures, Resource.STRUCTURE), (services, Resource.SERVICE)):
        names = [field.name for field in kind.fields]
        for one in rows[20:]:
            for name in dice.sample(names, 6):
                one[name] = dice.choice(ODD)
            if dice.random() < 0.2:
                one[dice.choice(["id", "source", "structure_id"])] = dice.choice(ODD)
    found = plan(alpha, as_json(structures), as_json(services), publish=True)
    for one in found.rows:
        assert str(one.name)
        assert one.reason or one.changes["title"]
    found = plan(alpha, as_json(structures[18:23]), as_json(services[18:23]), publish=True)
    carry_out(found)
    assert all(one.is_written or one.reason for one in found.rows)


@pytest.mark.django_db
def test_nothing_of_a_text_is_run_on_the_page(alpha, client):
    bad = "<script>alert(1)</script>Un lieu <img src=x onerror=alert(2)> [a](javascript:x)"
    put(
        alpha,
        [structure(nom="Lieu <b onmouseover=alert(3)>x</b>", description=bad, commune=bad[:90])],
        [service(nom="Aide </title><svg onload=alert(4)>", description=bad, conditions_acces=bad)],
        publish=True,
    )
    for page in (ActorPage.objects.get(), ServicePage.objects.get()):
        said = client.get(page.url, headers={"host": "alpha.localhost"}).content.decode()
        assert "Un lieu" in said
        for word in ("<script>alert", "<img src=x", "<svg onload", "<b on", 'href="javascript'):
            assert word not in said
