"""What is found in a file, however it was written."""

import json
from datetime import date

import pytest
from resources_importing import as_book, as_csv, as_json, plan, put, service, structure, table_of

from resources_directory.importing.reading import read_sheet
from resources_directory.importing.records import File, Resource
from resources_directory.models import ActorPage, ServicePage
from territories.importing.records import BadFile

STRUCTURE = structure(nom="Café d’été", adresse="3 rue de l’Œuf", reseaux_porteurs=["caf", "ase"])


def read(file, kind=Resource.STRUCTURE):
    return read_sheet(file, kind)


def values(file, kind=Resource.STRUCTURE):
    [line] = read(file, kind).lines
    return dict(line.values)


class TestTables:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_any_delimiter_and_encoding_gives_the_same(self, delimiter, encoding):
        found = values(as_csv([STRUCTURE], delimiter=delimiter, encoding=encoding))
        assert found == {**STRUCTURE, "reseaux_porteurs": "caf, ase"}

    def test_the_names_of_columns_may_come_after_other_words(self):
        before = [["Annuaire ; licence ouverte"], [], ["id", "du 2 octobre"]]
        sheet = read(as_csv([STRUCTURE], before=before))
        assert [line.where for line in sheet.lines] == ["fichier.csv, ligne 5"]

    def test_a_text_of_several_lines_does_not_shift_the_numbers(self):
        rows = [structure("a", description="un\ndeux\ntrois"), structure("b")]
        sheet = read(as_csv(rows))
        assert [line.where[-7:] for line in sheet.lines] == ["ligne 2", "ligne 5"]
        assert sheet.lines[0].values["description"] == "un\ndeux\ntrois"

    def test_names_are_known_however_they_are_typed(self):
        names = ["ID", " Nom * ", "Code postal", "Téléphone", "DATE_MAJ", "Mes notes", "nom"]
        lines = [names, ["1", "", "31000", "05", "2026-10-01", "x", "Maison"]]
        sheet = read(as_book({"F": lines}))
        assert sheet.lines[0].values == {
            "id": "1",
            "nom": "Maison",
            "code_postal": "31000",
            "telephone": "05",
            "date_maj": "2026-10-01",
        }
        assert "« Mes notes »" in sheet.notes[1] and "« nom »" in sheet.notes[0]

    def test_a_quoted_formula_and_a_guard_are_what_they_hold(self):
        text = 'id;nom;code_postal;telephone\n1;Maison;"=""01004""";\'+33561000000\n'
        found = values(File("f.csv", text.encode()))
        assert (found["code_postal"], found["telephone"]) == ("01004", "+33561000000")

    def test_one_workbook_holds_both_wherever_they_stand(self):
        book = as_book(
            {
                "Notice": [["Bonjour"]],
                "Aides": table_of([service()]),
                "Lieux": [["Titre"], [], *table_of([structure()])],
            }
        )
        assert values(book)["nom"] == "Maison du projet"
        sheet = read(book, Resource.SERVICE)
        assert sheet.lines[0].where == "classeur.xlsx, feuille « Aides », ligne 2"
        assert sheet.notes == ["Feuilles qui ne sont pas lues ici : « Notice », « Lieux »."]

    def test_days_and_numbers_of_a_spreadsheet_stay_what_they_say(self):
        lines = [["id", "nom", "date_maj", "siret"], [7.0, "Maison", date(2026, 10, 1), 1.5]]
        assert values(as_book({"F": lines})) == {
            "id": 7,
            "nom": "Maison",
            "date_maj": "2026-10-01",
            "siret": 1.5,
        }


class TestJson:
    @pytest.mark.parametrize("wrap", ["items", "structures", "data"])
    def test_the_page_of_an_api_is_a_list_as_well(self, wrap):
        assert values(as_json({wrap: [STRUCTURE], "total": 1})) == STRUCTURE

    def test_a_page_that_is_not_all_says_so(self):
        [note] = read(as_json({"items": [STRUCTURE], "total": 300})).notes
        assert "300" in note

    def test_what_is_ignored_and_unknown_is_left_out(self):
        sheet = read(as_json([{**STRUCTURE, "score": 1}, {**STRUCTURE, "__ignore__": True}]))
        assert len(sheet.lines) == 1
        assert sheet.notes == ["Champs inconnus, laissés de côté : « score »."]


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", Resource.STRUCTURE, "vide"),
        (b"<!doctype html>", Resource.STRUCTURE, "page web"),
        (b"\xd0\xcf\x11\xe0rest", Resource.STRUCTURE, "ancien format"),
        (b"PK\x03\x04rest", Resource.STRUCTURE, "ne se lit pas"),
        (b"nom,prenom\nA,B\n", Resource.STRUCTURE, "nomme ses colonnes"),
        (b"id;nom;structure_id\n1;A;2\n", Resource.STRUCTURE, "par --services"),
        (b"id;nom\n1;A\n", Resource.SERVICE, "structure_id"),
        (b'{"a": 1}', Resource.STRUCTURE, "pas de liste"),
        (b'[{"a": 1}]', Resource.STRUCTURE, "pas du data"),
        (json.dumps([service()]).encode(), Resource.STRUCTURE, "par --services"),
        (b"[1, 2", Resource.STRUCTURE, "JSON valide"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(content, kind, words):
    with pytest.raises(BadFile, match=words):
        read(File("f", content), kind)


def test_a_workbook_of_other_sheets_says_what_it_lacks():
    book = as_book({"Lieux": table_of([structure()])})
    with pytest.raises(BadFile, match="pas de feuille de services"):
        read(book, Resource.SERVICE)


@pytest.mark.django_db
class TestDirty:
    """`samples/make_dirty.py` made the workbook."""

    def test_what_is_right_comes_in_and_the_rest_is_named(self, alpha, sample):
        book = sample("dirty.xlsx")
        found = put(alpha, book, book, source="asso", publish=True)
        assert found.counts == {"new": 3, "changed": 0, "unchanged": 0, "gone": 0, "refused": 6}
        house = ActorPage.objects.get(title="Maison de l’Ain")
        assert (house.siret, house.postcode, house.insee_code) == (
            *("13003013300016", "01000", "01053"),
        )
        assert (house.phone, house.email) == ("04 74 00 00 01", "maison@ailleurs.example")
        assert str(house.confirmed_on) == "2026-10-02"
        cafe = ActorPage.objects.get(title="Café des voisins")
        assert (cafe.phone, cafe.opening_hours, cafe.siret) == ("05 61 00 00 00", '"le matin"', "")
        assert str(cafe.confirmed_on) == "2026-10-02"
        aid = ServicePage.objects.get()
        assert (aid.eligibility_zone, str(aid.weekly_hours), aid.description) == (
            *(["01004"], "2.50", "On révise ensemble."),
        )
        assert [term.code for term in aid.publics.all()] == ["tous-publics"]

    def test_each_refusal_names_file_sheet_line_field_and_reason(self, alpha, sample):
        book = sample("dirty.xlsx")
        found = plan(alpha, book, book, source="asso")
        assert [f"{row.name} : {row.reason}" for row in found.rows if row.reason] == [
            "« X » (dirty.xlsx, feuille « Partenaires », ligne 8, 103) : "
            "nom : il faut de 3 à 150 caractères, ici 1.",
            "« Sans date » (dirty.xlsx, feuille « Partenaires », ligne 9, 104) : "
            "date_maj : rien n’est indiqué.",
            "« Le même encore » (dirty.xlsx, feuille « Partenaires », ligne 10, 101) : "
            "il a le même identifiant qu’un autre (dirty.xlsx, feuille « Partenaires », ligne 5).",
            "« D’une structure refusée » (dirty.xlsx, feuille « Aides », ligne 3, s2) : "
            "structure_id : sa structure « 103 » est refusée.",
            "« De nulle part » (dirty.xlsx, feuille « Aides », ligne 4, s3) : "
            "structure_id : la structure « 999 » n’est ni dans le fichier, ni ici.",
            "« Sans description » (dirty.xlsx, feuille « Aides », ligne 5, s4) : "
            "description : rien n’est indiqué.",
        ]

    def test_it_is_the_same_again(self, alpha, sample):
        book = sample("dirty.xlsx")
        put(alpha, book, book, source="asso", publish=True)
        again = put(alpha, book, book, source="asso", publish=True)
        assert again.counts["unchanged"] == 3
        assert not any(row.writes or row.kept for row in again.rows)
