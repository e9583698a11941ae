"""The whole life of a label: asked for by mail, questioned, judged, shown, reported, handed on."""

import os
import re
import secrets
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from browser.test_stories import HOST, address_in
from django.utils import timezone
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)

PHONE = {"width": 375, "height": 740}
LATER = Path(__file__).with_name("later.py")
# Another each time: a demo that already runs remembers.
APPLICANT = f"asso.{secrets.token_hex(3)}@example.org"
# One date, within weeks: its reports are asked for soon after.
EVENT = "Soirée avec une avocate"
# Chromium alone knows *.localhost.
FETCH = "path => fetch(path).then(answer => answer.text())"
ANSWERED = "Une structure du quartier en parle chaque jeudi, et note qui vient."


@pytest.fixture
def phone(browser):
    context = browser.new_context(locale="fr-FR", viewport=PHONE)
    yield context.new_page()
    context.close()


def test_from_an_application_without_account_to_a_practice_sheet(phone, desk, demo, mailbox):
    begin(phone, demo)
    home = address_in(mailbox, APPLICANT, phone)
    fill_in(phone, home)
    coordinator = desk("coordination-grand-mirail")
    application = find(coordinator)
    answer_a_question(phone, coordinator, application, home, mailbox)
    number = judge(coordinator, desk("label-grand-mirail"), application)
    is_shown(phone, demo, number, mailbox)
    report(phone, demo, mailbox)
    is_counted(coordinator)
    hand_on(coordinator, phone, demo)


def begin(page: Page, demo) -> None:
    """Ask for an event of the agenda that nobody has asked for."""
    page.goto(demo.address(HOST, "/label/"))
    page.get_by_role("main").get_by_role("link", name="Demander le label", exact=True).click()
    page.get_by_label("Chercher par son nom").last.fill("avocate")
    page.get_by_role("main").get_by_role("button", name="Chercher").click()
    page.get_by_role("main").get_by_role("link", name=EVENT).click()
    page.get_by_label("Votre organisme").fill("Association du marché")
    page.get_by_label("Qui pouvons-nous appeler").fill("Sam Exemple")
    page.get_by_label("Son adresse e-mail").fill(APPLICANT)
    page.get_by_role("checkbox", name="J’accepte").check()
    # Nobody fills a form in less than three seconds, which is how machines are known.
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Recevoir mon lien").click()
    expect(page).to_have_url(re.compile("commencee"))


def fill_in(page: Page, home: str) -> None:
    """Step by step, each kept at once, until it may be sent."""
    page.goto(home)
    page.get_by_role("main").get_by_role("link", name="Continuer").first.click()
    for _step in range(20):
        if page.url.rstrip("/").endswith("verifier"):
            break
        answer_the_step(page)
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()


def answer_the_step(page: Page) -> None:
    yes = page.locator("input[name=met]").first
    if yes.count():
        yes.check()
        page.locator("textarea[name=text]").fill(ANSWERED)
        who = page.locator("input[name=who]")
        if who.count():
            who.fill("Sam Exemple")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer et continuer").click()


def find(page: Page) -> str:
    """The address of the application in the admin."""
    label_menu(page, "Demandes")
    page.get_by_role("row").filter(has_text=EVENT).get_by_role("link").first.click()
    expect(page.get_by_text(APPLICANT).first).to_be_visible()
    return page.url


def label_menu(page: Page, entry: str) -> None:
    navigation = page.get_by_role("navigation", name="Menu principal")
    navigation.get_by_role("button", name="Label").click()
    navigation.get_by_role("link", name=entry).first.click()
    page.wait_for_load_state()


def answer_a_question(phone, coordinator, application, home, mailbox) -> None:
    act(coordinator, application, "Poser une question")
    coordinator.get_by_label("Ce qui manque").fill("Qui garde les enfants ?")
    confirm(coordinator)
    # The mail of the question, not the one that came first.
    wait_for_mail(mailbox, APPLICANT, "garde les enfants", phone)
    phone.goto(home)
    reply = phone.locator("textarea[name^=reply-]")
    for number in range(reply.count()):
        reply.nth(number).fill("Deux bénévoles, dans la salle à côté.")
    if reply.count():
        phone.locator("main form:has(textarea[name^=reply-]) [type=submit]").first.click()
    else:
        phone.goto(f"{home.rstrip('/')}/verifier/")
    phone.get_by_role("button", name="Envoyer ma demande").click()
    expect(phone.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()


def judge(coordinator, reviewer, application) -> str:
    """Two opinions, then the decision; returns the number of the label."""
    act(coordinator, application, "comité")
    confirm(coordinator)
    for member in (reviewer, coordinator):
        act(member, application, "mon avis")
        member.get_by_label("favorable", exact=True).check()
        member.locator("textarea[name=comment]").fill("Simple, gratuit, et tout près.")
        confirm(member)
    act(coordinator, application, "Donner le label")
    coordinator.locator("textarea[name=words]").fill("Tout le quartier peut venir, et le saura.")
    confirm(coordinator)
    said = coordinator.locator(".messages").inner_text()
    return re.search(r"[A-Z]+-\d{4}-\d{3,}", said)[0]


def act(page: Page, application: str, name: str) -> None:
    page.goto(application)
    page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()


def confirm(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form [type=submit]").last.click()


def is_shown(page: Page, demo, number: str, mailbox) -> None:
    """By itself: on its page, in the agenda, the register, the feed, the search and the portal."""
    wait_for_mail(mailbox, APPLICANT, number, page)
    page.goto(demo.address(HOST, f"/label/{number}/"))
    expect(page.get_by_text("Ce label est valable")).to_be_visible()
    for host in (HOST, "localhost"):
        page.goto(demo.address(host, "/agenda/?label=oui"))
        expect(page.get_by_role("main").get_by_text(EVENT).first).to_be_visible()
    page.goto(demo.address(HOST, "/agenda/"))
    assert EVENT in page.evaluate(FETCH, "/agenda/calendrier.rss?label=oui")
    page.goto(demo.address(HOST, f"/label/{number}/faire-savoir/"))
    expect(page.get_by_role("link", name="Le communiqué")).to_be_visible()
    # The index is made by the worker, a moment later.
    for _second in range(30):
        page.goto(demo.address(HOST, f"/recherche/?q={EVENT}"))
        found = page.locator("main .item").filter(has_text=EVENT).first
        if found.count() and "Label" in found.inner_text():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"The search does not say that « {EVENT} » has the label")


def report(page: Page, demo, mailbox) -> None:
    """The clock moves on for the worker: the report is asked for, and filled in on a telephone."""
    passed = timezone.localdate() + timedelta(days=100)
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    for day in days_until(passed):
        subprocess.run(
            [sys.executable, LATER, day.isoformat(), "labelling.ask_for_reports",
             "territories.deliver_waiting_mail"],
            env=environment | demo.environment,
            check=True,
        )  # fmt: skip
        if form := asked_for(mailbox):
            break
    page.goto(form)
    expect(page.get_by_role("main").get_by_text(EVENT).first).to_be_visible()
    for label, figure in (("Personnes venues", "42"), ("Femmes", "24"), ("Hommes", "18")):
        page.get_by_label(label, exact=True).fill(figure)
    page.locator("textarea[name=worked]").fill("La fanfare a fait venir du monde.")
    page.get_by_role("button", name="Envoyer mon bilan").click()
    expect(page.get_by_text("votre bilan est reçu").first).to_be_visible()


def asked_for(mailbox) -> str:
    """Where the report is filled in, once somebody has asked for it."""
    for message in mailbox.to(APPLICANT):
        found = re.search(
            r"https?://\S+/label/bilan/\S+", message.get_body(("plain",)).get_content()
        )
        if found:
            return found[0]
    return ""


def days_until(last: date):
    """A week at a time: the term of the label is that of an event chosen from the demo."""
    day = timezone.localdate()
    while day < last:
        day += timedelta(days=7)
        yield day


def is_counted(page: Page) -> None:
    label_menu(page, "Chiffres")
    row = page.get_by_role("row").filter(has_text=EVENT).first
    expect(row).to_contain_text("42")


def hand_on(coordinator: Page, phone: Page, demo) -> None:
    """A practice sheet is written from the report, and published."""
    label_menu(coordinator, "Bilans")
    row = coordinator.get_by_role("row").filter(has_text=EVENT).filter(has_text="reçu")
    row.get_by_role("link").first.click()
    coordinator.get_by_role("link", name="Écrire une fiche action").click()
    confirm(coordinator)
    expect(coordinator.locator("[name=results]")).to_have_value(re.compile("fanfare"))
    # The editor saves by itself when it opens: a person takes longer than a test.
    coordinator.wait_for_timeout(2000)
    coordinator.get_by_role("button", name="Plus d'actions").click()
    coordinator.get_by_role("button", name="Publier").click()
    expect(coordinator.get_by_role("link", name="Visualiser la version publiée")).to_be_visible()
    phone.goto(demo.address(HOST, "/fiches-actions/"))
    phone.get_by_role("main").get_by_role("link", name=EVENT).first.click()
    expect(phone.get_by_text("La fanfare a fait venir du monde.").first).to_be_visible()
    # Rounded for everybody: see docs/decisions/0045.
    row = phone.get_by_role("row").filter(has_text="Personnes venues")
    expect(row).to_contain_text("40")


def wait_for_mail(mailbox, to: str, words: str, page: Page) -> None:
    for _second in range(30):
        for message in mailbox.to(to):
            if words in message.get_body(("plain",)).get_content():
                return
        page.wait_for_timeout(1000)
    raise AssertionError(f"No mail to {to} says « {words} »")
