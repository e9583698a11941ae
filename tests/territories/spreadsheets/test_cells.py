import csv
from io import BytesIO, StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from territories.spreadsheets.cells import commands, flat, harmless, unguarded
from territories.spreadsheets.delimited import MARK, SEPARATOR, lines
from territories.spreadsheets.workbook import Sheet, write

# What people type, and what spreadsheets run.
texts = st.text(
    st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])
) | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''=1+1",
        " =1",
        "+33561000000",
        "-3",
        "@ici",
        "\t=1",
        "＝1",
        "#REF!",
        "l'été",
    ]
)


@given(texts)
def test_no_cell_begins_with_a_command_and_each_is_read_back_as_it_was(text):
    assert not commands(harmless(text))
    assert unguarded(harmless(text)) == text


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_a_csv_file_read_back_holds_what_was_written(table):
    text = "".join(lines(["a", "b"], table))
    assert text.startswith(MARK)
    # newline="" is how the csv module wants to read what it wrote.
    _headings, *read = csv.reader(StringIO(text[1:], newline=""), delimiter=SEPARATOR)
    assert [[unguarded(cell) for cell in row] for row in read] == table


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1))
def test_a_workbook_read_back_holds_what_was_written_and_no_formula(table):
    file = BytesIO()
    write(
        file,
        [Sheet("À lire", [], [("a", "b")], (10, 20), wrapped=True), Sheet("x", ["a", "b"], table)],
    )
    book = load_workbook(file)
    assert book.sheetnames == ["À lire", "x"]
    for row, expected in zip(list(book["x"].iter_rows(min_row=2)), table, strict=True):
        assert [cell.value or "" for cell in row] == [
            ILLEGAL_CHARACTERS_RE.sub("", text) for text in expected
        ]
        assert not {"f", "e"} & {cell.data_type for cell in row}


def test_a_cell_that_would_command_stays_a_text_when_it_is_edited():
    file = BytesIO()
    write(file, [Sheet("x", ["a"], [["=1+1"]])])
    cell = load_workbook(file)["x"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_numbers_keep_their_sign_and_lists_go_between_commas():
    assert harmless(-61.5) == "-61.5"
    assert flat(["caf", "plie"]) == "caf, plie"
    assert flat([{"nom": "La Cité"}]) == '[{"nom": "La Cité"}]'
    assert (flat(None), flat([]), flat(True), flat(2.5)) == ("", "", True, 2.5)
