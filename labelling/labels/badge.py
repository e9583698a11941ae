"""The badge of a label, as one SVG that needs nothing else: for the pages of partners.

It says what the label has become: one that is over loses its colours and its lit window.
"""

from __future__ import annotations

from xml.etree import ElementTree

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from labelling.models import Label, Status
from territories.appearance.theme import NIGHT, SUN, WHITE, derive
from territories.pages.base import SOURCE_LANGUAGE
from territories.sharing.letterforms import outlined
from territories.sharing.lettering import fitted

WIDTH, HEIGHT = 440, 132
LEFT = 120  # of the words
OVER, OVER_WINDOW = "#4b4755", "#d9d7de"
BOLD, REGULAR = 650, 450
# The arched window and the tick in it, the pictogram of the label.
WINDOW = "M24 112V60a36 36 0 0 1 72 0v52z"
TICK = "m42 72 13 14 25-29"


def draw_badge(label: Label) -> bytes:
    """In French, the language of its name, wherever it is shown."""
    with override(SOURCE_LANGUAGE):
        return drawn(label)


def drawn(label: Label) -> bytes:
    territory, status = label.territory, label.status_on(timezone.localdate())
    is_active = status == Status.ACTIVE
    said = words_of(label, status)
    theme = derive(territory.first_colour, territory.second_colour).light
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "lang": SOURCE_LANGUAGE,
            "role": "img",
            "aria-labelledby": "t",
        },
    )
    ElementTree.SubElement(root, "title", {"id": "t"}).text = ", ".join(said)
    ground = {"width": str(WIDTH), "height": str(HEIGHT), "rx": "16"}
    ElementTree.SubElement(root, "rect", ground | {"fill": theme["deep"] if is_active else OVER})
    window = {"d": WINDOW, "fill": SUN if is_active else OVER_WINDOW}
    ElementTree.SubElement(root, "path", window)
    if is_active:
        tick = {"d": TICK, "fill": "none", "stroke": NIGHT, "stroke-width": "7"}
        ElementTree.SubElement(root, "path", tick | {"stroke-linecap": "round"})
    rows = (
        (said[0], (29, 26), BOLD, 48, WHITE),
        (said[1], (22, 19, 16, 14), REGULAR, 80, theme["pale"] if is_active else WHITE),
        (said[2], (17, 15, 13), REGULAR, 109, theme["pale"] if is_active else WHITE),
    )
    for text, sizes, weight, baseline, fill in rows:
        size, lines = fitted(text, sizes, weight, WIDTH - LEFT - 20, sizes[-1] * 1.3)
        path = outlined(lines[0], (LEFT, baseline), size, weight)
        ElementTree.SubElement(root, "path", {"d": path, "fill": fill})
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def words_of(label: Label, status: Status) -> tuple[str, str, str]:
    year = label.starts_on.year
    return (
        _("Label Cité de l’emploi"),
        _("%(territory)s, %(year)s") % {"territory": label.territory.name, "year": year},
        _("n° %(number)s, %(state)s") % {"number": label.number, "state": state_of(label, status)},
    )


def state_of(label: Label, status: Status) -> str:
    day = {
        Status.WITHDRAWN: label.withdrawn_on,
        Status.TO_COME: label.starts_on,
    }.get(status, label.expires_on)
    words = {
        Status.ACTIVE: _("valable jusqu’au %(day)s"),
        Status.EXPIRED: _("expiré depuis le %(day)s"),
        Status.WITHDRAWN: _("retiré le %(day)s"),
        Status.TO_COME: _("valable à partir du %(day)s"),
        Status.CALLED_OFF: _("rendez-vous annulé"),
    }[status]
    return words % {"day": date_format(day, "j/m/Y")}
