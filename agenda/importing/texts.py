"""Texts from elsewhere, made fit for the fields of an event."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.markdown_db import MarkdownConverter

from agenda.models.events import BODY_FEATURES, SUMMARY_LENGTH
from territories.importing.texts import clean, cleaned, cut, has_markup
from territories.proposals.values import plain_text

from . import bounds

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’»]")
SENTENCE = re.compile(rf"(.{{15,{SUMMARY_LENGTH - 1}}}?[.!?…])(?=\s|$)", re.DOTALL)


def summary_of(text: str) -> str:
    """The first sentence that can stand alone, or the first words."""
    words = " ".join(text.split())
    if len(words) <= SUMMARY_LENGTH:
        return words
    found = SENTENCE.match(words)
    return found[1] if found else cut(words, SUMMARY_LENGTH)


def rich_text(text: str, *, markdown: bool = False) -> str:
    """A text with markup or without, as our editor would have written it.

    Scripts, styles, frames and pictures go, with the links that lead to no web address, mailbox or
    telephone; all other words stay.
    """
    text = clean(text)
    if not text:
        return ""
    if not has_markup(text):
        text = from_markdown(text) if markdown else from_plain(text)
    content = editor().from_database_format(cleaned(text))
    return plain_text(editor().to_database_format(content))


@cache
def editor() -> ContentstateConverter:
    return ContentstateConverter(BODY_FEATURES)


def from_plain(text: str) -> str:
    """Paragraphs, lines and addresses of a plain text."""
    found = ADDRESS.sub(
        lambda link: f'<a href="{link[0]}">{link[0]}</a>', escape(text, quote=False)
    )
    paragraphs = re.split(r"\n\s*\n", found)
    return "".join(f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs).replace("\n", "<br>")


def from_markdown(text: str) -> str:
    try:
        return MarkdownConverter(BODY_FEATURES).to_database_format(text)
    except (ValueError, KeyError, IndexError, RecursionError):
        return from_plain(text)


def bounded(text: str) -> tuple[str, bool]:
    """The text, and whether it was cut."""
    return text[: bounds.TEXT], len(text) > bounds.TEXT
