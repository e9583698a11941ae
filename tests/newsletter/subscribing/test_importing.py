"""Addresses from a file: the plan is seen first, nobody is lost, who left does not come back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import make_member
from openpyxl import Workbook

from newsletter.models import Consent, Objection, Subscriber, SubscriberFile, SubscriberState
from newsletter.subscribing.importing import applying
from newsletter.subscribing.importing.applying import bring_slice, keep_plan, start
from newsletter.subscribing.importing.planning import Kind, plan_entries
from newsletter.subscribing.importing.reading import read_file
from newsletter.subscribing.importing.tasks import go_on
from newsletter.subscribing.leaving import erase, leave
from territories.audit.models import JournalEntry
from territories.importing.records import BadFile
from territories.models import OutgoingMail

from .conftest import words
from .test_choosing import add_neighbourhood

pytestmark = pytest.mark.django_db
IMPORT = "/admin/subscribers/import/"
WORDS = "Inscrits au forum du 12 mars, feuille gardée à l’accueil."


@pytest.fixture
def coordinator(alpha, client):
    client.force_login(make_member(alpha))
    return client


def sent(client, territory, content, **fields):
    file = SimpleUploadedFile("liste.csv", content)
    said = {"territory": territory.pk, "file": file, "words": WORDS, "is_proven": ""}
    return client.post(IMPORT, {**said, **fields})


def plan_of(territory, content, name="liste.csv"):
    return plan_entries(territory, read_file(content, name, territory))


def bring(territory, content, *, is_proven):
    file = keep_plan(
        territory=territory,
        plan=plan_of(territory, content),
        name="liste.csv",
        words=WORDS,
        is_proven=is_proven,
        added_by=None,
    )
    start(file)
    return file


def test_columns_are_found_by_the_names_that_other_tools_give(alpha):
    quarter = add_neighbourhood(alpha)
    content = (
        "Liste du forum;;;;\n"
        "Nom;Courriel;Language;Thématiques;Quartier\n"
        "Nour;nour@example.org;العربية;sante, numerique, inconnu;bellefontaine\n"
        "Sam;sam@example.org;;;\n"
    ).encode()
    first, second = read_file(content, "liste.csv", alpha)
    assert first.email == "nour@example.org"
    assert first.wishes["themes"] == ["sante", "numerique"]
    assert first.wishes["neighbourhood"] == quarter.code
    assert second.wishes["language"] == "fr" and second.wishes["themes"] == []


def test_a_workbook_is_read(alpha):
    book = Workbook()
    book.active.append(["E-mail", "rythme"])
    book.active.append(["mailto:sam@example.org", "monthly"])
    written = BytesIO()
    book.save(written)
    [entry] = read_file(written.getvalue(), "liste.xlsx", alpha)
    assert (entry.email, entry.wishes["frequency"]) == ("sam@example.org", "monthly")


def test_what_was_exported_is_read_back(coordinator, alpha, make_reader):
    make_reader(alpha, "sam@example.org", frequency="monthly", themes=["sante"])
    answer = coordinator.get("/admin/subscribers/export/")
    content = b"".join(answer.streaming_content)
    [entry] = read_file(content, "abonnes.csv", alpha)
    assert entry.email == "sam@example.org"
    assert entry.wishes["frequency"] == "monthly" and entry.wishes["themes"] == ["sante"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Nom\nSam\n", "Aucune colonne"),
        (b"email\n", "aucune adresse"),
        (b"", "vide"),
        (b"PK\x03\x04 nothing", "classeur"),
    ],
)
def test_a_file_that_is_no_list_is_said_to_be_none(alpha, content, said):
    with pytest.raises(BadFile, match=said):
        read_file(content, "liste.csv", alpha)


def test_each_line_is_planned_with_its_reason(alpha, make_reader):
    make_reader(alpha, "known@example.org")
    leave(make_reader(alpha, "left@example.org"))
    erase(make_reader(alpha, "erased@example.org"))
    content = (
        b"email\nnew@example.org\nKNOWN@example.org\nleft@example.org\nerased@example.org\n"
        b"wrong@\nNEW@example.org\n"
    )
    plan = plan_of(alpha, content)
    assert [line.kind for line in plan.lines] == [
        Kind.NEW,
        Kind.KNOWN,
        Kind.OBJECTED,
        Kind.OBJECTED,
        Kind.REFUSED,
        Kind.REFUSED,
    ]
    wrong, twice = plan.of(Kind.REFUSED)
    assert "ligne 6" in wrong.entry.where and "pas complète" in wrong.entry.reason
    assert "ligne 2" in twice.entry.reason


def test_nothing_is_written_before_somebody_has_read_the_plan(coordinator, alpha):
    answer = sent(coordinator, alpha, b"email\nnew@example.org\nwrong\n")
    shown = words(answer)
    assert answer.status_code == 200
    assert "Nouvelles : 1" in shown and "Refusées : 1" in shown and "ligne 3" in shown
    assert not Subscriber.objects.exists() and not OutgoingMail.objects.exists()
    file = SubscriberFile.objects.get()
    coordinator.post(f"{IMPORT}{file.pk}/")
    assert Subscriber.objects.get().state == SubscriberState.PENDING
    assert OutgoingMail.objects.count() == 1
    shown = words(coordinator.get(f"{IMPORT}{file.pk}/"))
    assert "C’est fini" in shown and "À qui un message demande de confirmer : 1" in shown
    # Sent again, it does nothing more; and the addresses are kept no longer than needed.
    coordinator.post(f"{IMPORT}{file.pk}/")
    assert OutgoingMail.objects.count() == 1
    file.refresh_from_db()
    assert file.rows == []
    [said] = JournalEntry.objects.filter(action="subscribers.import")
    assert "@" not in str(said.data)


def test_who_is_proven_to_have_said_yes_gets_letters_with_the_proof(coordinator, alpha):
    sent(coordinator, alpha, b"email\nnew@example.org\n", is_proven="1")
    coordinator.post(f"{IMPORT}{SubscriberFile.objects.get().pk}/")
    reader = Subscriber.objects.receiving(alpha).get()
    proof = reader.consents.get()
    assert (proof.source, proof.words) == (Consent.Source.IMPORT, WORDS)
    assert proof.is_proven and proof.added_by
    assert not OutgoingMail.objects.exists()


def test_where_they_said_yes_is_required(coordinator, alpha):
    answer = sent(coordinator, alpha, b"email\nnew@example.org\n", words="")
    assert answer.status_code == 422 and "Dites où et quand" in words(answer)
    assert not SubscriberFile.objects.exists()


def test_a_file_goes_to_ones_own_territory_alone(coordinator, alpha, beta, client):
    assert sent(coordinator, beta, b"email\nnew@example.org\n").status_code == 422
    sent(coordinator, alpha, b"email\nnew@example.org\n")
    file = SubscriberFile.objects.get()
    client.force_login(make_member(beta))
    assert client.get(f"{IMPORT}{file.pk}/").status_code == 404
    assert client.post(f"{IMPORT}{file.pk}/").status_code == 404
    assert not Subscriber.objects.exists()


def test_who_leaves_between_the_plan_and_its_application_stays_out(alpha, make_reader):
    content = b"email\nsamira@example.org\n"
    file = keep_plan(
        territory=alpha,
        plan=plan_of(alpha, content),
        name="x",
        words=WORDS,
        is_proven=True,
        added_by=None,
    )
    erase(make_reader(alpha))
    start(file)
    assert not Subscriber.objects.exists()
    file.refresh_from_db()
    assert file.counts == {"objected": 1}


def test_a_large_file_goes_on_where_it_stopped(alpha, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 10)
    monkeypatch.setattr(applying, "SLICE", 10)
    content = b"email\n" + b"".join(b"r%d@example.org\n" % n for n in range(35))
    file = bring(alpha, content, is_proven=True)
    assert Subscriber.objects.count() == 0
    assert bring_slice(file.pk)
    assert Subscriber.objects.count() == 10

    class Died(Exception):
        pass

    real = applying.make_reader

    def dies(file, reader, wishes):
        if reader.email == "r14@example.org":
            raise Died
        real(file, reader, wishes)

    monkeypatch.setattr(applying, "make_reader", dies)
    with pytest.raises(Died):
        bring_slice(file.pk)
    assert Subscriber.objects.count() == 10
    monkeypatch.setattr(applying, "make_reader", real)
    while bring_slice(file.pk):
        pass
    assert not bring_slice(file.pk)
    assert Subscriber.objects.receiving(alpha).count() == 35
    file.refresh_from_db()
    assert (file.done, file.counts) == (35, {"active": 35})
    go_on.func(file.pk)
    go_on.func(0)


def test_what_a_dead_worker_left_is_taken_up_again(alpha, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 0)
    bring(alpha, b"email\nnew@example.org\n", is_proven=True)
    assert applying.resume_files() == 1


def test_a_plan_that_nobody_said_yes_to_is_forgotten(coordinator, alpha):
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    sent(coordinator, alpha, b"email\nnew@example.org\n")
    assert applying.forget_files() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert applying.forget_files() == 1


def test_an_erased_territory_keeps_nobody(alpha, beta, make_reader):
    from newsletter.archive import PARTS

    make_reader(alpha)
    stays = make_reader(beta)
    leave(make_reader(alpha, "left@example.org"))
    [part] = [part for part in PARTS if part.name == "subscribers"]
    assert list(part.export(alpha)) == [] and part.stays
    part.erase(alpha)
    assert list(Subscriber.objects.all()) == [stays] and not Objection.objects.exists()
