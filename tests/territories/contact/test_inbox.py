"""A message reaches who answers, and nobody else; then it goes."""

import html as markup
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories import make_member
from hypothesis import given, settings
from hypothesis import strategies as st
from mailbox_server import Mailbox

from territories.archive.parts import erase_parts
from territories.archive.writing import known_parts
from territories.contact.inbox import receive_message
from territories.contact.models import ContactMessage
from territories.contact.pages import ContactPage
from territories.jobs import JOBS
from territories.mail.sending import deliver, message_of, send_mail
from territories.models import JournalEntry, OutgoingMail

PORTAL = {"host": "localhost"}


@pytest.fixture
def ask(alpha, beta):
    """What somebody gets from an address of the admin; posts when there is a form."""

    def ask(user, name, *arguments, form=None, query=""):
        client = Client(headers=PORTAL)
        if user is not None:
            client.force_login(user)
        address = reverse(f"contact_messages:{name}", args=arguments) + query
        return client.get(address) if form is None else client.post(address, form)

    return ask


def words_of(response):
    return markup.unescape(response.content.decode())


def test_both_mails_reach_a_mail_server(visitor, page, settings):
    with Mailbox() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        ContactPage.objects.filter(pk=page.pk).update(recipient="equipe@alpha.example")
        visitor.sends("/en/contact/", text="Bonjour\n.\nBcc: x@example.org")
        for mail in OutgoingMail.objects.all():
            assert deliver(mail.pk)
    [told] = mailbox.to("equipe@alpha.example")
    assert told["Subject"].startswith("Message du site : ")
    assert told["Reply-To"] == "alix@example.org" and told["Bcc"] is None
    assert told["From"].addresses[0].addr_spec == "ne-pas-repondre@localhost"
    text = told.get_body(("plain",)).get_content()
    message = ContactMessage.objects.get()
    assert "Bonjour\n.\nBcc: x@example.org" in text.replace("\r\n", "\n")
    assert "Alix" in text and "06 39 98 12 34" in text
    assert f"/admin/messages/{message.pk}/" in text
    [received] = mailbox.to("alix@example.org")
    assert received["Reply-To"] == "bonjour@alpha.example"
    for part in ("plain", "html"):
        said = received.get_body((part,)).get_content()
        # Nothing that was typed: it may be for somebody who wrote nothing.
        assert "Alix" not in said and "Bcc" not in said and "06 39" not in said
    # What is sent is kept nowhere else.
    assert set(OutgoingMail.objects.values_list("text", "html")) == {("", "")}


def test_without_an_address_nobody_is_told_that_it_arrived(visitor, page):
    visitor.sends(email="")
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["bonjour@alpha.example"]
    assert OutgoingMail.objects.get().reply_to == "bonjour@alpha.example"


@settings(max_examples=40)
@given(
    name=st.text(max_size=60),
    subject=st.text(max_size=90),
    email=st.one_of(
        st.sampled_from(
            ["alix@example.org", "a@b.example\nBcc: c@example.org", '"\r\nX: y"@example.org']
        ),
        st.emails(),
        st.text(max_size=40),
    ),
)
def test_nothing_that_is_typed_makes_a_header(name, subject, email):
    """Without a database: the mail is made as `send_mail` makes it, and read as a server does."""
    kept = []

    class Kept:
        pk = 0

        def create(**values):
            kept.append(OutgoingMail(**values))
            return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OutgoingMail, "objects", Kept)
        patch.setattr("territories.mail.sending.transaction.on_commit", lambda call: None)
        try:
            send_mail(
                territory=None,
                to="equipe@alpha.example",
                subject=f"Message du site : {subject}",
                template="territories/contact/mail/message",
                context={
                    "message": ContactMessage(name=name, subject=subject, email=email, text="x"),
                    "url": "https://example.org/",
                    "months": 6,
                },
                reply_to=email,
            )
        except ValidationError:
            return
    headers = message_of(kept[0]).message().items()
    assert {header for header, _value in headers} <= {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID",
        "Auto-Submitted", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert [header for header, _value in headers].count("To") == 1
    assert not any("\n" in value.replace("\n ", "") for _header, value in headers)


def test_a_stranger_reads_nothing_and_does_nothing(ask, written, alpha, beta):
    theirs, portals = written(beta, subject="Zibeline"), written(None, subject="Hermine")
    coordinator = make_member(alpha)
    mine = written(alpha, subject="Une aide")
    shown = words_of(ask(coordinator, "index"))
    assert "Une aide" in shown and "Zibeline" not in shown and "Hermine" not in shown
    for message in (theirs, portals):
        for name in ("read", "delete"):
            assert ask(coordinator, name, message.pk).status_code == 404
            answer = ask(coordinator, name, message.pk, form={"action": "answered"})
            assert answer.status_code == 404
            assert ask(None, name, message.pk).status_code == 302
            assert "/admin/login/" in ask(None, name, message.pk, form={}).url
    # The national team has its own, and does not read what is written to a territory.
    team = make_member(None, "team", username="equipe")
    shown = words_of(ask(team, "index"))
    assert "Hermine" in shown and "Zibeline" not in shown and "Une aide" not in shown
    assert ask(team, "read", mine.pk).status_code == 404
    assert ContactMessage.objects.waiting().count() == 3


def test_a_role_that_is_given_nothing_opens_no_list(ask, alpha):
    outsider = make_member(alpha, "newsletter-editor")
    assert ask(outsider, "index").status_code == 302
    assert b"/admin/messages/" not in home_of_admin(outsider).content
    assert b"/admin/messages/" in home_of_admin(make_member(alpha, "editor")).content


def test_a_coordinator_ticks_off_opens_again_and_deletes(ask, written, alpha):
    message, coordinator = written(alpha), make_member(alpha)
    assert "Messages à répondre" in words_of(home_of_admin(coordinator))
    shown = words_of(ask(coordinator, "read", message.pk))
    assert 'href="mailto:alix@example.org"' in shown and "Marquer comme répondu" in shown
    message.refresh_from_db()
    assert message.answered_at is None  # reading writes nothing
    ask(coordinator, "read", message.pk, form={"action": "answered"})
    message.refresh_from_db()
    assert message.answered_by == coordinator
    assert "Une aide" not in words_of(ask(coordinator, "index", query="?state=waiting"))
    assert "Une aide" in words_of(ask(coordinator, "index", query="?state=answered"))
    assert ask(coordinator, "index", query="?state=autre").status_code == 200
    assert "Messages à répondre" not in words_of(home_of_admin(coordinator))
    ask(coordinator, "read", message.pk, form={"action": "waiting"})
    ask(coordinator, "read", message.pk, form={"action": "nothing"})
    message.refresh_from_db()
    assert message.answered_at is None and message.answered_by is None
    assert "effacés pour de bon" in words_of(ask(coordinator, "delete", message.pk))
    assert ContactMessage.objects.exists()
    ask(coordinator, "delete", message.pk, form={})
    assert not ContactMessage.objects.exists()
    said = list(JournalEntry.objects.filter(territory=alpha, user=coordinator).order_by("pk"))
    assert [entry.action for entry in said] == [
        "contact.answer", "contact.reopen", "contact.delete",
    ]  # fmt: skip
    assert said[-1].said == "Message supprimé : Une aide"
    assert "Alix" not in str([(entry.label, entry.data) for entry in said])


def home_of_admin(user):
    client = Client(headers=PORTAL)
    client.force_login(user)
    return client.get("/admin/")


def test_an_editor_answers_and_deletes_nothing(ask, written, alpha):
    message, editor = written(alpha), make_member(alpha, "editor")
    shown = words_of(ask(editor, "read", message.pk))
    assert "Marquer comme répondu" in shown and "Supprimer" not in shown
    assert ask(editor, "delete", message.pk, form={}).status_code == 404
    ask(editor, "read", message.pk, form={"action": "answered"})
    message.refresh_from_db()
    assert message.answered_by == editor


def test_the_journal_says_that_a_message_came_and_not_from_whom(alpha, page):
    receive_message(
        page=page, subject="Une aide", text="Je m’appelle Alix", language="fr", name="Alix"
    )
    entry = JournalEntry.objects.get(action="contact.receive")
    assert entry.territory == alpha and entry.said == "Message reçu : Une aide"
    assert "Alix" not in f"{entry.label} {entry.data}"


def test_messages_are_erased_after_six_months(written, alpha, beta):
    [job] = [job for job in JOBS if job.name == "forget_old_messages"]
    kept, old = written(alpha), written(beta)
    ContactMessage.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=184))
    ContactMessage.objects.filter(pk=kept.pk).update(
        created_at=timezone.now() - timedelta(days=182)
    )
    job.run()
    job.run()
    assert list(ContactMessage.objects.all()) == [kept]


def test_messages_are_in_no_archive_and_go_with_their_territory(written, alpha, beta):
    written(alpha), written(beta)
    part = known_parts()["territories.contact_messages"]
    assert part.stays and list(part.export(alpha)) == []
    assert erase_parts(alpha)["territories.contact_messages"] == 1
    assert ContactMessage.objects.get().territory == beta


def test_the_list_costs_the_same_for_a_few_and_for_many(
    ask, written, alpha, django_assert_max_num_queries
):
    coordinator = make_member(alpha)
    written(alpha)
    with django_assert_max_num_queries(40) as few:
        ask(coordinator, "index")
    for _more in range(30):
        written(alpha)
    with django_assert_max_num_queries(len(few)):
        ask(coordinator, "index")
