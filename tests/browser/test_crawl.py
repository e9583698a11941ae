"""Every internal link of the demo, on every host and in every language."""

import re
from urllib.parse import urlsplit

import pytest
from browser.crawler import Crawler

from portal.security import PUBLIC

pytestmark = pytest.mark.browser

HOSTS = ("localhost", "grand-mirail.localhost", "caen-la-mer.localhost", "rive-droite.localhost")
DIRECTIONS = {"fr": "ltr", "en": "ltr", "ar": "rtl"}
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
# Not words: addresses of the network, and what an alphabet does not change.
NO_WORDS = re.compile(r"\S+@\S+|\S+\.\w{2,}\S*")


@pytest.fixture(scope="module")
def pages(demo):
    found = list(Crawler([demo.address(host) for host in HOSTS]).crawl())
    print(f"\n{len(found)} addresses, {sum(page.is_html for page in found)} pages")
    return found


@pytest.fixture(scope="module")
def read(pages):
    # A page that sends elsewhere says nothing itself.
    return [page for page in pages if page.is_html and page.status == 200]


def language_of(page) -> str:
    first = page.path.split("/")[1]
    return first if first in DIRECTIONS else "fr"


def test_every_link_answers(pages):
    assert len(pages) > 1500
    for host in HOSTS:
        for language in DIRECTIONS:
            assert [
                page
                for page in pages
                if urlsplit(page.url).hostname == host and language_of(page) == language
            ], f"{host} has no page in {language}"
    # The private space sends to its log-in, which answers in its turn.
    broken = [
        f"{page.status} {page.url} on {page.found_on}"
        for page in pages
        if page.status != (302 if page.path.endswith("/espace-pro/") else 200)
    ]
    assert not broken, "\n".join(broken)


def test_every_answer_carries_the_strict_policy_and_keeps_to_it(pages):
    ours = [page for page in pages if not page.path.startswith(("/static/", "/admin/"))]
    # A page that shows one hosted video names its host beside.
    strict = re.compile(rf"{re.escape(PUBLIC)}(; frame-src https://[\w.-]+)?")
    assert not {page.url: page.policy for page in ours if not strict.fullmatch(page.policy)}
    assert not {f"{page.url}: {page.inline}" for page in pages if page.inline}


def test_every_image_has_an_alternative_text(read):
    assert any(page.images for page in read)
    lacking = {page.url for page in read for words in page.images if not (words or "").strip()}
    assert not lacking


def test_every_page_says_its_language_and_direction(read):
    for page in read:
        language = language_of(page)
        assert (page.language, page.direction) == (language, DIRECTIONS[language]), page.url


def test_nothing_is_left_to_write(read):
    unfinished = re.compile(r"lorem ipsum|\bTODO\b|%\(\w+\)|\{\{|\{%", re.IGNORECASE)
    found = {
        (page.url, said.words)
        for page in read
        for said in page.said
        if unfinished.search(said.words)
    }
    assert not found


def test_whatever_is_not_arabic_on_an_arabic_page_says_its_language(read):
    """Read aloud by an Arabic voice, or set from right to left, French is noise."""
    unsaid = {}
    for page in read:
        if page.language != "ar":
            continue
        for said in page.said:
            words = NO_WORDS.sub("", said.words)
            if said.language == "ar" and LATIN_WORD.search(words) and not ARABIC.search(words):
                unsaid.setdefault(said.words, page.url)
    assert not unsaid, "\n".join(f"{words!r} on {url}" for words, url in sorted(unsaid.items()))


def test_french_on_an_english_page_says_its_language(read):
    """French is told by its signs and by its most common small words."""
    french = re.compile(
        r"[«»]|\s[:;!?]|\b(?:les|des|une|dans|avec|pour|vous|est|et)\b", re.IGNORECASE
    )
    unsaid = {}
    for page in read:
        for said in page.said:
            if said.language == "en" and len(french.findall(said.words)) > 1:
                unsaid.setdefault(said.words, page.url)
    assert not unsaid, "\n".join(f"{words!r} on {url}" for words, url in sorted(unsaid.items()))
