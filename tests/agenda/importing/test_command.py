"""`import_events`, as somebody types it."""

from io import StringIO

import pytest
from agenda_importing import calendar, event
from django.core.management import CommandError, call_command

from agenda.models import EventPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "agenda.ics"

    def write(*events):
        path.write_text(calendar(*events), newline="")
        return str(path)

    return write


def run(*arguments, **options):
    out = StringIO()
    call_command("import_events", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_plan_is_printed_row_by_row_and_nothing_is_written(alpha, file):
    name = file(event(), event("DTSTART:demain", uid="deux", title="Cassé"))
    said = run(name, "--territory=alpha", "--publish", "--dry-run")
    assert said.splitlines() == [
        "nouveau   « Café emploi » (n° 1, un@ailleurs.example) : mis en ligne",
        "refusé    « Cassé » (n° 2, deux) : une de ses lignes ne se lit pas.",
        "Alpha – nouveau : 1, changé : 0, inchangé : 0, disparu : 0, refusé : 1",
    ]
    assert not EventPage.objects.exists()


def test_it_says_how_far_it_is_and_what_it_did(alpha, file):
    said = run(file(event()), "--territory=alpha", "--publish").splitlines()
    assert said == [
        "  rendez-vous : 1",
        "Alpha – nouveau : 1, changé : 0, inchangé : 0, disparu : 0, refusé : 0",
    ]
    assert EventPage.objects.live().get().title == "Café emploi"


def test_what_changes_what_stays_and_what_is_gone_is_named(alpha, file):
    run(file(event("LOCATION:Salle A"), event(uid="deux", title="Parti")), "--territory=alpha")
    page = EventPage.objects.get(title="Café emploi").get_latest_revision_as_object()
    page.title = "Le café"
    page.save_revision()
    changed = file(event("LOCATION:Salle B", title="Café 2"))
    said = run(changed, "--territory=alpha", "--dry-run").splitlines()
    assert said[:3] == [
        "changé    « Café 2 » (n° 1, un@ailleurs.example) : Nom du lieu, salle ou étage, Résumé",
        "          gardé comme ici : Titre",
        "disparu   « Parti » (n° 1, deux) : absent du fichier, laissé tel quel",
    ]


def test_the_standard_input_is_read_too(alpha, monkeypatch):
    from io import BytesIO, TextIOWrapper

    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(calendar(event()).encode())))
    run("-", "--territory=alpha", "--format=ics")
    assert EventPage.objects.get().external_id == "un@ailleurs.example"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rien.ics", "--territory=alpha"], "ne s’ouvre pas"),
        ([__file__, "--territory=alpha"], "ni un calendrier"),
        ([__file__, "--territory=ailleurs"], "Territoire inconnu : ailleurs. Ceux d’ici : alpha"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(alpha, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_a_territory_without_agenda_takes_nothing(alpha, file):
    alpha.switches.filter(plugin="agenda").update(is_on=False)
    with pytest.raises(CommandError, match="pas d’agenda"):
        run(file(event()), "--territory=alpha")


def test_interrupted_it_says_where_it_was(alpha, file, monkeypatch):
    from agenda.importing import apply

    def stop(self, row):
        raise KeyboardInterrupt

    monkeypatch.setattr(apply.EventWriter, "write", stop)
    with pytest.raises(CommandError, match="La même commande reprend") as caught:
        run(file(event()), "--territory=alpha")
    assert caught.value.returncode == 130
