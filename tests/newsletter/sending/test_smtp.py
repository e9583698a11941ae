"""Letters to a real mail server, whatever it does."""

import pytest
from django.utils import timezone
from smtp_server import CLOSES, HANGS

from newsletter.bounces.addresses import return_address
from newsletter.models import Copy, Subscriber
from newsletter.subscribing.addresses import leave_address, token_of

from .conftest import go_on, states


def test_each_reader_gets_one_letter(mail, send, make_readers):
    make_readers("ada", "bob", "eve")
    sending = send()
    assert mail.delivered == {"ada": 1, "bob": 1, "eve": 1}
    assert states(sending) == {"ada": "sent", "bob": "sent", "eve": "sent"}
    assert sending.state == "done" and sending.ended_at and not sending.holder


def test_whoever_is_not_of_the_audience_gets_none(mail, send, make_readers):
    make_readers("ada", themes=["sante"])
    make_readers("bob", themes=["logement"])
    make_readers("eve", state="left")
    make_readers("sam", wants_letters=False)
    sending = send(themes=["sante"])
    assert states(sending) == {"ada": "sent"}


def test_the_letter_says_how_to_leave_in_one_click_and_holds_its_readers_addresses_alone(
    mail, send, make_readers, territory
):
    ada, bob = make_readers("ada", "bob")
    send()
    for reader, message in zip((ada, bob), mail.got, strict=True):
        assert message["List-Unsubscribe"] == f"<{leave_address(territory, reader.key, 'fr')}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Id"].endswith("<lettres.alpha.localhost>")
        assert message["Precedence"] == "bulk" and "Auto-Submitted" not in message
        assert message["Subject"] == "Ce qui vient"
        assert message["Reply-To"] == "alpha@example.org"
        assert message["From"].addresses[0].display_name == territory.full_name
        text, html = (one.get_content() for one in message.iter_parts())
        assert token_of(reader.key) in text and token_of(reader.key) in html
        other = bob if reader is ada else ada
        assert token_of(other.key) not in html
    first, second = (message["Message-ID"] for message in mail.got)
    assert first != second and first.startswith("<lettre.")


def test_a_reader_of_another_language_gets_the_letter_in_french_where_it_is_not_translated(
    mail, send, make_readers
):
    make_readers("ada", language="ar")
    sending = send()
    assert sending.copies.get().language == "fr"
    assert mail.got[0]["Content-Language"] == "fr"


def test_a_refused_address_is_refused_and_the_others_get_theirs(mail, send, make_readers):
    make_readers("ada", "bob", "eve")
    mail.at["rcpt", "bob"] = "550 5.1.1 nobody of that name"
    sending = send()
    assert states(sending) == {"ada": "sent", "bob": "refused", "eve": "sent"}
    assert sending.copies.get(state="refused").answer == "550 5.1.1 nobody of that name"
    assert Subscriber.objects.get(email="bob@example.org").state == "stopped"
    assert sending.state == "done"


def test_no_answer_keeps_the_address_longer_than_its_reader(mail, send, make_readers):
    make_readers("ada", "bob")
    mail.at["rcpt", "ada"] = "550 5.1.1 <Ada@Example.org>: user unknown"
    mail.at["end", "bob"] = "421 bob@example.org: too many"
    sending = send()
    assert sending.copies.get(state="refused").answer == "550 5.1.1 <…>: user unknown"
    assert "bob" not in sending.trouble and "too many" in sending.trouble


def test_a_reader_who_is_to_wait_gets_theirs_later(mail, send, make_readers):
    make_readers("ada", "bob")
    mail.at["rcpt", "ada"] = "451 come back later"
    sending = send()
    assert states(sending) == {"ada": "waiting", "bob": "sent"}
    assert sending.state == "sending" and not sending.holder
    copy = sending.copies.get(state="waiting")
    assert copy.not_before > timezone.now() and copy.tries == 1
    mail.at.clear()
    sending.copies.update(not_before=timezone.now())
    sending = go_on(sending)
    assert mail.delivered == {"ada": 1, "bob": 1} and sending.state == "done"


def test_who_is_always_to_wait_is_refused_in_the_end(mail, send, make_readers):
    make_readers("ada")
    mail.at["rcpt", "ada"] = "451 come back later"
    sending = send()
    for _ in range(5):
        sending.copies.filter(state="waiting").update(not_before=timezone.now())
        sending = go_on(sending)
    assert states(sending) == {"ada": "refused"} and sending.state == "done"


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("what", [CLOSES, HANGS])
def test_a_connection_lost_before_the_letter_leaves_no_doubt(mail, send, make_readers, step, what):
    make_readers("ada", "bob")
    mail.at[step, "" if step == "mail" else "ada"] = what
    sending = send()
    assert states(sending) == {"ada": "waiting", "bob": "waiting"}
    assert sending.trouble and sending.state == "sending"
    mail.at.clear()
    sending = go_on(sending)
    assert mail.delivered == {"ada": 1, "bob": 1}
    assert sending.state == "done" and not sending.trouble


@pytest.mark.parametrize("what", [CLOSES, HANGS, "garbage"])
def test_a_connection_lost_after_the_letter_is_a_doubt_and_nothing_is_sent_again(
    mail, send, make_readers, what
):
    make_readers("ada", "bob")
    mail.at["end", "ada"] = what
    sending = send()
    assert states(sending) == {"ada": "uncertain", "bob": "waiting"}
    sending = go_on(sending)
    assert states(sending) == {"ada": "uncertain", "bob": "sent"}
    assert mail.delivered["ada"] <= 1 and mail.delivered["bob"] == 1
    assert sending.state == "done"


@pytest.mark.parametrize("step", ["data", "end"])
def test_a_letter_that_the_server_does_not_want_pauses_the_sending(mail, send, make_readers, step):
    make_readers(*"abcdefgh")
    mail.at[step, ""] = "554 5.7.1 this looks like junk"
    sending = send()
    assert sending.state == "paused" and "junk" in sending.trouble
    assert list(states(sending).values()).count("refused") == 5
    assert not mail.got


def test_a_server_that_refuses_the_sender_pauses_and_no_reader_is_refused(mail, send, make_readers):
    make_readers("ada")
    mail.at["mail", ""] = "550 not from you"
    sending = send()
    assert sending.state == "paused" and states(sending) == {"ada": "waiting"}


def test_a_server_that_closes_takes_the_rest_later(mail, send, make_readers):
    make_readers("ada", "bob")
    mail.at["end", "ada"] = "421 too many messages on one connection"
    sending = send()
    assert states(sending) == {"ada": "waiting", "bob": "waiting"}
    mail.at.clear()
    assert go_on(sending).state == "done" and mail.delivered == {"ada": 1, "bob": 1}


def test_no_server_at_all_is_told_and_nothing_is_lost(send, make_readers, settings):
    settings.LETTERS_URL = "smtp://127.0.0.1:1"
    make_readers("ada")
    sending = send()
    assert sending.state == "sending" and sending.trouble
    assert states(sending) == {"ada": "waiting"}


def test_who_leaves_while_the_letter_goes_out_gets_none(mail, send, make_readers):
    ada, _bob, _eve = make_readers("ada", "bob", "eve")
    mail.at["rcpt", "ada"] = "451 later"
    sending = send()
    Subscriber.objects.filter(pk=ada.pk).update(state="left")
    sending.copies.filter(state="waiting").update(not_before=None)
    mail.at.clear()
    sending = go_on(sending)
    assert states(sending) == {"ada": "dropped", "bob": "sent", "eve": "sent"}
    assert sending.state == "done"


def test_a_reader_erased_meanwhile_is_dropped(mail, send, make_readers):
    ada, _bob = make_readers("ada", "bob")
    mail.at["rcpt", "ada"] = "451 later"
    sending = send()
    ada.delete()
    sending.copies.filter(state="waiting").update(not_before=None)
    assert states(go_on(sending)) == {"erased": "dropped", "bob": "sent"}


def test_a_letter_sent_is_told_of_its_reader(mail, send, make_readers):
    make_readers("ada", "bob")
    mail.at["rcpt", "bob"] = "550 no"
    send()
    assert Subscriber.objects.get(email="ada@example.org").last_letter_at
    assert Subscriber.objects.get(email="bob@example.org").last_letter_at is None


def test_lines_that_begin_with_a_dot_arrive_whole(mail, send, make_readers, letter):
    make_readers("ada")
    sending = send()
    Copy.objects.update(state="waiting")
    sending.editions.update(text=".\n..fin\nadieu", html="<p>\n.\n</p>")
    type(sending).objects.update(state="sending")
    go_on(sending)
    text, html = (one.get_content() for one in mail.got[-1].iter_parts())
    assert text.splitlines() == [".", "..fin", "adieu"] and html.splitlines()[1] == "."


def test_a_long_subject_with_accents_arrives_as_it_was_written(mail, send, make_readers, letter):
    words = "Été à l’œuvre : " + "ateliers, forums et rendez-vous près de chez vous " * 2
    letter.subject = words
    letter.save_revision().publish()
    make_readers("ada")
    send()
    assert str(mail.got[0]["Subject"]) == " ".join(words.split())


def test_what_comes_back_says_whose_letter_it_was(mail, send, make_readers, settings):
    settings.LETTERS_BOUNCES_ADDRESS = "rebonds@exemple.fr"
    ada, bob = make_readers("ada", "bob")
    send()
    assert mail.senders == [return_address(ada.key), return_address(bob.key)]
