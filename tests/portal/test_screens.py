"""Every template that residents meet is visited by the browser suite (tests/browser/screens.py)."""

import re

import pytest
from browser.screens import OTHERS, SCREENS, page_screens
from html_faults import faults

ROOMS = ("site/portal", "agenda", "cooperation", "labelling", "newsletter", "newsroom")
ROOMS = (*ROOMS, "resources_directory", "territories")
FRAME = re.compile(
    r'{%\s*extends\s+"(territories/legal/|labelling/applying/)?(base|linked)\.html"|<html\b'
)
# Of the admin, of a mail, what the others stand in, the frame of somebody else's video, or paper.
NO_SCREEN = re.compile(
    r"(^|/)(admin|mail|wagtail\w*)/|(^|/)(base|linked)\.html$|^territories/review/"
    r"|^newsletter/broken_letter|block_preview|^territories/video/watch|^agenda/poster/paper"
    r"|^labelling/figures/paper"
)


def page_templates(root) -> set[str]:
    """Whatever is a page of its own: it extends the frame, or is a whole document."""
    found = set()
    for room in ROOMS:
        for path in (root / room).rglob("*.html"):
            name = path.as_posix().partition("/templates/")[2]
            if name and not NO_SCREEN.search(name) and FRAME.search(path.read_text()):
                found.add(name)
    return found


def test_every_template_is_visited(root):
    lacking = page_templates(root) - {screen.template for screen in SCREENS}
    assert not lacking, (
        "Say in tests/browser/screens.py how a visitor comes to these (a page type is found by "
        f"itself once it is in `page_types()`): {sorted(lacking)}"
    )


def test_every_screen_is_of_a_template_that_is_there(root):
    named = {screen.template for screen in OTHERS if not screen.is_of_the_admin}
    assert named - page_templates(root) == set()


def test_screens_have_names_of_their_own():
    names = [screen.name for screen in SCREENS]
    assert len(names) == len(set(names))
    assert len(page_screens()) > 10


GOOD = """<!doctype html><html lang="fr"><head><title>Un</title></head><body>
<label for="a">Nom <input id="a" aria-describedby="b"></label><p id="b">Aide</p></body></html>"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<!doctype html>", "", "DOCTYPE"),
        ('id="b"', 'id="a"', "two elements have the id 'a'"),
        ('id="b"', 'id=""', "holds a space"),
        ('for="a"', 'for="c"', "<label for='c'> points at nothing"),
        ("<p ", "<div><p></div><p ", ""),
        ("Aide", "<div>Aide</div>", "p"),
        ("Aide", "<a href='/'><button>Aide</button></a>", "<button> stands in"),
        ("Aide", "<a href='#d'>Aide</a>", "leads nowhere on the page"),
        ("Nom", "<span><div>Nom</div></span>", "<div> stands in <span>"),
        ("Aide", "<ul><b>Aide</b></ul>", "<b> stands right in <ul>"),
        ("Aide", "<img src='a.png'>", "no alternative text"),
    ],
)
def test_a_fault_of_html_is_found(before, after, said):
    assert faults(GOOD) == []
    found = faults(GOOD.replace(before, after, 1))
    assert any(said in fault for fault in found) if said else not found, found
