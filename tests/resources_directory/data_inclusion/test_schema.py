"""The codes and the fields are facts of one versioned file; a newer schema is compared with it."""

import json
from copy import deepcopy
from io import StringIO

import pytest
from directory_factories import make_actor, make_service
from django.core.management import CommandError, call_command
from factories import make_territory

from resources_directory.codes import Fees, MobilisationMode, Mobiliser, ReceptionMode, ServiceType
from resources_directory.data_inclusion import SERVICE, STRUCTURE
from resources_directory.data_inclusion.schema import LISTS, facts, read_folder
from territories.vocabulary.loading import terms_file

DEFINITIONS = {codes: name for name, codes in LISTS.items()}
IDENTITY = {"id", "source"}


def write_schema(folder, said):
    """The facts as the files of the schema that they were read from."""
    for kind in ("structure", "service"):
        fields, used = {}, set()
        for name, rules in said[kind].items():
            rules = {key: value for key, value in rules.items() if key != "required"}
            if codes := rules.pop("codes", None):
                used.add(codes)
                reference = {"$ref": f"#/$defs/{DEFINITIONS.get(codes, codes)}"}
                rules = {**rules, "items": reference} if rules else reference
            fields[name] = {"anyOf": [rules, {"type": "null"}]}
        schema = {
            "properties": fields,
            "required": [name for name, rules in said[kind].items() if rules["required"]],
            "$defs": {
                DEFINITIONS.get(codes, codes): {"enum": list(said["codes"][codes])}
                for codes in used
            },
        }
        (folder / f"{kind}.json").write_text(json.dumps(schema), encoding="utf-8")
    for name, codes in said["codes"].items():
        rows = [{"value": code, "label": label} for code, label in codes.items()]
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")


@pytest.fixture
def newer(tmp_path):
    """What the command says of our facts, once somebody has changed them."""

    def compare(change):
        said = deepcopy(facts())
        change(said)
        write_schema(tmp_path, said)
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("compare_schema", str(tmp_path), stdout=out)
        assert ended.value.code == 1
        return out.getvalue()

    return compare


class TestOurCodes:
    @pytest.mark.parametrize(
        ("name", "codes", "ours_alone"),
        [
            ("types-de-services", ServiceType, set()),
            ("frais", Fees, {Fees.CONDITIONAL.value}),
            ("modes-accueil", ReceptionMode, set()),
            ("modes-mobilisation", MobilisationMode, set()),
            ("personnes-mobilisatrices", Mobiliser, set()),
        ],
    )
    def test_the_lists_of_the_code_are_those_of_the_file(self, name, codes, ours_alone):
        assert set(codes.values) - ours_alone == facts()["codes"][name].keys()
        assert ours_alone <= set(codes.values)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("thematiques", "theme"), ("publics", "public"), ("reseaux-porteurs", "network")],
    )
    def test_the_vocabulary_has_the_codes_and_the_labels_of_the_file(self, name, kind):
        terms = {row["code"]: row["label"] for row in terms_file()["terms"] if row["kind"] == kind}
        assert terms == facts()["codes"][name]
        assert terms_file()["data_inclusion"] == facts()["version"]

    def test_every_field_of_the_schema_has_one_of_ours(self):
        ours = {"structure": IDENTITY, "service": {*IDENTITY, "structure_id"}}
        for kind, fields in (("structure", STRUCTURE), ("service", SERVICE)):
            assert {field.name for field in fields} | ours[kind] == facts()[kind].keys()
            for field in fields:
                required = facts()[kind][field.name]["required"]
                assert field.is_required == required, field.name


@pytest.mark.shared
def test_the_file_is_made_from_the_published_schema(shared):
    read = read_folder(shared / "data" / "data-inclusion-schema-v1")
    assert read == {name: facts()[name] for name in ("structure", "service", "codes")}


def test_a_schema_that_says_the_same_is_no_news(tmp_path, db):
    write_schema(tmp_path, facts())
    out = StringIO()
    call_command("compare_schema", str(tmp_path), stdout=out)
    assert "Aucune différence avec la version 1.0.8" in out.getvalue()


def test_what_a_newer_schema_changes_is_said_with_the_records_that_it_touches(newer, db):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    make_service(
        alpha,
        actor=make_actor(alpha, networks=["caf"]),
        type="atelier",
        publics=["jeunes"],
        mobilisation_modes=["telephoner", "se-presenter"],
    )

    def change(said):
        codes = said["codes"]
        del codes["types-de-services"]["atelier"]
        del codes["modes-mobilisation"]["telephoner"]
        del codes["reseaux-porteurs"]["60000-rebonds"]
        codes["publics"]["moins-de-26-ans"] = codes["publics"].pop("jeunes")
        codes["frais"]["gratuit"] = "Sans frais"
        codes["frais"]["adhesion"] = "Adhésion"
        del said["service"]["nombre_semaines"]
        said["service"]["langues"] = {"required": False, "type": "string"}
        said["structure"]["siret"]["required"] = True

    told = newer(change)
    for line in (
        "types-de-services : atelier, retiré (1 fiche ici)",
        "modes-mobilisation : telephoner, retiré (1 fiche ici)",
        "reseaux-porteurs : 60000-rebonds, retiré\n",
        "publics : jeunes, renommé → moins-de-26-ans (1 fiche ici)",
        "frais : gratuit, nouveau libellé : Sans frais",
        "frais : adhesion, ajouté : Adhésion",
        "service : nombre_semaines, retiré\n",
        "service : langues, ajouté\n",
        "structure : siret, nouvelles règles",
    ):
        assert line in told
    assert "9 différences avec la version 1.0.8" in told


@pytest.mark.parametrize("content", [None, "[]", "{", '{"properties": {"nom": 1}}'])
def test_a_folder_that_is_no_schema_is_refused_in_a_sentence(tmp_path, content):
    if content is not None:
        (tmp_path / "structure.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="ne se lit pas comme un schéma") as refused:
        call_command("compare_schema", str(tmp_path))
    assert refused.value.returncode == 2
