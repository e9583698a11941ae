"""The style page looks as it was accepted: every component, two widths, light and dark.

After a change that is wanted, look at the pictures and accept them: `make references`.
"""

from pathlib import Path

import pytest
from browser.pictures import accept, compare, parts_of

pytestmark = pytest.mark.browser

REFERENCES = Path(__file__).parent / "references"
PARTS = "[data-specimen], #mesures, #pictogrammes, #facades, .top, .foot"
# What the browser and the system draw in their own way.
NOT_OURS = "input[type=file], input[type=search], select"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_every_component_looks_as_accepted(browser, demo, pytestconfig, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale="fr-FR",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(demo.address("localhost", "/styles/?territory=national"), wait_until="networkidle")
    # Pinned to the window, it would lie over whatever the picture is taken of.
    page.add_style_tag(content=".thumb { position: static !important }")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready")
    parts = parts_of(page, PARTS, hidden=NOT_OURS)
    context.close()
    assert len(parts) > 30
    folder = REFERENCES / f"{width}-{scheme}"
    if pytestconfig.getoption("accept_pictures"):
        accept(parts, folder)
    told_in = pytestconfig.rootpath / "var" / "screenshots" / "differences"
    found = compare(parts, folder, told_in)
    assert not found, "\n".join([*map(str, found), f"See {told_in}, then `make references`."])
