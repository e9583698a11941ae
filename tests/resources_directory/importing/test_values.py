"""What one value means, and what is said of one that means nothing."""

import pytest
from resources_importing import TODAY, reader

from resources_directory.data_inclusion import SERVICE, STRUCTURE
from resources_directory.importing import numbers
from resources_directory.importing.old_names import names_of_today, translated
from resources_directory.importing.records import Resource
from resources_directory.importing.texts import BadValue, parts_of, text_of, web_of


def field(name, fields=SERVICE):
    return next(one for one in fields if one.name == name)


@pytest.mark.parametrize(
    ("read", "given", "found"),
    [
        (numbers.siret_of, 82454114801871.0, "82454114801871"),
        (numbers.siret_of, "824 541 148 01871", "82454114801871"),
        (numbers.siret_of, 5560000000019, None),
        (numbers.siret_of, "8.24541E+13", None),
        (numbers.postcode_of, 1000, "01000"),
        (numbers.postcode_of, "59260.0", "59260"),
        (numbers.postcode_of, 750121.0, None),
        (numbers.insee_of, "2a004", "2A004"),
        (numbers.insee_of, 1004, "01004"),
        (numbers.insee_of, "104", None),
        (numbers.phone_of, "+33536491200", "05 36 49 12 00"),
        (numbers.phone_of, "0033 (0)5.36.49.12.00", "05 36 49 12 00"),
        (numbers.phone_of, 536491200, "05 36 49 12 00"),
        (numbers.phone_of, "+262262202020", "02 62 20 20 20"),
        (numbers.phone_of, "3949", "3949"),
        (numbers.phone_of, "+41 22 730 51 11", "+41 22 730 51 11"),
        (numbers.phone_of, "05 36 49 12 00 (accueil)", "05 36 49 12 00"),
        (numbers.phone_of, "demander Ali", None),
        (numbers.decimal_of, "10,5", "10.50"),
        (numbers.decimal_of, -1, None),
        (numbers.decimal_of, "Infinity", None),
        (numbers.count_of, 3.0, 3),
        (numbers.count_of, "0", None),
        (numbers.zone_code, "4", "04"),
        (numbers.zone_code, "1004", "01004"),
    ],
)
def test_a_number_is_read_or_refused(read, given, found):
    if found is None:
        with pytest.raises(BadValue):
            read(given)
    else:
        assert read(given) == found


def test_a_lost_zero_of_a_siret_comes_back_when_the_control_figure_says_so():
    whole = next(
        number
        for number in (f"0{base:013}" for base in range(5560000000010, 5560000000030))
        if numbers.passes_luhn(number)
    )
    assert numbers.siret_of(int(whole)) == whole


@pytest.mark.parametrize(
    "given", ["2026-10-02", "2026-10-02T08:00:00+02:00", "02/10/2026", 46297, 46297.5]
)
def test_a_day_is_read_in_each_way_it_is_written(given):
    assert str(numbers.day_of(given, TODAY)) == "2026-10-02"


@pytest.mark.parametrize("given", ["demain", "31/02/2026", "2031-01-01", "0001-01-01", 12, True])
def test_a_day_that_is_none_or_to_come_is_refused(given):
    with pytest.raises(BadValue):
        numbers.day_of(given, TODAY)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("<p>Un <b>lieu</b></p><script>alert(1)</script>", "Un lieu"),
        ("<p>&lt;b&gt;x&lt;/b&gt;</p>", "x"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("a\u202eb\x00c\r\nd", "abc\nd"),
        (59350.0, "59350"),
        ({"a": 1}, ""),
    ],
)
def test_a_text_is_words_alone(given, found):
    assert text_of(given) == found
    assert text_of(found) == found


def test_a_list_is_a_list_or_a_cell_of_commas():
    for given in (["a", " b ", "a"], "a, b", "a;b", "['a', 'b']", "a\nb"):
        assert parts_of(given) == ["a", "b"]
    assert parts_of(None) == parts_of({}) == parts_of("") == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("www.lieu.example", "https://www.lieu.example"),
        ("https://lieu.example/été", "https://lieu.example/%C3%A9t%C3%A9"),
        ("javascript:alert(1)", ""),
        ("ftp://lieu.example", ""),
        ("https://[", ""),
    ],
)
def test_an_address_leads_somewhere_or_is_left_out(given, found):
    assert web_of(given) == found


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("type", "atelier", "atelier"),
        ("type", ["atelier"], "atelier"),
        ("frais", "gratuit-sous-conditions", "gratuit-sous-conditions"),
        ("modes_accueil", "a-distance, en-presentiel", ["en-presentiel", "a-distance"]),
        ("zone_eligibilite", [1, "2a", "France", "200093201"], ["01", "2A", "france", "200093201"]),
        ("zone_eligibilite", 59350.0, ["59350"]),
        ("horaires_accueil", "Mo-Fr  09:00-12:00 ; ", "Mo-Fr 09:00-12:00"),
        ("horaires_accueil", 'le "mardi"', '"le ”mardi”"'),
        ("latitude", "43,6", 43.6),
        ("courriel", "mailto:a@b.example", "a@b.example"),
    ],
)
def test_a_field_has_the_value_it_means(name, given, found):
    assert reader().value(field(name), given) == found


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("type", "danse", "code inconnu : « danse »"),
        ("type", "atelier, formation", "un seul code"),
        ("modes_accueil", "par-pigeon", "code inconnu"),
        ("latitude", "91", "en degrés"),
        ("latitude", "nan", "en degrés"),
        ("courriel", "pas une adresse", "adresse e-mail"),
        ("description", "Bof", "trop court"),
        ("adresse", {"rue": 1}, "forme attendue"),
    ],
)
def test_a_value_that_means_nothing_is_named(name, given, words):
    with pytest.raises(BadValue, match=words):
        reader().value(field(name), given)


def test_what_is_too_long_is_cut_and_said():
    one = reader()
    assert len(one.value(field("adresse"), "x" * 300)) == 200
    assert len(one.value(field("conditions_acces"), "x" * 20_000)) == 10_000
    assert [note.split(" :")[0] for note in one.notes] == ["adresse", "conditions_acces"]


class TestOldNames:
    def test_what_v0_said_is_said_under_the_names_of_today(self):
        old = {
            "types": ["atelier"],
            "profils": ["femmes"],
            "presentation_resume": "Court.",
            "presentation_detail": "Long et complet.",
            "frais_autres": "2 €",
            "recurrence": "Mo 09:00-12:00",
            "pre_requis": ["Être majeur"],
            "justificatifs": ["CNI"],
            "page_web": "pas une adresse",
            "prise_rdv": "https://rdv.example",
            "modes_orientation_beneficiaire": ["telephoner", "autre"],
            "modes_orientation_accompagnateur": ["envoyer-un-mail"],
            "modes_orientation_beneficiaire_autres": "Le mardi",
            "zone_diffusion_type": "departement",
            "zone_diffusion_code": "31",
            "contact_nom_prenom": "Ali",
            "contact_public": False,
        }
        found = translated(old, Resource.SERVICE)
        assert found["description"] == "Long et complet."
        assert found["conditions_acces"] == "Être majeur\nCNI"
        assert found["lien_mobilisation"] == "https://rdv.example"
        assert found["modes_mobilisation"] == ["telephoner", "envoyer-un-courriel"]
        assert found["mobilisable_par"] == ["usagers", "professionnels"]
        assert found["mobilisation_precisions"] == "Le mardi"
        assert found["zone_eligibilite"] == ["31"]
        assert (found["publics"], found["type"]) == (["femmes"], ["atelier"])
        assert found["contact_nom_prenom"] == ""
        assert names_of_today(frozenset(old), Resource.SERVICE) >= {
            "type",
            "publics",
            "description",
        }

    def test_the_names_of_today_count_first(self):
        found = translated({"publics": ["jeunes"], "profils": ["femmes"]}, Resource.SERVICE)
        assert found["publics"] == ["jeunes"]

    @pytest.mark.parametrize(
        ("kind", "code", "zone"),
        [("pays", "99100", ["france"]), ("region", "76", []), ("commune", "31555", ["31555"])],
    )
    def test_a_zone_is_taken_where_it_is_sure(self, kind, code, zone):
        old = {"zone_diffusion_type": kind, "zone_diffusion_code": code}
        assert translated(old, Resource.SERVICE)["zone_eligibilite"] == zone

    def test_of_a_structure_too(self):
        old = {"labels_nationaux": ["france-service"], "accessibilite": "https://a.example"}
        found = translated(old, Resource.STRUCTURE)
        assert found["reseaux_porteurs"] == ["france-service"]
        assert found["accessibilite_lieu"] == "https://a.example"
        assert field("reseaux_porteurs", STRUCTURE).ours == "networks"
