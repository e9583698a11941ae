"""Files that other programs wrote, beside the repository."""

import pytest

from resources_directory.importing.records import File
from resources_directory.importing.running import carry_out, plan_files
from resources_directory.models import ActorPage, ServicePage
from territories.importing.plan import Kind
from territories.importing.records import BadFile

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


@pytest.fixture
def file(shared):
    folder = shared / "data" / "data-inclusion-samples"
    return lambda name: File(name, (folder / name).read_bytes())


def notes_of(plan):
    return {row.name.place: row.notes for row in plan.rows if row.notes}


def test_all_samples_of_v1_become_sheets_and_are_the_same_again(alpha, file):
    files = {
        "structures": file("structures.v1.json"),
        "services": file("services.v1.json"),
        "publish": True,
    }
    plan = plan_files(territory=alpha, **files)
    assert plan.counts == {"new": 24, "changed": 0, "unchanged": 0, "gone": 0, "refused": 0}
    [(place, [note])] = notes_of(plan).items()
    assert place == "structures.v1.json, n° 2"
    assert "« 9.00 à 12.00 - 14.00 à 17.00 »" in note
    carry_out(plan)
    assert all(row.is_written for row in plan.rows)
    assert ActorPage.objects.live().count() == 10
    assert ServicePage.objects.live().count() == 14
    again = plan_files(territory=alpha, **files)
    assert again.count(Kind.UNCHANGED) == 24
    assert not any(row.writes or row.kept for row in again.rows)


def test_the_dirty_workbook_gives_what_is_right_and_names_the_rest(alpha, file):
    book = file("valideur-dataset.xlsx")
    plan = plan_files(territory=alpha, structures=book, services=book, source="valideur")
    assert plan.counts == {"new": 3, "changed": 0, "unchanged": 0, "gone": 0, "refused": 0}
    assert notes_of(plan) == {
        "valideur-dataset.xlsx, feuille « Structures », ligne 4": [
            "code_postal : « 750121 » n’est pas un code postal, qui a 5 chiffres, laissé de côté.",
            "courriel : « pas une adresse » n’est pas une adresse e-mail, laissé de côté.",
            "site_web : « pas une url ! » n’est pas une adresse web, laissé de côté.",
        ],
        "valideur-dataset.xlsx, feuille « Services », ligne 4": [
            "thematiques : code inconnu : « logement-hebergement--louer-un-appartement ».",
            "mobilisable_par : code inconnu : « autres ».",
            "nombre_semaines : « beaucoup » n’est pas un nombre de semaines, laissé de côté.",
            "commune : « 59350 » ne suffit pas à dire où c’est, laissé de côté.",
        ],
        "valideur-dataset.xlsx, feuille « Services », ligne 5": [
            "mobilisable_par : code inconnu : « autres ».",
            "nombre_semaines : « beaucoup » n’est pas un nombre de semaines, laissé de côté.",
            "commune : « 59999 » ne suffit pas à dire où c’est, laissé de côté.",
        ],
    }
    said = "\n".join(plan.notes)
    for words in (
        "« 2026-02-23 » a une date pour nom",
        "inconnues, laissées de côté : « colonne en trop », « colonne en double ».",
        "Colonnes en double, dont la première compte : « lien_source ».",
        "2 lignes « __ignore__ »",
    ):
        assert words in said
    carry_out(plan)
    actor = ActorPage.objects.get()
    assert (actor.siret, actor.commune, actor.email) == ("82454114801871", "PARIS", "")


def test_the_same_dirt_in_json_is_read_too(alpha, file):
    plan = plan_files(
        territory=alpha,
        structures=file("valideur-structures.json"),
        services=file("valideur-services.json"),
        source="valideur",
    )
    assert plan.count(Kind.NEW) == 3
    assert len(notes_of(plan)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "sources",
        "les-emplois-insertion__structure",
        "les-emplois-insertion__service",
        "les-emplois-insertion__genericreferenceitem",
    ],
)
def test_what_is_not_data_inclusion_is_refused_whole_with_a_sentence(alpha, file, name):
    for role in ("structures", "services"):
        with pytest.raises(BadFile, match="pas du data·inclusion"):
            plan_files(territory=alpha, **{role: file(f"{name}.json")})


def test_no_file_is_left_out(shared):
    found = {path.name for path in (shared / "data" / "data-inclusion-samples").iterdir()}
    assert len(found) == 9, "Say in a test what becomes of the new one."
