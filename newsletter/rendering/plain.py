"""The plain text of a letter, written to be read: titles, short lines, links at the end."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser

from django.utils.translation import gettext as _

WIDTH = 72

_HIDDEN = frozenset({"head", "mj-head", "style", "mj-style", "script", "title"})
_LINE = frozenset({"p", "div", "tr", "table", "ul", "ol", "blockquote", "mj-text", "mj-table"})
_TITLES = {"h1": "=", "h2": "-", "h3": "", "h4": ""}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def plain_text(markup: str) -> str:
    """Turn a whole MJML document, or HTML, into text of 72 columns.

    A link is marked [1]; its address stands at the end. Telephone numbers and e-mail addresses
    are left as they are written. What is hidden from screen readers stays out.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.addresses: list[str] = []
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._lists: list[int | None] = []  # the number of the last item, None in a bulleted list
        self._bullet = ""
        self._title: str | None = None
        self._link = ""
        self._link_start = 0
        self._after_item = False

    # What the parser calls.

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.append(tag)
            return
        if tag in _HIDDEN or given.get("aria-hidden") == "true":
            if tag not in {"img", "br", "hr"}:
                self._hidden.append(tag)
        elif tag == "br":
            self._words.append("\n")
        elif tag in {"img", "mj-image"}:
            # A picture that leads somewhere says the same as the link under it.
            if given.get("alt") and not given.get("href"):
                self._paragraph()
                self._words.append(_("[Image : %(alt)s]") % {"alt": given["alt"]})
                self._paragraph()
        elif tag in {"ul", "ol"}:
            self._paragraph()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._paragraph()
            self._bullet = self._next_bullet()
        elif tag in {"a", "mj-button"}:
            if tag == "mj-button":
                self._paragraph()
            self._link, self._link_start = given.get("href", ""), len(self._words)
        elif tag in _TITLES:
            self._paragraph()
            self._title = tag
        elif tag in {"td", "th"}:
            self._words.append(" ")
        elif tag in _LINE:
            self._paragraph()

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag in {"a", "mj-button"}:
            self._end_link()
            if tag == "mj-button":
                self._paragraph()
        elif tag in {"ul", "ol"}:
            self._paragraph()
            if self._lists:
                self._lists.pop()
            self._after_item = bool(self._lists)
        elif tag == "li" or tag in _TITLES or tag in _LINE:
            self._paragraph()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(_SPACES.sub(" ", data))

    # What it makes of it.

    def _next_bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _end_link(self) -> None:
        address, words = self._link, "".join(self._words[self._link_start :]).strip()
        self._link = ""
        if not address.startswith("http") or words == address:
            return
        if address not in self.addresses:
            self.addresses.append(address)
        self._words.append(f" [{self.addresses.index(address) + 1}]")

    def _paragraph(self) -> None:
        lines = [_SPACES.sub(" ", line).strip() for line in "".join(self._words).split("\n")]
        self._words = []
        lines = [line for line in lines if line]
        if not lines:
            return
        indent = "  " * max(0, len(self._lists) - 1)
        first = indent + self._bullet
        wrapped = []
        for number, line in enumerate(lines):
            wrapped += textwrap.wrap(
                line,
                WIDTH,
                initial_indent=first if number == 0 else " " * len(first),
                subsequent_indent=" " * len(first),
                break_long_words=False,
                break_on_hyphens=False,
            )
        if self._title:
            under = _TITLES[self._title] * max(len(line) for line in wrapped)
            wrapped += [under] if under else []
            # A title belongs to what follows it.
            wrapped = ["", *wrapped] if self._title in {"h1", "h2"} else wrapped
        # Items of one list stand close together.
        close = bool(self._bullet) and self._after_item
        self.paragraphs.append(("\n" if close else "\n\n") + "\n".join(wrapped))
        self._after_item = bool(self._bullet)
        self._bullet, self._title = "", None

    def text(self) -> str:
        self._paragraph()
        found = "".join(self.paragraphs).strip("\n")
        if self.addresses:
            found += "\n\n" + "\n".join(
                f"[{number}] {address}" for number, address in enumerate(self.addresses, start=1)
            )
        return found + "\n"
