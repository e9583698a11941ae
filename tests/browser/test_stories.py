"""What people come to do, from the mail in their box to the page that residents read."""

import io
import re
import secrets
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
# The editor saves while people type, and two cores share a server, a worker and two browsers.
expect.set_options(timeout=30_000)

HOST = "grand-mirail.localhost"
# Others each time: a demo that already runs remembers.
ONCE = secrets.token_hex(3)
NEWCOMER = f"camille.{ONCE}@example.org"
PHONE = f"05 61 00 {secrets.randbelow(90) + 10} {secrets.randbelow(90) + 10}"
EVENT = f"Café des projets {ONCE}"
PASSWORD = "un mot de passe de cinq mots"
# Of Caen la mer: its title is one that Grand Mirail has not.
ELSEWHERE = "permis"


def menu(page: Page, entry: str) -> None:
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=entry).click()


def picture() -> dict:
    drawn = io.BytesIO()
    # Wagtail asks a question about a picture that it has already.
    Image.new("RGB", (400, 300), f"#{ONCE}").save(drawn, "PNG")
    return {"name": "atelier.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def test_a_coordinator_is_invited_and_publishes_an_event(desk, demo, mailbox):
    follow_the_invitation(desk, demo, mailbox)
    page = desk(NEWCOMER, PASSWORD)
    write_an_event(page, demo)
    refuse_what_is_elsewhere(page)
    upload_an_image(page)
    page.locator("[name=image_alt]").fill("Des personnes autour d’une table.")
    # A page that is being saved by itself just now has an address already: publishing it then would
    # ask for the same one again. A person takes longer.
    page.wait_for_timeout(2000)
    expect(page.locator(".w-autosave-indicator__state--saving")).to_be_hidden()
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("link", name="Visualiser la version publiée")).to_be_visible()

    page.goto(demo.address(HOST, f"/agenda/cafe-des-projets-{ONCE}/"))
    expect(page.get_by_role("heading", name=EVENT, level=1)).to_be_visible()
    expect(page.get_by_alt_text("Des personnes autour d’une table.").first).to_be_visible()


def follow_the_invitation(desk, demo, mailbox):
    page = desk("coordination-grand-mirail")
    menu(page, "Équipe")
    page.get_by_role("link", name="Inviter").first.click()
    page.get_by_label("Adresse e-mail").fill(NEWCOMER)
    page.get_by_label("Prénom").fill("Camille")
    page.get_by_label("Coordination").check()
    page.locator("main [type=submit]").click()
    expect(page.get_by_text(f"L’invitation est envoyée à {NEWCOMER}")).to_be_visible()
    newcomer = desk()
    newcomer.goto(address_in(mailbox, NEWCOMER, newcomer))
    newcomer.locator("[name=new_password1]").fill(PASSWORD)
    newcomer.locator("[name=new_password2]").fill(PASSWORD)
    newcomer.locator("[name=last_name]").fill("Exemple")
    newcomer.locator("[type=submit]").click()
    expect(newcomer).to_have_url(demo.address("localhost", "/admin/"))


def address_in(mailbox, to: str, page: Page) -> str:
    """The first address of the last message somebody got; the worker needs a moment to send it."""
    for _second in range(30):
        if messages := mailbox.to(to):
            text = messages[-1].get_body(("plain",)).get_content()
            return re.search(r"https?://\S+", text)[0]
        page.wait_for_timeout(1000)
    raise AssertionError(f"No message came to {to}: {mailbox.got}")


def write_an_event(page: Page, demo):
    expect(page).to_have_url(demo.address("localhost", "/admin/"))
    page.get_by_role("link", name="Annoncer un rendez-vous").click()
    page.locator("[name=title]").fill(EVENT)
    page.locator("[name=summary]").fill("Un café pour parler de votre projet.")
    page.locator("[name=dates-0-start]").fill("2027-01-14 09:30")
    page.locator("[name=place_name]").fill("Maison du projet")


def refuse_what_is_elsewhere(page: Page):
    # What few events need is folded.
    folded = page.locator("section.w-panel", has_text="En détail, avec une image")
    folded.locator("[data-panel-toggle]").press("Enter")
    page.get_by_role("button", name="Choisir une image").click()
    chooser = page.locator(".modal-content")
    expect(chooser.get_by_text("enfants")).to_be_visible()
    expect(chooser.get_by_text(ELSEWHERE, exact=True)).to_have_count(0)
    chooser.get_by_label("Terme de recherche").fill(ELSEWHERE)
    expect(chooser.get_by_text("enfants")).to_have_count(0)
    assert chooser.get_by_role("img").count() == 0, chooser.inner_text()


def upload_an_image(page: Page):
    chooser = page.locator(".modal-content")
    chooser.get_by_role("tab", name="Transférer").click()
    chooser.locator("input[type=file]").set_input_files(picture())
    chooser.get_by_label("Titre").fill("Atelier du jeudi")
    chooser.get_by_role("button", name="Transférer").click()
    expect(chooser).to_be_hidden()


def test_a_partner_changes_its_sheet_and_the_coordinator_decides(desk, demo):
    partner = desk("partenaire-grand-mirail")
    menu(partner, "Mes fiches")
    partner.locator("main td.title a").first.click()
    title = partner.locator("[name=title]").input_value()
    partner.locator("[name=phone]").fill(PHONE)
    partner.get_by_role("button", name="Envoyer ma proposition").click()
    waiting = partner.get_by_role("row").filter(has_text=title).first
    expect(waiting.get_by_text("Votre proposition")).to_be_visible()
    sheet = waiting.get_by_role("link", name="Voir").get_attribute("href")

    resident = desk()
    resident.goto(sheet)
    assert urlsplit(resident.url).hostname == HOST
    expect(resident.get_by_text(PHONE)).to_have_count(0)

    coordinator = desk("coordination-grand-mirail")
    menu(coordinator, "Propositions")
    coordinator.get_by_role("link", name=title).first.click()
    expect(coordinator.get_by_text(PHONE).first).to_be_visible()
    coordinator.get_by_role("button", name="publier").click()
    resident.goto(sheet)
    expect(resident.get_by_text(PHONE).first).to_be_visible()
