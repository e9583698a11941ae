"""Ten templates, three widths, light, dark and in Arabic, on one sheet: `make screenshots`.

They are looked at, not compared: `var/screenshots/index.html`.
"""

from html import escape

import pytest

pytestmark = pytest.mark.screenshots

WIDTHS = (375, 1280, 1920)
WAYS = {"light": ("light", ""), "dark": ("dark", ""), "ar": ("light", "/ar")}
MIRAIL, CAEN = "grand-mirail.localhost", "caen-la-mer.localhost"
# name: (mock-up of the look, host, path)
TEMPLATES = {
    "home": ("01-accueil-territoire", MIRAIL, "/"),
    "agenda": ("02-agenda", MIRAIL, "/agenda/"),
    "event": ("03-evenement", MIRAIL, "/agenda/forum-emploi-au-pied-de-chez-vous/"),
    "guide": ("04-guide", CAEN, "/guide/"),
    "service": ("05-service, 12-service-ar", CAEN, "/guide/permis-pour-l-emploi/"),
    "map": ("06-carte", MIRAIL, "/carte/"),
    "search": ("07-recherche", MIRAIL, "/recherche/?q=permis"),
    "portal": ("08-portail", "localhost", "/"),
    "styles": ("13-styles", "localhost", "/styles/?territory=caen-la-mer"),
    "label": ("15-label", MIRAIL, "/label/"),
}


@pytest.fixture(scope="module")
def folder(pytestconfig):
    made = pytestconfig.rootpath / "var" / "screenshots"
    made.mkdir(parents=True, exist_ok=True)
    return made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", WIDTHS)
def test_ten_templates(browser, demo, folder, width, way):
    scheme, prefix = WAYS[way]
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale="fr-FR",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    for name, (_mock_up, host, path) in TEMPLATES.items():
        response = page.goto(demo.address(host, prefix + path), wait_until="networkidle")
        assert response.status == 200, f"{name}: {response.status}"
        # Pinned to the window, it would lie in the middle of a picture of the whole page.
        page.add_style_tag(content=".thumb { position: static !important }")
        page.screenshot(
            path=folder / f"{name}-{width}-{way}.jpg",
            type="jpeg",
            quality=75,
            full_page=True,
            animations="disabled",
        )
    context.close()


def test_the_sheet(folder):
    """Beside each template, the name of the mock-up it was drawn from."""
    rows = "\n".join(
        f"<h2>{escape(name)} <small>{escape(mock_up)}</small></h2>\n<p>{cells(name)}</p>"
        for name, (mock_up, _host, _path) in TEMPLATES.items()
    )
    (folder / "index.html").write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Screenshots</title>"
        "<style>body{font:1rem sans-serif;background:#888}p{display:flex;gap:1rem;overflow-x:auto;"
        "align-items:start}figure{margin:0}img{inline-size:22rem}</style>\n"
        f"<h1>Screenshots</h1>\n{rows}\n</html>\n"
    )


def cells(name: str) -> str:
    return "".join(
        f'<figure><a href="{picture}"><img src="{picture}" alt="" loading="lazy"></a>'
        f"<figcaption>{width} px, {way}</figcaption></figure>"
        for way in WAYS
        for width in WIDTHS
        for picture in [f"{name}-{width}-{way}.jpg"]
    )
