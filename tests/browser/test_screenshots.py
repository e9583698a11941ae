"""Takes the pictures of the README: `make screenshots`. They are looked at, not compared."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.screenshots

PHONE, DESK = (375, 740), (1280, 800)
HEAVIEST = 90_000
# name: (host, path, size)
VIEWS = {
    "portal": ("localhost", "/", DESK),
    "home": ("grand-mirail.localhost", "/", PHONE),
    "agenda-ar": ("grand-mirail.localhost", "/ar/agenda/", PHONE),
    "guide-en": ("rive-droite.localhost", "/en/guide/", PHONE),
    "event": ("caen-la-mer.localhost", "/agenda/matche-ton-job-pierre-heuze/", PHONE),
    "map": ("rive-droite.localhost", "/carte/", DESK),
}


@pytest.fixture(scope="module")
def pictures(pytestconfig):
    folder = pytestconfig.rootpath / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    return folder


def keep(page, path):
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.save(path, "WEBP", quality=80, method=6)
    assert path.stat().st_size < HEAVIEST, f"{path.name}: {path.stat().st_size} bytes"


@pytest.mark.parametrize("name", VIEWS)
def test_public_pages(browser, demo, pictures, name):
    host, path, (width, height) = VIEWS[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    response = page.goto(demo.address(host, path), wait_until="networkidle")
    assert response.status == 200
    keep(page, pictures / f"{name}.webp")
    context.close()


def test_editing(browser, demo, pictures):
    width, height = DESK
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    page = context.new_page()
    page.goto(demo.address("localhost", "/admin/login/"))
    page.fill("[name=username]", "coordination-grand-mirail")
    page.fill("[name=password]", "demo")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    # Found as a coordinator finds it: by its title.
    page.goto(demo.address("localhost", "/admin/pages/search/?q=pied+de+chez+vous"))
    page.get_by_role("link", name="Forum « L’emploi au pied de chez vous »").first.click()
    page.wait_for_load_state("networkidle")
    keep(page, pictures / "editing.webp")
    context.close()
