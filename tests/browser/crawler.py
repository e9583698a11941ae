"""Follows every internal link of the running demo, on every host and in every language."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr"),
}
# What an attribute of an element leads to; a search form leads to its empty question.
LINKS = {
    "a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action",
    "use": "href",
}  # fmt: skip
SPOKEN = ("alt", "aria-label", "title", "placeholder")
# The server answers with two processes of four threads.
AT_ONCE = 8
LONGEST_CRAWL = 20_000


@dataclass
class Said:
    """Words of a page, and the language that the page says they are in."""

    words: str
    language: str


@dataclass
class Page:
    """One answer. `links` are absolute; `images` are the alternative texts, None where missing."""

    url: str
    status: int
    kind: str
    size: int
    found_on: str = ""
    language: str = ""
    direction: str = ""
    links: list[str] = field(default_factory=list)
    images: list[str | None] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    policy: str = ""
    # What a strict policy forbids: styles, scripts and handlers written in the page.
    inline: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def is_html(self) -> bool:
        return self.kind == "text/html"


class Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        # (element, its language or that around it)
        self.inside: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        around = self.inside[-1][1] if self.inside else ""
        # A name set apart from the sentence is nobody's language.
        language = facts.get("lang") or ("und" if tag == "bdi" else around)
        if tag == "html":
            self.page.language, self.page.direction = language, facts.get("dir", "")
        if facts.get(LINKS.get(tag, "")) is not None:
            self.page.links.append(urljoin(self.page.url, facts[LINKS[tag]]))
        for candidate in (facts.get("srcset") or "").split(","):
            if candidate.strip():
                self.page.links.append(urljoin(self.page.url, candidate.split()[0]))
        if tag == "img":
            self.page.images.append(facts.get("alt"))
        if tag == "style" or (tag == "script" and "src" not in facts and not is_data(facts)):
            self.page.inline.append(tag)
        self.page.inline += [name for name in facts if name == "style" or name.startswith("on")]
        self.page.said += [Said(facts[name], language) for name in SPOKEN if facts.get(name)]
        if tag not in VOID:
            self.inside.append((tag, language))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.inside.pop()

    def handle_endtag(self, tag):
        while tag in {name for name, _language in self.inside}:
            if self.inside.pop()[0] == tag:
                break

    def handle_data(self, words):
        # A message to be pasted elsewhere is plain: its parts cannot say their language.
        unsaid = {"script", "style", "textarea"}
        if words.strip() and not unsaid & {name for name, _ in self.inside}:
            language = self.inside[-1][1] if self.inside else ""
            self.page.said.append(Said(" ".join(words.split()), language))


def is_data(facts: dict[str, str | None]) -> bool:
    """Read by search engines, run by nobody."""
    return facts.get("type") in {"application/ld+json", "application/json"}


FILES = (".pdf", ".csv", ".xlsx", ".geojson", ".ics")
# What a label or a page brings with it, alike from one to the next.
ALIKE = (
    *("/nouvelle/", "/faire-savoir/", "/communique/", "/communique.docx"),
    *("/affiche/", "/affiche.svg"),
    *("/badge.svg", "/code.svg", "/image-large.png", "/image-carree.png", "/image-verticale.png"),
)
CHART = "graphique-"
LANGUAGES = ("en", "ar")


class Crawler:
    """`start`: addresses of home pages; only their hosts are visited."""

    def __init__(self, start: list[str]) -> None:
        self.start = start
        self.hosts = {urlsplit(url).netloc for url in start}
        # Of what is alike, what was visited: see `is_new`.
        self.known: set[tuple[str, ...]] = set()

    def crawl(self) -> Iterator[Page]:
        seen = set(self.start)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = {pool.submit(visit, url, "") for url in self.start}
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for page in (future.result() for future in done):
                    yield page
                    for url in self.next_from(page):
                        if url not in seen:
                            seen.add(url)
                            running.add(pool.submit(visit, url, page.url))
                assert len(seen) < LONGEST_CRAWL, "The site has no end."

    def next_from(self, page: Page) -> Iterator[str]:
        is_narrowed = bool(urlsplit(page.url).query)
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme not in {"http", "webcal"} or parts.netloc not in self.hosts:
                continue
            if parts.path.startswith("/admin/"):
                continue
            # A list that is narrowed already leads to others without end: one step is enough.
            if is_narrowed and parts.query:
                continue
            if not self.is_new(link):
                continue
            yield urlunsplit(("http", parts.netloc, parts.path or "/", parts.query, ""))

    def is_new(self, link: str) -> bool:
        """Whether it shows what no other has: sheets to print and pictures are drawn one by one,
        and slowly, tables are written whole, and lists are narrowed in many ways.

        One file of each kind on each host, and one in each language. A list narrowed by each value
        on each host, and by each question in each language.
        """
        parts = urlsplit(link)
        first, _slash, rest = parts.path[1:].partition("/")
        language, path = (first, rest) if first in LANGUAGES else ("", parts.path[1:])
        name = PurePosixPath(path).name
        if parts.query:
            questions = sorted({question for question, _value in parse_qsl(parts.query)})
            on_host, in_language = (path, parts.query), (path, *questions)
        elif path.endswith(FILES + ALIKE) or name.startswith(CHART):
            on_host = in_language = (name,)
        else:
            return True
        ways = {(parts.netloc, *on_host), (f"in {language}", *in_language)}
        is_new = not ways <= self.known
        self.known |= ways
        return is_new


def visit(url: str, found_on: str) -> Page:
    parts = urlsplit(url)
    # No name to resolve: not every machine knows *.localhost.
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("GET", path, headers={"Host": parts.netloc})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    kind = response.headers.get_content_type()
    policy = response.headers.get("Content-Security-Policy", "")
    page = Page(url, response.status, kind, len(body), found_on, policy=policy)
    if "Location" in response.headers:
        page.links.append(urljoin(url, response.headers["Location"]))
    if page.is_html:
        Reader(page).feed(body.decode())
    return page
