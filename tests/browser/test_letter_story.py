"""A letter from what is new to the mailbox of a reader, who reads it and leaves with one click."""

import http.client
import re
import secrets
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
# The editor saves while people type, and two cores share a server, a worker and two browsers.
expect.set_options(timeout=30_000)

HOST = "grand-mirail.localhost"
# Another each time: a demo that already runs remembers.
ONCE = secrets.token_hex(3)
READER = f"lectrice.{ONCE}@example.org"
TITLE = f"La lettre {ONCE}"
PHONE = {"width": 375, "height": 740}


def test_a_letter_of_what_is_new_reaches_a_reader_who_leaves_in_one_click(desk, demo, mailbox):
    reader = desk()
    reader.set_viewport_size(PHONE)
    subscribe(reader, demo, mailbox)

    editor = desk("lettre-grand-mirail")
    letter = begin_with_what_is_new(editor, demo)
    read_again(editor, demo, letter)
    trial = send_a_trial(editor, demo, mailbox, letter)
    assert "Désabonn" not in body_of(trial, "plain"), "nobody's link to leave is in a trial"
    submit(editor, demo, letter)

    coordinator = desk("coordination-grand-mirail")
    accept(coordinator, demo, letter)
    send(coordinator, demo, letter)

    got = received(mailbox, READER, TITLE, reader)
    assert len([one for one in mailbox.to(READER) if one["Subject"] == TITLE]) == 1
    open_the_web_version(reader, got)
    leave(reader, demo, got)


def subscribe(reader: Page, demo, mailbox) -> None:
    reader.goto(demo.address(HOST, "/lettres/"))
    reader.get_by_role("main").get_by_role("link", name="Recevoir la lettre").first.click()
    reader.get_by_label("Votre adresse e-mail").fill(READER)
    # The form knows whoever sends it in less than three seconds for a machine.
    reader.wait_for_timeout(3500)
    reader.get_by_role("button", name="Je m’abonne").click()
    expect(reader.get_by_text("regardez vos e-mails")).to_be_visible()
    asked = received(mailbox, READER, "Confirmez votre abonnement", reader)
    reader.goto(address_in(asked))
    reader.get_by_role("button", name="Oui, je m’abonne").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("vous êtes abonné")


def begin_with_what_is_new(editor: Page, demo) -> int:
    editor.goto(demo.address("localhost", "/admin/newsletter/new/"))
    editor.get_by_role("button", name="Commencer avec les nouveautés").click()
    expect(editor).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    editor.locator("[name=title]").fill(TITLE)
    editor.locator("[name=subject]").fill(TITLE)
    editor.locator("[name=preheader]").fill("Ce qui se passe près de chez vous.")
    save(editor)
    return int(re.search(r"/pages/(\d+)/", editor.url)[1])


def save(editor: Page) -> None:
    # A page that saves itself just now would be saved twice at once: a person takes longer.
    editor.wait_for_timeout(2000)
    expect(editor.locator(".w-autosave-indicator__state--saving")).to_be_hidden()
    editor.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(editor.get_by_text(f"La page « {TITLE} » a été").first).to_be_visible()


def read_again(editor: Page, demo, letter: int) -> None:
    editor.goto(demo.address("localhost", f"/admin/pages/{letter}/edit/"))
    expect(editor.locator("[name=title]")).to_have_value(TITLE)
    editor.goto(demo.address("localhost", f"/admin/newsletter/{letter}/proof/"))
    shown = editor.frame_locator("iframe").first
    expect(shown.get_by_role("heading", level=1)).to_contain_text(TITLE)


def send_a_trial(editor: Page, demo, mailbox, letter: int) -> EmailMessage:
    to = f"essai.{ONCE}@example.org"
    editor.goto(demo.address("localhost", f"/admin/sendings/letter/{letter}/try/"))
    editor.locator("[name=addresses]").fill(to)
    editor.get_by_role("button", name="Envoyer l’essai").click()
    return received(mailbox, to, f"[Essai] {TITLE}", editor)


def submit(editor: Page, demo, letter: int) -> None:
    editor.goto(demo.address("localhost", f"/admin/pages/{letter}/edit/"))
    editor.get_by_role("button", name="Plus d'actions").click()
    expect(editor.get_by_role("button", name="Publier", exact=True)).to_have_count(0)
    editor.get_by_role("button", name="Soumettre").click()
    expect(editor.get_by_text("a été soumise pour modération").first).to_be_visible()


def accept(coordinator: Page, demo, letter: int) -> None:
    coordinator.goto(demo.address("localhost", f"/admin/pages/{letter}/edit/"))
    coordinator.get_by_role("button", name="Plus d'actions").click()
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Accepter et Publier", exact=True).click()


def send(coordinator: Page, demo, letter: int) -> None:
    coordinator.goto(demo.address("localhost", f"/admin/sendings/letter/{letter}/"))
    coordinator.get_by_role("button", name="Continuer").click()
    coordinator.get_by_role("button", name="Envoyer maintenant").click()
    expect(coordinator).to_have_url(re.compile(r"/admin/sendings/\d+/"))
    # The page follows the sending by itself.
    expect(coordinator.get_by_text("Terminé")).to_be_visible(timeout=90_000)


def open_the_web_version(reader: Page, got: EmailMessage) -> None:
    web = next(url for url in addresses_in(got) if "/lettres/" in url and "~" not in url)
    assert urlsplit(web).hostname == HOST
    reader.goto(web)
    expect(reader.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def leave(reader: Page, demo, got: EmailMessage) -> None:
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(http[^>]+)>", got["List-Unsubscribe"])[1]
    assert press_the_button_of_the_mailbox(address) == 200
    reader.goto(next(url for url in addresses_in(got) if "/lettres/choix/" in url))
    expect(reader.get_by_text("Vous êtes désabonné")).to_be_visible()


def press_the_button_of_the_mailbox(address: str) -> int:
    """Its program keeps no cookie, and has opened no page before (RFC 8058)."""
    parts = urlsplit(address)
    # No name to resolve: not every machine knows *.localhost.
    program = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    headers = {"Host": parts.netloc, "Content-Type": "application/x-www-form-urlencoded"}
    program.request("POST", parts.path, "List-Unsubscribe=One-Click", headers)
    return program.getresponse().status


def received(mailbox, to: str, subject: str, page: Page) -> EmailMessage:
    """The worker needs a moment to send it."""
    for _second in range(90):
        for message in mailbox.to(to):
            if str(message["Subject"]) == subject:
                return message
        page.wait_for_timeout(1000)
    raise AssertionError(f"No message « {subject} » came to {to}.")


def body_of(message: EmailMessage, kind: str) -> str:
    return message.get_body((kind,)).get_content()


def addresses_in(message: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", body_of(message, "plain"))


def address_in(message: EmailMessage) -> str:
    return addresses_in(message)[0]
