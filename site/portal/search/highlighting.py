"""Showing where an answer answers. Only <mark> is added here, and everything else is escaped."""

from __future__ import annotations

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .french import WORD, Wording

LONGEST_EXCERPT = 240
BEFORE_THE_WORD = 80


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


def excerpt(summary: str, body: str, wording: Wording) -> str:
    """The summary; or, when only the body answers, the passage where it does."""
    if not wording or first_match(summary, wording) is not None:
        return shorten(summary or body)
    at = first_match(body, wording)
    if at is None:
        return shorten(summary or body)
    start = max(0, at - BEFORE_THE_WORD)
    if start:
        start = body.find(" ", start, at) + 1 or at
    passage = shorten(body[start:])
    return f"… {passage}" if start else passage


def first_match(text: str, wording: Wording) -> int | None:
    return next(
        (found.start() for found in WORD.finditer(text) if wording.matches(found.group())), None
    )


def shorten(text: str) -> str:
    if len(text) <= LONGEST_EXCERPT:
        return text
    return f"{text[:LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"
