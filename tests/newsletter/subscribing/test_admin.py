"""« Abonnés » in the admin: one's own, with the proof; nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_member

from newsletter.models import Consent, Objection, Subscriber, SubscriberState
from newsletter.subscribing.leaving import leave
from territories.audit.models import JournalEntry
from territories.models import OutgoingMail

from .conftest import words

pytestmark = pytest.mark.django_db
LIST = "/admin/subscribers/"


@pytest.fixture
def coordinator(alpha, client):
    client.force_login(make_member(alpha))
    return client


@pytest.fixture
def reader(alpha, make_reader):
    return make_reader(alpha, themes=["sante"])


def address(reader, act=""):
    return f"{LIST}{reader.pk}/{act}"


def sentences():
    return [str(entry.message) for entry in JournalEntry.objects.order_by("pk")]


def add(client, territory, email="new@example.org", **fields):
    said = {"territory": territory.pk, "email": email, "language": "fr", "words": "Au forum."}
    return client.post(f"{LIST}add/", {**said, **fields})


def test_one_reads_ones_own_readers_alone(coordinator, reader, beta, make_reader):
    make_reader(beta, "stranger@example.org")
    shown = words(coordinator.get(LIST))
    assert reader.email in shown and "stranger@example.org" not in shown
    assert "1 abonné" in shown and "Français" in shown


def test_the_list_is_narrowed_and_searched(coordinator, reader, alpha, make_reader):
    make_reader(alpha, "nour@example.org", language="ar", state=SubscriberState.STOPPED)
    for query, found in (
        ("q=SAMIRA", "samira"),
        ("state=stopped", "nour"),
        ("language=ar", "nour"),
        ("source=form&language=fr", "samira"),
    ):
        shown = words(coordinator.get(f"{LIST}results/?{query}"))
        other = {"samira": "nour", "nour": "samira"}[found]
        assert f"{found}@" in shown and f"{other}@" not in shown, query
    assert "@example.org" not in words(coordinator.get(f"{LIST}results/?source=import"))


def test_the_list_asks_as_much_for_few_and_for_many(coordinator, alpha, make_reader):
    counts = []
    for number in range(40):
        if number in {1, 39}:
            coordinator.get(LIST)
            with CaptureQueriesContext(connection) as asked:
                coordinator.get(LIST)
            counts.append(len(asked))
        make_reader(alpha, f"r{number}@example.org")
    assert counts[0] == counts[1]


def test_the_proof_is_shown(coordinator, reader):
    shown = words(coordinator.get(address(reader)))
    assert "Oui." in shown and "formulaire du site" in shown


def test_who_asks_at_the_counter_confirms_as_anybody(coordinator, alpha, visitor):
    assert add(coordinator, alpha).status_code == 302
    added = Subscriber.objects.get()
    assert added.state == SubscriberState.PENDING
    proof = added.consents.get()
    assert (proof.source, proof.words) == (Consent.Source.TEAM, "Au forum.")
    assert proof.added_by
    assert "L’équipe" in OutgoingMail.objects.get().text
    visitor.confirms("new@example.org")
    added.refresh_from_db()
    assert added.state == SubscriberState.ACTIVE


def test_how_they_asked_is_required(coordinator, alpha):
    answer = add(coordinator, alpha, words=" ")
    assert answer.status_code == 422 and "Dites où et comment" in words(answer)
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("state", ["left", "known", "mailed"])
def test_who_is_not_added_is_said_why(coordinator, alpha, reader, state):
    if state == "left":
        leave(reader)
    email = "other@example.org" if state == "mailed" else reader.email
    if state == "mailed":
        add(coordinator, alpha, email)
    answer = add(coordinator, alpha, email.upper())
    said = {
        "left": "Elle seule peut se réabonner",
        "known": "déjà abonnée",
        "mailed": "moins d’une heure",
    }
    assert answer.status_code == 422 and said[state] in words(answer)


def test_nobody_is_added_to_another_territory(coordinator, beta):
    answer = add(coordinator, beta)
    assert answer.status_code == 422
    assert "Choisissez un territoire de la liste" in words(answer)
    assert not Subscriber.objects.exists()


def test_one_is_let_go_and_no_file_brings_them_back(coordinator, reader):
    coordinator.post(address(reader), {"action": "stop"})
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT and Objection.objects.count() == 1
    assert "Abonné arrêté, à sa demande" in sentences()


def test_one_is_erased(coordinator, reader):
    assert "pour de bon" in words(coordinator.get(address(reader, "erase/")))
    coordinator.post(address(reader, "erase/"))
    assert not Subscriber.objects.exists() and Objection.objects.count() == 1
    assert "Abonné effacé" in sentences()


def test_the_journal_names_no_address(coordinator, alpha, reader):
    add(coordinator, alpha)
    coordinator.get(f"{LIST}export/")
    coordinator.post(address(reader), {"action": "stop"})
    coordinator.post(address(reader, "erase/"))
    written = str(list(JournalEntry.objects.values_list("label", "data")))
    assert len(sentences()) >= 4 and "@" not in written


def test_a_lost_message_is_sent_again_after_an_hour(coordinator, alpha):
    from django.core.cache import cache

    add(coordinator, alpha)
    added = Subscriber.objects.get()
    coordinator.post(address(added), {"action": "again"})
    assert OutgoingMail.objects.count() == 1
    cache.clear()
    coordinator.post(address(added), {"action": "again"})
    assert OutgoingMail.objects.count() == 2


def test_what_no_button_sends_changes_nothing(coordinator, reader):
    answer = coordinator.post(address(reader), {"action": "?"}, follow=True)
    assert "choisissez l’un des boutons" in words(answer)


def test_strangers_do_not_learn_that_a_reader_exists(client, reader, beta):
    client.force_login(make_member(beta))
    for act in ("", "erase/"):
        assert client.get(address(reader, act)).status_code == 404
        assert client.post(address(reader, act), {"action": "stop"}).status_code == 404
    reader.refresh_from_db()
    assert reader.state == SubscriberState.ACTIVE


def test_who_writes_the_letter_lets_people_in_and_out_and_takes_no_list_away(client, alpha, reader):
    client.force_login(make_member(alpha, "newsletter-editor"))
    assert client.get(LIST).status_code == 200
    assert add(client, alpha).status_code == 302
    assert client.get(f"{LIST}export/").status_code == 302
    assert client.get(f"{LIST}import/").status_code == 302
    assert client.post(address(reader, "erase/")).status_code in {302, 404}
    assert Subscriber.objects.filter(pk=reader.pk).exists()


def test_the_list_is_taken_away_with_its_proofs_and_commands_nothing(
    coordinator, alpha, reader, make_reader
):
    Consent.objects.update(words="=HYPERLINK(1)")
    make_reader(alpha, "=cmd@example.org")
    content = b"".join(coordinator.get(f"{LIST}export/?format=csv").streaming_content).decode()
    assert "samira@example.org" in content and "'=HYPERLINK(1)" in content
    assert "\n'=cmd@example.org" in content
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(coordinator.get(f"{LIST}export/?format=xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(cell.value == "samira@example.org" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_list_of_another_territory_is_not_taken_away(coordinator, beta, make_reader):
    make_reader(beta, "stranger@example.org")
    assert coordinator.get(f"{LIST}export/?territory=beta").status_code == 404
    content = b"".join(coordinator.get(f"{LIST}export/").streaming_content).decode()
    assert "stranger" not in content


def test_who_keeps_several_territories_says_which_list_they_take(client, reader, beta):
    from django.contrib.auth.models import User

    client.force_login(User.objects.create_superuser("root"))
    asked = words(client.get(f"{LIST}export/?format=xlsx"))
    assert "territory=alpha&amp;format=xlsx" in asked and "territory=beta" in asked
    content = b"".join(client.get(f"{LIST}export/?territory=alpha").streaming_content)
    assert reader.email in content.decode()


def test_what_the_mail_server_said_is_shown(coordinator, reader):
    from newsletter.bounces.recording import record_bounce

    record_bounce(reader, status="5.1.1", words="550 5.1.1 <b>unknown</b>")
    shown = words(coordinator.get(address(reader)))
    assert "550 5.1.1 &lt;b&gt;unknown" in shown
    assert timezone.localdate() and "arrêté" in shown
