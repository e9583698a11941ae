"""What a poster says, the same on the page, in the PDF and in the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from agenda.lines import LIT
from agenda.sheet import Sheet
from territories.appearance.facade import Pane, panes
from territories.appearance.theme import NATIONAL, SUN, derive
from territories.pages.translations import address_in
from territories.sharing.poster import signature_words
from territories.words import sentence

from .panes import drawn_icon, drawn_panes

if TYPE_CHECKING:
    from django.http import HttpRequest

    from agenda.models import EventPage

COLUMNS, ROWS = 12, 4
FRAGMENT = "agenda/poster/sheet.html"


@dataclass(frozen=True)
class EventPoster:
    """Words in the language of the event's page, which may not be the visitor's: a sheet of paper
    is in one language. `address`: of that page, to be scanned. `colours`: tokens of the theme."""

    slug: str
    language: str
    title: str
    summary: str
    day: date | None
    is_lit: bool
    hours: str
    repeat: str
    where: str
    price: str
    registration: str
    person: str
    phone: str
    signed: str
    address: str
    colours: dict[str, str]
    panes: Sequence[Pane]
    # Where what its lit window says is checked, to be typed or scanned: the `url` of that badge.
    proof: str = ""

    @property
    def is_rtl(self) -> bool:
        return bool(get_language_info(self.language)["bidi"])

    @property
    def code(self) -> segno.QRCode:
        return segno.make(self.address, error="m", micro=False)

    @property
    def code_svg(self) -> SafeString:
        return drawn_code(self.code)

    @property
    def proof_code(self) -> segno.QRCode | None:
        return segno.make(self.proof, error="m", micro=False) if self.proof else None

    @property
    def proof_svg(self) -> SafeString:
        return drawn_code(self.proof_code) if self.proof else mark_safe("")

    @property
    def proof_words(self) -> str:
        """Its address as one types it: it ends in the number of what is checked."""
        return self.proof.partition("://")[2].rstrip("/")

    @property
    def facade(self) -> SafeString:
        return drawn_panes(self.panes, self.colours)

    @property
    def label_icon(self) -> SafeString:
        return drawn_icon("label")

    def as_html(self) -> SafeString:
        """The sheet itself, an `<article>` that says its language."""
        with override(self.language):
            return render_to_string(FRAGMENT, {"poster": self})


def drawn_code(code: segno.QRCode) -> SafeString:
    return mark_safe(code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None))


def poster_of_event(event: EventPage, request: HttpRequest) -> EventPoster | None:
    """`event`: a record with its `.shown`. None where nobody is invited: what is cancelled,
    postponed or over has no poster."""
    shown, territory = event.shown, request.territory
    with override(shown.language):
        sheet = Sheet(shown, request)
        record, line = sheet.record, sheet.line
        if line.is_off or sheet.is_past:
            return None
        slug = territory.slug if territory else ""
        colours = (territory.first_colour, territory.second_colour) if territory else NATIONAL
        # Whoever is named answers the event's own telephone, not the territory's.
        proof = next((badge.url for badge in line.badges if badge.kind == LIT and badge.url), "")
        own = sheet.phone in {record.registration_phone, record.phone}
        return EventPoster(
            slug=event.slug,
            language=shown.language,
            title=shown.title,
            summary=shown.summary,
            # No single day is in the window of what lasts for weeks.
            day=None if line.is_period else line.day,
            is_lit=line.is_lit,
            hours=sentence(line.when) if line.is_period else line.hours,
            repeat=sentence(line.repeat),
            where=sheet.venue.full,
            price=sheet.price,
            registration=shown.registration,
            person=record.contact_name if own and record.phone in {"", sheet.phone} else "",
            phone=sheet.phone,
            signed=territory.full_name if territory else _("Cités de l’emploi"),
            address=request.build_absolute_uri(address_in(shown, shown.language, request)),
            proof=request.build_absolute_uri(proof) if proof else "",
            colours={**derive(*colours).light, "sun": SUN},
            panes=panes(slug, COLUMNS, ROWS, event.slug, signature=signature_words(territory)),
        )
