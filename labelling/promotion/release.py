"""The press release: one content, as a page and as a document that a newsroom can edit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from territories.appearance.theme import derive
from territories.words import day_words

from .story import Story, left_to_right
from .texts import ended

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"


@dataclass(frozen=True)
class Release:
    """`facts`: (name, value) of what a journalist checks first; `contact`: whom to call."""

    language: str
    dateline: str
    title: str
    lead: str
    facts: Sequence[tuple[str, str]]
    reasons: Sequence[str]
    about: str
    contact: Sequence[str]
    address: str
    colour: str
    signed: str


def release_of(story: Story, today: date | None = None) -> Release:
    territory = story.territory
    with override(story.language):
        day = day_words(today or timezone.localdate(timezone=territory.zone), year=True)
        rows = [
            (_("Quand"), story.when),
            (_("Où"), story.where),
            (_("Prix"), story.price),
            (_("Qui organise"), story.organiser),
            (_("Label"), story.label.number),
        ]
        return Release(
            language=story.language,
            dateline=_("Communiqué de presse. %(place)s, le %(day)s")
            % {"place": territory.town or territory.name, "day": day},
            title=_("%(title)s reçoit le label Cité de l’emploi") % {"title": story.title},
            lead=ended(story.summary),
            facts=[row for row in rows if row[1]],
            reasons=story.reasons,
            about=_(
                "Le label Cité de l’emploi distingue les rendez-vous, les actions et les lieux qui "
                "rapprochent vraiment les habitants des quartiers prioritaires de l’emploi. Il est "
                "donné après l’étude de critères publics, et un bilan est demandé ensuite."
            ),
            contact=[
                part
                for part in (
                    territory.contact_name,
                    territory.full_name,
                    left_to_right(territory.contact_phone, story.language),
                    territory.contact_email,
                )
                if part
            ],
            address=story.address,
            colour=derive(territory.first_colour, territory.second_colour).light["deep"],
            signed=story.signed,
        )


def as_docx(release: Release) -> bytes:
    """With real headings and the language of its words, so that it can be read aloud."""
    with override(release.language):
        document = Document()
        dress(document, release)
        document.add_paragraph(release.dateline)
        document.add_heading(release.title, level=1)
        document.add_paragraph().add_run(release.lead).bold = True
        document.add_heading(_("En bref"), level=2)
        for name, value in release.facts:
            paragraph = document.add_paragraph()
            paragraph.add_run(_("%(name)s : ") % {"name": name}).bold = True
            paragraph.add_run(value)
        if release.reasons:
            document.add_heading(_("Pourquoi ce label"), level=2)
            for reason in release.reasons:
                document.add_paragraph(reason, style="List Bullet")
        document.add_heading(_("Le label Cité de l’emploi"), level=2)
        document.add_paragraph(release.about)
        document.add_heading(_("Contact presse"), level=2)
        document.add_paragraph("\n".join(release.contact))
        document.add_paragraph(release.address)
    turn(document, release)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def dress(document, release: Release) -> None:
    colour = RGBColor.from_string(release.colour.lstrip("#"))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    for level, size in ((1, 20), (2, 14)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
        # The template names a typeface of its own for headings, which would win.
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
        style.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
    properties = document.core_properties
    properties.title, properties.author = release.title, release.signed
    properties.language = release.language
    # The language that a reader of screens speaks.
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        for name in ("w:val", "w:bidi"):
            language.set(qn(name), release.language)


def turn(document, release: Release) -> None:
    """From right to left where the language is."""
    if not get_language_info(release.language)["bidi"]:
        return
    for paragraph in document.paragraphs:
        paragraph._p.get_or_add_pPr().append(paragraph._p.makeelement(qn("w:bidi"), {}))
