"""Tables of any room are read in one way: by each delimiter, sheet by sheet, within bounds."""

from io import BytesIO
from pathlib import Path

import pytest

from territories.importing.records import BadFile
from territories.spreadsheets.names import name_of
from territories.spreadsheets.tables import tables_in
from territories.spreadsheets.workbook import Sheet, write

ROOT = Path(__file__).resolve().parents[3]
ROOMS = (
    *("territories", "resources_directory", "agenda", "cooperation", "newsroom", "labelling"),
    *("newsletter", "site"),
)


def test_a_file_is_read_by_each_delimiter_and_says_its_lines():
    with tables_in(b"Une licence\nid;nom\n1;a,b\n", "b.csv") as (tables, notes):
        rows = [list(table.below(1)) for table in tables]
    assert notes == [] and rows[0] == [(3, ["1", "a,b"])] and rows[1] == [(3, ["1;a", "b"])]
    assert tables[0].where(3) == "b.csv, ligne 3"


def test_a_workbook_is_read_sheet_by_sheet():
    written = BytesIO()
    write(written, [Sheet("Aide", ["À lire"], []), Sheet("Bilans", ["id"], [[1], ["=2"]])])
    with tables_in(written.getvalue(), "b.xlsx") as (tables, _notes):
        titles, place = [table.title for table in tables], tables[1].place
        rows = [(number, row[0]) for number, row in tables[1].below(0)]
    assert titles == ["Aide", "Bilans"] and "feuille « Bilans »" in place
    assert rows == [(2, 1), (3, "=2")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" \n", "vide"),
        (b"<html>", "page web"),
        (b"PK\x03\x04" + b"x" * 30, "ne se lit pas"),
        (b"\xd0\xcf\x11\xe0", "ancien format"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, said):
    with pytest.raises(BadFile, match=said), tables_in(content, "b"):
        pass


def test_a_column_is_known_again_however_it_is_written():
    assert {name_of(one) for one in ("Code postal *", "CODE_POSTAL", " code  postal")} == {
        "code_postal"
    }


def test_no_room_reads_workbooks_in_a_way_of_its_own():
    readers = [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "load_workbook" in path.read_text() or "csv.reader(" in path.read_text()
    ]
    assert sorted(readers) == [
        "territories/spreadsheets/packages.py",
        "territories/spreadsheets/tables.py",
    ]
