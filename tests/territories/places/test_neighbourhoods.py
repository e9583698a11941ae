"""Perimeters of priority neighbourhoods brought in from the files of the State."""

import json
from copy import deepcopy

import pytest
from conftest import SHARED
from directory_factories import make_actor
from django.core.management import CommandError, call_command
from factories import make_territory
from hypothesis import given
from hypothesis import strategies as st
from perimeters_drawn import MIDDLE, TOULOUSE, commune, make_neighbourhood, square

from territories.importing.plan import Kind
from territories.importing.records import BadFile, Refused
from territories.models import Neighbourhood
from territories.places.distance import Point
from territories.places.geojson import read_neighbourhoods
from territories.places.membership import membership
from territories.places.neighbourhoods import plan_neighbourhoods, write_neighbourhoods

pytestmark = pytest.mark.django_db

OF_2015 = {
    "code_qp": "QP031007",
    "nom_qp": "Grand Carré",
    "commune_qp": "Toulouse",
    "code_commune": "31555",
    "nom_commune": "Toulouse",
    "code_departement": "31",
}
OF_2024 = {
    "code_qp": "QN03101M",
    "lib_qp": "Grand Carré",
    "insee_com": "31555",
    "lib_com": "Toulouse",
    "insee_dep": "31",
    "siren_epci": "243100518",
}
BOW_TIE = [[[1.39, 43.56], [1.41, 43.58], [1.41, 43.56], [1.39, 43.58], [1.39, 43.56]]]


def feature(properties=OF_2024, geometry=None, **changes):
    return {
        "type": "Feature",
        "properties": {**properties, **changes},
        "geometry": geometry or square(),
    }


def file_of(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def bring(*features, **options):
    plan = plan_neighbourhoods(file_of(*features), **options)
    write_neighbourhoods(plan)
    return plan


def only_row(*features):
    (row,) = plan_neighbourhoods(file_of(*features)).rows
    return row


@pytest.mark.parametrize(("properties", "code"), [(OF_2015, "QP031007"), (OF_2024, "QN03101M")])
def test_both_generations_are_read(properties, code):
    bring(feature(properties), source="ANCT", licence="Licence Ouverte 2.0")
    found = Neighbourhood.objects.get()
    assert (found.code, found.name, found.commune.name) == (code, "Grand Carré", "Toulouse")
    assert (found.source, found.licence) == ("ANCT", "Licence Ouverte 2.0")
    assert found.perimeter["type"] == "MultiPolygon"
    assert (found.latitude, found.longitude) == (pytest.approx(43.57), pytest.approx(1.4))
    assert membership(MIDDLE).neighbourhood == found.pk


def test_the_same_file_twice_changes_nothing():
    bring(feature())
    before = Neighbourhood.objects.get().changed_at
    assert bring(feature()).counts[Kind.UNCHANGED] == 1
    assert Neighbourhood.objects.get().changed_at == before


@pytest.mark.parametrize(
    "insee_com",
    ["31555,31069", "31555 31069", '="31555", ="31069"', ["31555", "31069"], [31555, 31069]],
)
def test_a_neighbourhood_may_reach_into_several_communes(insee_com):
    bring(feature(insee_com=insee_com, lib_com="Toulouse, Blagnac"))
    found = Neighbourhood.objects.get()
    assert found.commune_id == "31555"
    assert [str(one) for one in found.other_communes.all()] == ["Blagnac"]
    assert bring(feature(insee_com=insee_com)).counts[Kind.UNCHANGED] == 1


def test_codes_quoted_by_a_spreadsheet_keep_their_first_zero():
    bring(
        feature(
            insee_com='="01004"',
            code_qp='="QN00101M"',
            lib_com="Ambérieu-en-Bugey",
            geometry=None,
        )
    )
    assert Neighbourhood.objects.get().commune_id == "01004"
    assert only_row(feature(insee_com=1004)).communes == {"01004": "Toulouse"}


def test_lines_of_one_code_are_parts_of_one_neighbourhood():
    there = square(Point(43.57, 1.43))
    plan = bring(feature(), feature(insee_com="31069", lib_com="Blagnac", geometry=there))
    found = Neighbourhood.objects.get()
    assert membership(MIDDLE).neighbourhood == membership(Point(43.57, 1.43)).neighbourhood
    assert found.other_communes.get().name == "Blagnac"
    assert plan.rows[0].notes == ["dessiné en plusieurs lignes du fichier : elles sont réunies."]


def test_what_is_there_already_is_completed_and_keeps_its_words():
    written = make_neighbourhood("Grand-carre", "", perimeter=None, latitude=43.5, longitude=1.3)
    assert bring(feature()).counts[Kind.CHANGED] == 1
    written.refresh_from_db()
    assert (written.name, written.code, written.latitude) == ("Grand-carre", "QN03101M", 43.5)
    assert written.perimeter
    assert Neighbourhood.objects.count() == 1


def test_a_neighbourhood_goes_on_from_2015_to_2024_and_never_back():
    bring(feature(OF_2015))
    before = Neighbourhood.objects.get()
    bring(feature(OF_2024, geometry=square(half=0.005)))
    after = Neighbourhood.objects.get()
    assert (after.pk, after.code, after.former_code) == (before.pk, "QN03101M", "QP031007")
    assert after.perimeter != before.perimeter
    plan = bring(feature(OF_2015))
    assert plan.rows[0].notes == ["il continue sous le code QN03101M."]
    assert plan.counts[Kind.UNCHANGED] == 1
    assert Neighbourhood.objects.get().perimeter == after.perimeter


def test_two_of_one_name_in_one_commune_are_told_apart_by_their_codes():
    bring(feature(), feature(code_qp="QN03102M", geometry=square(Point(43.6, 1.4))))
    names = set(Neighbourhood.objects.values_list("name", flat=True))
    assert names == {"Grand Carré", "Grand Carré (QN03102M)"}


LAMBERT = {
    "type": "Polygon",
    "coordinates": [[[570000, 6270000], [571000, 6270000], [571000, 6271000], [570000, 6270000]]],
}
SWAPPED = {"type": "Polygon", "coordinates": [[[43.5, 1.4], [43.6, 1.4], [43.6, 1.5], [43.5, 1.4]]]}
LINE = {"type": "Polygon", "coordinates": [[[1.4, 43.5], [1.5, 43.6], [1.4, 43.5], [1.4, 43.5]]]}
HUGE = square(Point(43.5, 1.4), half=0.5)
ELSEWHERE = square(Point(10, 10))
NOWHERE = {"type": "Polygon", "coordinates": [[[1.4, "x"], [1.5, None], [1.4, 43.5]]]}


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (LAMBERT, "son contour n’est pas en degrés WGS84."),
        (SWAPPED, "la latitude et la longitude de son contour sont échangées"),
        (LINE, "son contour est une ligne, sans surface."),
        (HUGE, "son contour dépasse 100 km²"),
        (ELSEWHERE, "son contour n’est pas là où est sa commune."),
        (NOWHERE, "son contour n’est pas lisible."),
        ({"type": "Polygon", "coordinates": []}, "son contour est vide."),
        ({"type": "Point", "coordinates": [1.4, 43.5]}, "son contour n’est pas une surface"),
        ("POLYGON ((1 43))", "son contour n’est pas une surface"),
    ],
)
def test_a_bad_contour_is_refused_and_its_neighbourhood_kept_without(geometry, reason):
    make_neighbourhood("Voisin", "QN03109M", perimeter=square(Point(43.7, 1.2)))
    plan = bring(feature(geometry=geometry))
    (row,) = plan.rows
    assert row.kind == Kind.REFUSED
    assert row.reason.startswith(reason)
    assert Neighbourhood.objects.get(code="QN03101M").perimeter is None
    assert membership(MIDDLE, insee_code="31555").answer == "unknown"
    assert bring(feature(geometry=geometry)).rows[0].writes is False


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code_qp": None}, "il n’a pas de code (code_qp)."),
        ({"code_qp": "31007"}, "« 31007 » ne va pas. Un code de quartier ressemble à"),
        ({"lib_qp": ""}, "il n’a pas de nom (lib_qp ou nom_qp)."),
        ({"lib_qp": "x" * 151}, "son nom dépasse 150 caractères."),
        ({"insee_com": None}, "il ne dit pas dans quelle commune il est (insee_com)."),
        ({"insee_com": "3155"}, "« 3155 » ne va pas. Un code INSEE a 5 caractères"),
        ({"insee_com": {"code": "31555"}}, "il ne dit pas dans quelle commune il est"),
    ],
)
def test_a_row_without_its_facts_is_refused_whole(changes, reason):
    row = only_row(feature(**changes))
    assert row.kind == Kind.REFUSED
    assert row.reason.startswith(reason)
    assert row.neighbourhood is None


def test_a_contour_that_crosses_itself_is_repaired():
    row = only_row(feature(geometry={"type": "Polygon", "coordinates": BOW_TIE}))
    assert row.kind == Kind.NEW
    assert row.notes == ["le contour se croisait : il est réparé."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "n’est pas du JSON valide"),
        (b"[1]", "il y manque la liste « features »"),
        (b'{"features": []}', "ne contient aucun quartier"),
        (file_of(feature(), crs={"properties": {"name": "EPSG:2154"}}), "ne sont pas en degrés"),
        (b"[" * 100_000, "contient trop de parties"),
    ],
)
def test_a_file_that_is_no_such_file_says_so(content, reason):
    with pytest.raises(BadFile, match=reason):
        plan_neighbourhoods(content)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=8)
    | st.sampled_from(["31555", "QN03101M", "Polygon", "MultiPolygon"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*OF_2024, "type", "coordinates"]), inner, max_size=4)
    ),
    max_leaves=12,
)
COORDINATES = st.lists(
    st.lists(st.floats(-200, 200) | st.none() | st.text(max_size=2), max_size=3), max_size=6
)


@given(
    ANYTHING,
    st.dictionaries(st.sampled_from(list(OF_2024)), ANYTHING, max_size=2),
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["Polygon", "MultiPolygon"]),
            "coordinates": st.lists(COORDINATES, max_size=3) | ANYTHING,
        }
    ),
)
def test_whatever_a_row_holds_it_is_read_or_refused_with_a_sentence(anything, changes, geometry):
    rows = [
        anything,
        {"properties": anything, "geometry": anything},
        feature(**changes),
        feature(geometry=geometry),
    ]
    read, _notes = read_neighbourhoods(json.dumps({"features": rows}).encode())
    for row in read:
        assert row.reason if isinstance(row, Refused) else row.perimeter or row.fault


def test_the_real_perimeters_of_occitanie_are_all_read():
    path = SHARED / "data/qpv/qp2015-occitanie.geojson"
    if not path.exists():
        pytest.skip("the file is not beside this copy of the code")
    plan = plan_neighbourhoods(path.read_bytes())
    assert plan.counts[Kind.NEW] == 105
    assert plan.counts[Kind.REFUSED] == 0


def test_the_command_says_what_it_would_do_then_does_it_and_looks_at_the_records(tmp_path, capsys):
    commune(*TOULOUSE)
    actor = make_actor(make_territory(), latitude=MIDDLE.latitude, longitude=MIDDLE.longitude)
    path = tmp_path / "qpv.geojson"
    bad = deepcopy(feature(code_qp="QN03102M", lib_qp="Ailleurs", geometry=SWAPPED))
    path.write_bytes(file_of(feature(), bad))

    call_command("import_neighbourhoods", str(path), dry_run=True)
    said = capsys.readouterr().out
    assert "nouveau   « Grand Carré » (n° 1, QN03101M)" in said
    assert "refusé    « Ailleurs » (n° 2, QN03102M) : la latitude et la longitude" in said
    assert "nouveau : 1, changé : 0, inchangé : 0, refusé : 1" in said
    assert not Neighbourhood.objects.exists()

    call_command("import_neighbourhoods", str(path))
    assert "adresses : 1" in capsys.readouterr().out
    actor.refresh_from_db()
    assert (actor.qpv, actor.neighbourhood.code) == ("yes", "QN03101M")

    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_neighbourhoods", str(tmp_path / "none"))
