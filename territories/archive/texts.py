"""Rich text of an archive: only what the editor writes, nothing that a browser would run."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
    *("b", "strong", "i", "em", "u", "s", "del", "sub", "sup", "code", "mark", "small", "span"),
    *("a", "embed", "bdi", "abbr", "table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATTRIBUTES = {
    *("href", "linktype", "id", "title", "data-block-key", "lang", "dir", "class", "parent-id"),
    *("embedtype", "url", "alt", "format", "scope", "colspan", "rowspan"),
}
SCHEMES = {"", "http", "https", "mailto", "tel"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"{name}=")
            elif name in {"href", "url"} and not is_safe(value or ""):
                self.wrong.append(f'{name}="{value}"')

    def unknown_decl(self, data: str) -> None:
        self.wrong.append("<!…>")


def is_safe(address: str) -> bool:
    try:
        # Browsers skip spaces and control characters before and inside the scheme.
        scheme = urlsplit("".join(letter for letter in address if ord(letter) > 32)).scheme
    except ValueError:
        return False
    return scheme.lower() in SCHEMES


def unexpected(html: str) -> list[str]:
    """The tags, attributes and addresses that no editor of the site writes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong
