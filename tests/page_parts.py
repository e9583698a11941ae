"""What a page makes a browser ask for, and what all of it weighs once compressed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

# What a <link> makes a browser fetch; the icon is asked for too.
FETCHED = {"stylesheet", "preload", "icon", "manifest"}
FONT = re.compile(r"url\(['\"]?([^)'\"]+\.woff2)['\"]?\)")
ARABIC_FONT = "arabic"
COMPRESSED_ALREADY = (".woff2", ".png", ".webp", ".avif", ".jpg")


@dataclass
class Parts(HTMLParser):
    html: str
    found: dict[str, None] = field(default_factory=dict)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.language = facts.get("lang", "")
        if tag == "link" and FETCHED & set(facts.get("rel", "").split()):
            self.ask(facts["href"])
        elif tag in {"script", "iframe", "embed", "video", "audio"} and facts.get("src"):
            self.ask(facts["src"])
        elif tag == "use" and not facts["href"].startswith("#"):
            self.ask(facts["href"].partition("#")[0])
        elif tag == "img" and facts.get("loading") != "lazy":
            self.ask(facts["src"])

    handle_startendtag = handle_starttag

    def ask(self, address: str) -> None:
        self.found[address] = None


def compressed(name: str, content: bytes) -> int:
    return len(content) if name.endswith(COMPRESSED_ALREADY) else len(gzip.compress(content, 6))


def weigh(html: str, read: Callable[[str], bytes]) -> dict[str, int]:
    """{address: bytes on the wire} of a page and of all it asks for; pictures are left out.

    `read` gives the content of an address of ours; an address of somebody else is for it to refuse.
    """
    page = Parts(html)
    weights = {"": compressed("", html.encode())}
    for address in page.found:
        content = read(address)
        weights[address] = compressed(address, content)
        if address.endswith(".css"):
            for font in fonts_of(address, content.decode(), page.language):
                weights.setdefault(font, len(read(font)))
    return weights


def fonts_of(sheet: str, css: str, language: str) -> Iterator[str]:
    """The Arabic face is asked for by Arabic letters alone; see base.css."""
    for address in FONT.findall(css):
        if language == "ar" or ARABIC_FONT not in address:
            yield normpath(join(dirname(urlsplit(sheet).path), address))
