"""`import_resources`, as somebody types it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from resources_importing import as_csv, as_json, service, structure

from resources_directory.models import ActorPage, ImportedResource, ServicePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """Writes the structures and the services; gives the arguments that name them."""

    def write(structures=None, services=None):
        arguments = []
        for option, rows, ending, made in (
            ("structures", structures, "csv", as_csv),
            ("services", services, "json", as_json),
        ):
            if rows:
                path = tmp_path / f"{option}.{ending}"
                path.write_bytes(made(rows).content)
                arguments.append(f"--{option}={path}")
        return arguments

    return write


def run(*arguments, **options):
    out = StringIO()
    call_command("import_resources", "--territory=alpha", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_plan_is_printed_row_by_row_and_nothing_is_written(alpha, files):
    given = files([structure(telephone="rien"), structure("b", nom="X")], [service()])
    assert run(*given, "--publish", "--dry-run") == [
        "nouveau   « Maison du projet » (structures.csv, ligne 2, ailleurs--un) : mis en ligne",
        "          telephone : « rien » n’est pas un numéro de téléphone, laissé de côté.",
        "refusé    « X » (structures.csv, ligne 3, ailleurs--b) : "
        "nom : il faut de 3 à 150 caractères, ici 1.",
        "nouveau   « Permis solidaire » (services.json, n° 1, ailleurs--aide) : mis en ligne",
        "Alpha – nouveau : 2, changé : 0, inchangé : 0, disparu : 0, refusé : 1",
    ]
    assert not ActorPage.objects.exists()


def test_it_says_how_far_it_is_and_what_it_did(alpha, files):
    given = files([structure()], [service()])
    assert run(*given, "--publish") == [
        "  fiches : 2",
        "Alpha – nouveau : 2, changé : 0, inchangé : 0, disparu : 0, refusé : 0",
    ]
    assert ServicePage.objects.live().count() == 1


def test_what_is_gone_is_named_and_proposed_once(alpha, files):
    run(*files([structure(), structure("b", nom="Parti")]), "--publish")
    assert run(*files([structure()]))[1] == (
        "disparu   « Parti » (n° 1, ailleurs--b) : proposée à la fermeture"
    )
    assert run(*files([structure()]))[0].endswith("déjà proposée à la fermeture")
    assert ImportedResource.objects.filter(gone_on__isnull=False).count() == 1


def test_a_source_is_given_to_records_that_name_none(alpha, files):
    rows = [structure(source="", id="1"), structure("b", source="", id="dora--2", nom="Dora")]
    assert "--source" in run(*files(rows), "--dry-run")[0]
    run(*files(rows))
    assert set(ImportedResource.objects.values_list("source", flat=True)) == {"dora"}
    run(*files(rows), "--source=asso")
    assert set(ActorPage.objects.values_list("source", flat=True)) == {"dora", "asso"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "au moins un fichier"),
        (["--structures=rien.csv"], "ne s’ouvre pas"),
        ([f"--structures={__file__}"], "nomme ses colonnes"),
        (["--structures=a\0b"], "ne s’ouvre pas"),
        (["--structures=x", "--territory=ailleurs"], "Territoire inconnu : ailleurs"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(alpha, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_a_territory_without_guide_takes_nothing(alpha, files):
    alpha.switches.filter(plugin="resources_directory").update(is_on=False)
    with pytest.raises(CommandError, match="pas de guide"):
        run(*files([structure()]))


def test_interrupted_it_says_where_it_was(alpha, files, monkeypatch):
    from resources_directory.importing.writing import ResourceWriter

    def stop(self, row):
        raise KeyboardInterrupt

    monkeypatch.setattr(ResourceWriter, "write", stop)
    with pytest.raises(CommandError, match="La même commande reprend") as caught:
        run(*files([structure()]))
    assert caught.value.returncode == 130
