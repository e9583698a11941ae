"""Texts from elsewhere, made fit for our fields."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.whitelist import check_url

# All of C0 and C1 but the line feed and the tab, and what turns the direction of a line around.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
TAG = re.compile(
    r"</?(?:p|br|div|a|b|i|u|em|strong|ul|ol|li|h[1-6]|span|table|img|font|script)\b", re.I
)
BREAK = re.compile(r"<br\b[^>]*>|</(?:p|div|li|h[1-6]|tr)\s*>", re.I)

WORDS = re.compile(r"[^\W_]+")

ADDRESSES = URLValidator(schemes=["http", "https"])
# Nothing of what stands in these is text.
DROPPED = {"script", "style", "template", "iframe", "object", "noscript", "svg", "math", "head"}
BLOCKS = {
    **dict.fromkeys(("p", "div", "section", "article", "blockquote", "pre", "tr", "dt", "dd"), "p"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "h3"),
    "li": "li",
}
MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
SCHEMES = ("http://", "https://", "mailto:", "tel:")


def clean(text: object) -> str:
    """Without what no page may hold; line feeds stay."""
    found = str(text or "").replace("\r\n", "\n").replace("\r", "\n")
    return LONE_SURROGATES.sub("", CONTROLS.sub("", found)).strip()


def alike(text: object) -> str:
    """To compare by: no case, no accents, no punctuation."""
    letters = unicodedata.normalize("NFKD", clean(text).casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(WORDS.findall(bare))


def one_line(text: object) -> str:
    """As plain text, markup and entities resolved."""
    return " ".join(plain(clean(text)).split())


def plain(text: str) -> str:
    """The words alone, a line for each block."""
    if has_markup(text):
        text = cleaned_words(text)
    return clean(unescape(text))


def cleaned_words(text: str) -> str:
    """Without its markup; what it has escaped stays so."""
    return strip_tags(BREAK.sub("\n", cleaned(text)))


def has_markup(text: str) -> bool:
    return TAG.search(text) is not None


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else Truncator(text).chars(length, truncate="…")


def web_address(text: object) -> str:
    """An address that a link may lead to; "" for any other."""
    found = clean(text)
    try:
        ADDRESSES(found)
    except ValidationError:
        return ""
    return found


def cleaned(text: str) -> str:
    cleaner = Cleaner()
    cleaner.feed(text)
    cleaner.close()
    return cleaner.html


class Cleaner(HTMLParser):
    """Flat and closed markup, whatever comes in: one block after another, lists one level deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.words: list[str] = []
        self.block = "p"
        self.lists: list[str] = []
        self.open_list = ""
        self.marks: list[str] = []
        self.dropped = 0

    @property
    def html(self) -> str:
        self._end_block()
        self._end_list()
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self.dropped += 1
        elif self.dropped:
            return
        elif tag in BLOCKS:
            self._end_block()
            self.block = BLOCKS[tag]
        elif tag in {"ul", "ol"}:
            self._end_block()
            self.lists.append(tag)
        elif tag == "br":
            self.words.append("<br/>")
        elif tag in MARKS and MARKS[tag] not in self.marks:
            self._mark(MARKS[tag])
        elif tag == "a" and "a" not in self.marks:
            address = (dict(attrs).get("href") or "").strip()
            if address.lower().startswith(SCHEMES) and check_url(address):
                self._mark("a", f'<a href="{escape(address)}">')

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.dropped = max(0, self.dropped - 1)
        elif self.dropped:
            return
        elif tag in BLOCKS:
            self._end_block()
        elif tag in {"ul", "ol"}:
            self._end_block()
            self.lists = self.lists[:-1]
            self._end_list()
        elif tag in MARKS:
            self._unmark(MARKS[tag])
        elif tag == "a":
            self._unmark("a")

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.words.append(escape(re.sub(r"\s+", " ", data), quote=False))

    def _mark(self, name: str, opening: str = "") -> None:
        self.marks.append(name)
        self.words.append(opening or f"<{name}>")

    def _unmark(self, name: str) -> None:
        if name not in self.marks:
            return
        # What was opened since is closed first; nothing is opened again.
        while self.marks:
            last = self.marks.pop()
            self.words.append(f"</{last}>")
            if last == name:
                break

    def _end_block(self) -> None:
        while self.marks:
            self.words.append(f"</{self.marks.pop()}>")
        words = "".join(self.words).strip()
        block, self.words, self.block = self.block, [], "p"
        if not strip_tags(words).strip():
            return
        wanted = (self.lists[-1] if self.lists else "ul") if block == "li" else ""
        if wanted != self.open_list:
            self._end_list()
            if wanted:
                self.parts.append(f"<{wanted}>")
                self.open_list = wanted
        self.parts.append(f"<{block}>{words}</{block}>")

    def _end_list(self) -> None:
        if self.open_list:
            self.parts.append(f"</{self.open_list}>")
            self.open_list = ""
