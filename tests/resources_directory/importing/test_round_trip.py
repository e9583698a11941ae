"""Import → export → import changes nothing, whatever the fields say."""

import json

import pytest
from data_inclusion_round import exported
from data_inclusion_schema import SERVICE as SERVICE_SCHEMA
from data_inclusion_schema import STRUCTURE as STRUCTURE_SCHEMA
from data_inclusion_schema import V1_FEES, codes_of, valid
from directory_factories import make_actor, make_service
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from resources_importing import as_book, as_csv, plan, put, service, structure, table_of

from resources_directory.codes import MobilisationMode, Mobiliser, ReceptionMode, ServiceType
from resources_directory.data_inclusion import SERVICE, STRUCTURE, Shape
from territories.importing.plan import Kind

pytestmark = pytest.mark.django_db

WORDS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&;\"'’«»/\n\u202e\u00a0="),
    max_size=60,
)
MARKUP = st.sampled_from(
    [
        "<p>Un <b>lieu</b></p><script>alert(1)</script>",
        "&lt;p&gt;Caf&eacute;&lt;/p&gt;",
        "<p>&lt;b&gt;x&lt;/b&gt; &amp;amp; y</p>",
        "### Objectif\n\n- lire, écrire  \n- compter",
        '<img src=x onerror="alert(1)">Bonjour à tous',
        "=1+1",
    ]
)
TEXTS = WORDS | MARKUP
# A name, a description: long enough whatever is taken out of them.
SAFE = st.builds("Aide {} ici".format, TEXTS)
BY_SHAPE = {
    Shape.TEXT: TEXTS,
    Shape.LINE: TEXTS,
    Shape.DAY: st.sampled_from(["2026-11-01", "2016-12-08", "2024-02-29"]),
    Shape.WEB: st.sampled_from(
        [
            "https://ailleurs.example/a?b=c&d=é",
            "http://www.lieu.example",
            "https://xn--caf-dma.example",
        ]
    ),
    Shape.MAIL: st.sampled_from(["a.b+c@ailleurs.example", "accueil@mairie.example"]),
    Shape.PHONE: st.sampled_from(
        [
            "+33561000000",
            "05.61.00.00.00",
            "3949",
            "0262 20 20 20",
            "+41 22 730 51 11",
            "+00190519058",
        ]
    ),
    Shape.HOURS: st.sampled_from(
        [
            "Mo-Fr 09:00-12:30,14:00-17:00; PH off",
            'Mo 09:00-12:00 "Sans rendez-vous";  Tu off;',
            "9.00 à 12.00 - 14.00 à 17.00",
            'le mardi "ou" le jeudi',
            "24/7",
        ]
    ),
    Shape.SIRET: st.sampled_from(["13003013300016", "11111583400027"]),
    Shape.POSTCODE: st.sampled_from(["31100", "01000", "20200", "97400"]),
    Shape.INSEE: st.sampled_from(["31555", "01004", "2A004", "97411"]),
    Shape.DEGREES: st.floats(-90, 90, allow_nan=False).map(lambda number: round(number, 6)),
    Shape.ZONE: st.lists(
        st.sampled_from(["31555", "01", "2A", "971", "200093201", "99100", "france"]),
        min_size=1,
        unique=True,
    ),
    Shape.DECIMAL: st.sampled_from([0, 1, 3.5, 10.25, 151.67, 999.99]),
    Shape.COUNT: st.integers(1, 5000),
}
CODES = {
    "type": ServiceType.values,
    "frais": sorted(V1_FEES),
    "modes_accueil": ReceptionMode.values,
    "modes_mobilisation": MobilisationMode.values,
    "mobilisable_par": Mobiliser.values,
    "reseaux_porteurs": codes_of("network"),
    "thematiques": codes_of("theme"),
    "publics": codes_of("public"),
}


def values_of(field):
    if field.name in {"nom", "description"}:
        return SAFE
    if field.name == "frais_precisions":
        return TEXTS | st.just("Gratuit sous condition. Selon vos revenus.")
    if field.shape is Shape.CODE:
        return st.sampled_from(CODES[field.name])
    if field.shape in {Shape.CODES, Shape.TERMS}:
        return st.lists(st.sampled_from(CODES[field.name]), min_size=1, max_size=4, unique=True)
    return BY_SHAPE[field.shape]


def rows_of(fields):
    """Each field, or nothing where nothing is possible."""
    made = {
        field.name: values_of(field) if field.is_required else st.none() | values_of(field)
        for field in fields
    }
    return st.fixed_dictionaries(made)


def facts(rows):
    """Without the address of the sheet here, which a source that has none is given."""
    return [{name: value for name, value in row.items() if name != "lien_source"} for row in rows]


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    structures=st.lists(rows_of(STRUCTURE), min_size=2, max_size=2),
    services=st.lists(rows_of(SERVICE), min_size=2, max_size=2),
    as_table=st.sampled_from([None, as_csv, "book"]),
)
def test_import_export_import_changes_nothing(alpha, beta, structures, services, as_table):
    structures = [structure(f"s{n}", **values) for n, values in enumerate(structures)]
    services = [service(f"a{n}", f"s{n}", **values) for n, values in enumerate(services)]
    with transaction.atomic():
        first = put(alpha, structures, services, publish=True)
        assert [row.kind for row in first.rows] == [Kind.NEW] * 4, [r.reason for r in first.rows]
        left = exported(alpha)
        assert valid(STRUCTURE_SCHEMA, left[0]) == valid(SERVICE_SCHEMA, left[1]) == []
        again = plan(alpha, *(written(rows, as_table) for rows in left), publish=True)
        assert [(row.changes, row.kept) for row in again.rows] == [({}, [])] * 4
        put(alpha, *left, publish=True)
        assert exported(alpha) == left
        put(beta, *(written(rows, as_table) for rows in left), publish=True)
        assert list(map(facts, exported(beta))) == list(map(facts, left))
        transaction.set_rollback(True)


def written(rows, as_table):
    if as_table is None:
        return rows
    if as_table is as_csv:
        return as_csv(rows)
    return as_book({"Feuille": table_of(rows)})


def test_what_was_written_here_comes_back_as_it_was(alpha):
    actor = make_actor(alpha, phone="0561000000", email="a@ailleurs.example", networks=["caf"])
    make_service(alpha, actor=actor, fees="gratuit-sous-conditions", fees_details="Selon l’âge")
    left = exported(alpha)
    again = put(alpha, *left, publish=True)
    assert [(row.kind, row.changes, row.kept) for row in again.rows] == [
        (Kind.UNCHANGED, {}, [])
    ] * 2
    assert exported(alpha) == left


def test_every_field_of_the_schema_takes_part():
    for fields, schema in ((STRUCTURE, STRUCTURE_SCHEMA), (SERVICE, SERVICE_SCHEMA)):
        names = {field.name for field in fields} | {"id", "source", "structure_id"}
        assert names >= schema["properties"].keys()


@pytest.mark.shared
def test_the_published_schema_has_the_same_fields_and_accepts_what_leaves(alpha, shared):
    folder = shared / "data" / "data-inclusion-schema-v1"
    put(alpha, [structure()], [service()], publish=True)
    left = exported(alpha)
    for fields, file, rows in ((STRUCTURE, "structure", left[0]), (SERVICE, "service", left[1])):
        schema = json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        known = {field.name for field in fields} | {"id", "source"}
        assert schema["properties"].keys() - {"structure_id"} == known
        assert valid(schema, rows) == []
