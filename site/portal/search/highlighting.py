"""Showing where an answer answers. Only <mark> is added here, and everything else is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .wording.folding import WORD

if TYPE_CHECKING:
    from .models import SearchDocument
    from .wording.question import Wording

LONGEST_EXCERPT = 240
BEFORE_THE_WORD = 100
ENDS_OF_SENTENCE = ".!?"


def highlight(text: str, wording: Wording) -> SafeString:
    """The text with the words that answer in <mark>."""
    if not wording:
        return mark_safe(escape(text))
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if wording.matches(found.group()):
            pieces.append((text[end : found.start()], found.group()))
            end = found.end()
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return mark_safe(marked + escape(text[end:]))


def excerpt(document: SearchDocument, wording: Wording) -> str:
    """The summary; or, when only the body answers, the passage where it does."""
    lead = document.summary or document.body
    if not wording or first_match(f"{document.title} {document.summary}", wording) is not None:
        return shorten(lead)
    at = first_match(document.body, wording)
    if at is None:
        return shorten(lead)
    start = beginning_of_passage(document.body, at)
    begins_a_sentence = start == 0 or document.body[start - 2] in ENDS_OF_SENTENCE
    passage = shorten(document.body[start:])
    return passage if begins_a_sentence else f"… {passage}"


def beginning_of_passage(text: str, at: int) -> int:
    """Where the sentence of the word begins, or some word not far before it."""
    earliest = max(0, at - BEFORE_THE_WORD)
    if earliest == 0:
        return 0
    ends = [text.rfind(f"{end} ", earliest, at) for end in ENDS_OF_SENTENCE]
    if max(ends) >= 0:
        return max(ends) + 2
    return text.find(" ", earliest, at) + 1 or at


def first_match(text: str, wording: Wording) -> int | None:
    return next(
        (found.start() for found in WORD.finditer(text) if wording.matches(found.group())), None
    )


def shorten(text: str) -> str:
    if len(text) <= LONGEST_EXCERPT:
        return text
    return f"{text[:LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"
