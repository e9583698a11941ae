"""« Envoyer » in the admin: what is said before, how far it is, what one decides."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory

from newsletter.models import Sending
from newsletter.sending import deciding
from newsletter.subscribing.addresses import NOBODY, token_of
from newsletter.subscribing.wishes import theme_choices
from territories.models import JournalEntry, OutgoingMail

from .conftest import go_on, states

PORTAL = {"host": "localhost"}
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@pytest.fixture
def desk(sender) -> Client:
    client = Client(headers=PORTAL)
    client.force_login(sender)
    return client


@pytest.fixture
def stranger(db) -> Client:
    client = Client(headers=PORTAL)
    client.force_login(make_member(make_territory("beta"), "coordinator"))
    return client


def send_url(letter) -> str:
    return reverse("sendings:send", args=[letter.pk])


def read_url(sending) -> str:
    return reverse("sendings:read", args=[sending.pk])


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_it_is_said_how_many_get_it_then_confirmed_then_it_leaves(desk, letter, make_readers, mail):
    make_readers("ada", "bob")
    make_readers("eve", language="en")
    assert "3 personnes reçoivent cette lettre." in text_of(desk.get(send_url(letter)))
    answer = desk.post(send_url(letter), {"when": "now"})
    assert "Elle part maintenant." in text_of(answer) and not Sending.objects.exists()
    answer = desk.post(send_url(letter), {"when": "now", "confirmed": "1"}, follow=True)
    sending = Sending.objects.get()
    assert answer.redirect_chain[-1][0] == read_url(sending)
    sending = go_on(sending)
    assert sum(mail.delivered.values()) == 3
    page = text_of(desk.get(read_url(sending)))
    assert "Terminé" in page and "100 %" in page
    # Asked for again, it leads to what became of it.
    assert desk.get(send_url(letter)).url == read_url(sending)


def test_what_was_chosen_is_what_is_confirmed(desk, letter, territory, make_readers):
    code = theme_choices()[0][0]
    make_readers("ada", themes=[code])
    there = timezone.localtime(timezone.now() + timedelta(days=2), territory.zone)
    form = {"when": "later", "begins_at": f"{there:%Y-%m-%d} 08:30", "themes": [code]}
    page = desk.post(send_url(letter), form).content.decode()
    hidden = [dict(ATTRIBUTE.findall(one)) for one in re.findall("<input[^>]*hidden[^>]*>", page)]
    again = {one["name"]: one.get("value", "") for one in hidden if "name" in one}
    assert again.pop("confirmed") and {name: again[name] for name in ("when", "themes")}
    desk.post(send_url(letter), {**again, "confirmed": "1"})
    sending = Sending.objects.get()
    assert sending.themes == [code] and sending.state == "scheduled"
    assert f"{timezone.localtime(sending.begins_at, territory.zone):%H:%M}" == "08:30"


def test_a_letter_for_nobody_is_not_sent(desk, letter):
    answer = desk.post(send_url(letter), {"when": "now", "confirmed": "1"})
    assert answer.status_code == 422 and "Personne ne recevrait" in text_of(answer)
    assert not Sending.objects.exists()


def test_those_of_a_theme_are_counted_and_get_it(desk, letter, make_readers, mail):
    code = theme_choices()[0][0]
    other = theme_choices()[1][0]
    make_readers("ada", themes=[code])
    make_readers("bob", themes=[other])
    form = {"when": "now", "themes": [code]}
    answer = text_of(desk.post(send_url(letter), form))
    assert "1 personne reçoit cette lettre." in answer
    desk.post(send_url(letter), {**form, "confirmed": "1"})
    assert states(go_on(Sending.objects.get())) == {"ada": "sent"}


def test_a_moment_is_that_of_the_territory(desk, letter, territory, make_readers):
    territory.time_zone = "Indian/Reunion"
    territory.save()
    make_readers("ada")
    there = timezone.localtime(timezone.now() + timedelta(days=2), territory.zone)
    form = {"when": "later", "begins_at": f"{there:%Y-%m-%d} 08:30", "confirmed": "1"}
    desk.post(send_url(letter), form)
    sending = Sending.objects.get()
    assert sending.state == "scheduled"
    assert f"{timezone.localtime(sending.begins_at, territory.zone):%H:%M}" == "08:30"
    assert "08:30" in text_of(desk.get(read_url(sending)))


@pytest.mark.parametrize("typed", ["", "2001-01-01 10:00", "2999-01-01 10:00", "demain"])
def test_a_moment_that_is_none_is_refused_with_a_sentence(desk, letter, make_readers, typed):
    make_readers("ada")
    answer = desk.post(send_url(letter), {"when": "later", "begins_at": typed, "confirmed": "1"})
    assert answer.status_code == 422 and not Sending.objects.exists()
    assert "error-message" in text_of(answer)


def test_what_is_not_on_line_does_not_leave(desk, letter, make_readers):
    make_readers("ada")
    letter.title = "Autre titre"
    letter.save_revision()
    answer = desk.post(send_url(letter), {"when": "now", "confirmed": "1"})
    assert answer.status_code == 422 and "pas en ligne" in text_of(answer)
    letter.unpublish()
    answer = desk.post(send_url(letter), {"when": "now", "confirmed": "1"})
    assert answer.status_code == 422 and not Sending.objects.exists()


def test_a_link_that_leads_nowhere_keeps_it_here(desk, territory, make_letter, make_readers):
    make_readers("ada")
    text = '<p><a href="/nulle-part/">Voir</a></p>'
    letter = make_letter(territory, "Autre", body=[("text", {"text": text})])
    answer = desk.post(send_url(letter), {"when": "now", "confirmed": "1"})
    assert answer.status_code == 422 and "n’existe pas" in text_of(answer)
    assert not Sending.objects.exists()


def test_where_the_site_sends_no_letters_files_are_offered(desk, letter, settings):
    settings.LETTERS_URL = "export:"
    page = text_of(desk.get(send_url(letter)))
    assert "téléchargez-la" in page and reverse("sendings:file", args=[letter.pk, "eml"]) in page


@pytest.mark.parametrize("kind", ["html", "txt", "eml"])
def test_a_file_holds_the_letter_and_nobodys_link(desk, letter, kind):
    answer = desk.get(reverse("sendings:file", args=[letter.pk, kind]))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    content = answer.content.replace(b"=\r\n", b"").decode()
    assert "La lettre du lundi" in content and "/lettres/la-lettre-du-lundi/" in content
    assert token_of(NOBODY) not in content


def test_an_unknown_kind_of_file_is_not_there(desk, letter):
    assert desk.get(reverse("sendings:file", args=[letter.pk, "exe"])).status_code == 404


def test_a_test_letter_is_marked_and_holds_nobodys_link(
    desk, letter, django_capture_on_commit_callbacks
):
    letter.subject = "Le brouillon"
    letter.save_revision()
    url = reverse("sendings:try", args=[letter.pk])
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"addresses": "ada@example.org, bob@example.org\nada@example.org"})
    assert [message.to for message in outgoing.outbox] == [["ada@example.org"], ["bob@example.org"]]
    assert {message.subject for message in outgoing.outbox} == {"[Essai] Le brouillon"}
    assert token_of(NOBODY) not in outgoing.outbox[0].body
    assert JournalEntry.objects.filter(action="sending.try").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez une adresse"),
        ("ada", "« ada » n’est pas une adresse"),
        ("a@b.fr b@b.fr c@b.fr d@b.fr e@b.fr f@b.fr", "il y en a 6"),
    ],
)
def test_what_is_no_address_is_named(desk, letter, typed, said):
    answer = desk.post(reverse("sendings:try", args=[letter.pk]), {"addresses": typed})
    assert answer.status_code == 422 and said in text_of(answer)
    assert not OutgoingMail.objects.exists()


def test_one_pauses_goes_on_and_cancels(desk, letter, sender, make_readers):
    make_readers("ada")
    sending = deciding.schedule(letter=letter, asked_by=sender)
    for action, state in [("pause", "paused"), ("resume", "scheduled"), ("cancel", "cancelled")]:
        desk.post(read_url(sending), {"action": action})
        sending.refresh_from_db()
        assert sending.state == state
    actions = {"sending.schedule", "sending.pause", "sending.resume", "sending.cancel"}
    assert set(JournalEntry.objects.values_list("action", flat=True)) >= actions
    answer = desk.post(read_url(sending), {"action": "pause"}, follow=True)
    assert "changé entre-temps" in text_of(answer)


def test_uncertain_letters_are_listed_and_settled(desk, send, make_readers, mail):
    make_readers("ada", "bob", "eve")
    sending = send()
    sending.copies.update(state="uncertain")
    page = text_of(desk.get(read_url(sending)))
    assert "ada@example.org" in page and "jamais de lui-même" in page
    ada, bob, _eve = sending.copies.order_by("pk")
    desk.post(read_url(sending), {"action": "consider", "copy": ada.pk})
    desk.post(read_url(sending), {"action": "again", "copy": bob.pk})
    assert states(sending) == {"ada": "sent", "bob": "waiting", "eve": "uncertain"}
    desk.post(read_url(sending), {"action": "consider"})
    assert states(go_on(sending)) == {"ada": "sent", "bob": "sent", "eve": "sent"}


@pytest.mark.parametrize(
    "form", [{}, {"action": "explode"}, {"action": "again", "copy": "x"}, {"copy": "9" * 40}]
)
def test_what_nobody_asks_for_changes_nothing(desk, send, make_readers, mail, form):
    make_readers("ada")
    sending = send()
    assert desk.post(read_url(sending), form).status_code == 302
    assert states(sending) == {"ada": "sent"}


def test_the_copy_of_another_sending_is_left_alone(
    desk, send, make_readers, mail, make_letter, territory, sender
):
    make_readers("ada")
    sending = send()
    sending.copies.update(state="uncertain")
    other = deciding.schedule(letter=make_letter(territory, "Autre"), asked_by=sender)
    desk.post(read_url(other), {"action": "consider", "copy": sending.copies.get().pk})
    assert states(sending) == {"ada": "uncertain"}


def test_a_stranger_is_told_of_nothing(stranger, desk, letter, sender):
    sending = deciding.schedule(letter=letter, asked_by=sender)
    for url in (
        send_url(letter),
        reverse("sendings:try", args=[letter.pk]),
        reverse("sendings:file", args=[letter.pk, "html"]),
        read_url(sending),
    ):
        assert stranger.get(url).status_code == 404
        assert "/file/" in url or stranger.post(url, {}).status_code == 404
    assert "La lettre du lundi" not in text_of(stranger.get(reverse("sendings:index")))
    assert "La lettre du lundi" in text_of(desk.get(reverse("sendings:index")))


def test_who_may_not_put_it_on_line_does_not_send_it(letter, territory):
    client = Client(headers=PORTAL)
    client.force_login(make_member(territory, "editor"))
    assert client.get(send_url(letter)).status_code == 404
    assert client.post(send_url(letter), {"when": "now", "confirmed": "1"}).status_code == 404
    assert not Sending.objects.exists()


def test_a_letter_that_leaves_stays_where_it_is(desk, letter, sender, make_readers):
    sending = deciding.schedule(letter=letter, asked_by=sender)
    for name in ("delete", "unpublish"):
        desk.post(reverse(f"wagtailadmin_pages:{name}", args=[letter.pk]))
        letter.refresh_from_db()
        assert letter.live
    deciding.cancel(sending, sender)
    desk.post(reverse("wagtailadmin_pages:delete", args=[letter.pk]))
    assert not Sending.objects.exists()


def test_a_template_is_never_sent(desk, territory, make_letter):
    template = make_letter(territory, "Modèle", is_template=True)
    assert desk.get(send_url(template)).status_code == 404


def test_what_is_followed_costs_the_same_for_few_and_many(
    desk, send, make_readers, mail, django_assert_num_queries
):
    make_readers(*(f"r{number}" for number in range(30)))
    sending = send()
    sending.copies.update(state="uncertain")
    sending.copies.filter(pk__gt=sending.copies.order_by("pk")[1].pk).update(state="sent")
    for url in (read_url(sending), reverse("sendings:index")):
        desk.get(url)
        with CaptureQueriesContext(connection) as few:
            desk.get(url)
        sending.copies.update(state="uncertain")
        with django_assert_num_queries(len(few)):
            desk.get(url)
        assert len(few) <= 25  # the admin's own frame takes most of them
