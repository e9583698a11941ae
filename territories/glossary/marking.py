"""Finding the words of the glossary in a page and marking the first of each; nothing of Django's.

A marked word is a link to its meaning, at the foot of the same page: it needs no JavaScript, is
reached with the keyboard, and its meaning is read out as the description of the link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import escape

from .words import Word, is_acronym

# Comments, tags. What is neither is text.
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[!?][^>]*>|</?([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\b(class|lang|aria-hidden)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_MARKED = re.compile(r'<a class="term" id="vu-([\w-]+)"')
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "use", "wbr"}
)  # fmt: skip
# Their text is no markup, or nobody reads it.
_RAW = frozenset(
    {"script", "style", "textarea", "title", "template", "noscript", "iframe", "xmp", "mj-head"}
)
# What is acted upon, named, code or a drawing: no link may stand there, or none should.
_SHUT = _RAW | {
    "a", "abbr", "audio", "button", "canvas", "code", "datalist", "dt", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "kbd", "label", "legend", "math", "mj-button", "nav", "object",
    "option", "output", "pre", "samp", "select", "summary", "svg", "th", "time", "var", "video",
}  # fmt: skip
# Lines and cards that are one link as a whole, and what is read by itself.
_SHUT_CLASSES = frozenset({"item", "tile", "poster-card", "contact", "ring", "crumb", "btn"})
_TOKEN = re.compile(r"\w+")
_BEFORE = r"(?<![\w&#@/.-])"
_AFTER = r"(?![\w@]|[-./]\w)"
_APOSTROPHE = "(?:['’]|&#x27;|&#39;|&rsquo;)"
_SPACE = r"(?:\s|&nbsp;|&#160;)+"


class Index:
    """The words that may be in a text, by the first piece of how they are written."""

    def __init__(self, words: Iterable[Word], text: str) -> None:
        # The longest first, and only what may be there: most words are not, and cost nothing.
        self.forms: dict[str, list[tuple[re.Pattern, Word]]] = {}
        there = set(_TOKEN.findall(text.casefold()))
        written = [(form, word) for word in words for form in word.forms]
        for form, word in sorted(written, key=lambda one: -len(one[0])):
            first = _TOKEN.match(form.casefold())
            if first and first.group() in there:
                self.forms.setdefault(first.group(), []).append((_pattern(form), word))

    def words(self) -> dict[str, Word]:
        return {word.code: word for entries in self.forms.values() for _pattern, word in entries}

    def search(self, text: str, sought: dict[str, Word]) -> Iterator[tuple[int, int, Word]]:
        """The first place of each of the words sought, by code, which it takes out of `sought`."""
        done = 0
        for token in _TOKEN.finditer(text):
            if token.start() < done:
                continue
            for pattern, word in self.forms.get(token.group().casefold(), ()):
                if found := pattern.match(text, token.start()):
                    # The longest is what is written here, whether it was marked before or not.
                    done = found.end()
                    if sought.pop(word.code, None):
                        yield found.start(), found.end(), word
                    break


def _pattern(form: str) -> re.Pattern:
    pieces = (
        _SPACE if piece.isspace() else _APOSTROPHE if piece in "'’" else re.escape(piece)
        for piece in re.findall(r"\s+|['’]|[^\s'’]+", form)
    )
    flags = re.NOFLAG if is_acronym(form) else re.IGNORECASE
    return re.compile(_BEFORE + "".join(pieces) + _AFTER, flags)


def mark(html: str, words: Iterable[Word], *, around: str, language: str) -> tuple[str, list[Word]]:
    """The page with the first occurrence of each word marked, and the words that were.

    `around`: the language that the page begins in; only text in `language` is looked at. Done twice
    it changes nothing more.
    """
    done = set(_MARKED.findall(html))
    return _change(html, words, around, language, partial(_linked, language=language), done)


def spell_out(markup: str, words: Iterable[Word], *, language: str) -> str:
    """For what is read without links, like the text of a letter: « QPV (quartier prioritaire) »."""
    return _change(markup, words, language, language, _spelled_out, ())[0]


def _change(
    html: str,
    words: Iterable[Word],
    around: str,
    language: str,
    put: Callable[[str, int, int, Word], str],
    done: Collection[str],
) -> tuple[str, list[Word]]:
    index = Index(words, html)
    sought = {code: word for code, word in index.words().items() if code not in done}
    met: list[Word] = []
    pieces: list[str] = []
    for text, may_mark in _texts(html, around, language, sought):
        end = 0
        if may_mark:
            for start, stop, word in index.search(text, sought):
                pieces += [text[end:start], put(text, start, stop, word)]
                met.append(word)
                end = stop
        pieces.append(text[end:])
    return "".join(pieces), met


def _linked(text: str, start: int, stop: int, word: Word, *, language: str) -> str:
    said = text[start:stop]
    # The letters of French words are spelt in French, in whatever sentence they stand.
    spelt = ' lang="fr"' if language != "fr" and is_acronym(said) else ""
    return (
        f'<a class="term" id="vu-{word.code}" href="#mot-{word.code}"'
        f' aria-describedby="sens-{word.code}"{spelt}>{said}</a>'
    )


def _spelled_out(text: str, start: int, stop: int, word: Word) -> str:
    said = text[start:stop]
    meaning = word.name or word.expansion
    is_said_already = text[:start].endswith("(") or text[stop:].lstrip().startswith("(")
    if not meaning or is_said_already or not is_acronym(said):
        return said
    return f"{said} ({escape(meaning)})"


@dataclass
class _Open:
    name: str
    is_shut: bool
    language: str


def _texts(
    html: str, around: str, language: str, sought: Collection[str]
) -> Iterator[tuple[str, bool]]:
    """The page piece by piece, nothing left out: (piece, whether words may be marked in it).

    Once nothing more is sought the rest is one piece.
    """
    stack = [_Open("", False, around)]
    endless: set[str] = set()
    place = 0
    while sought and (found := _MARKUP.search(html, place)):
        here = stack[-1]
        if found.start() > place:
            yield html[place : found.start()], not here.is_shut and here.language == language
        yield found.group(), False
        place = found.end()
        name = (found.group(1) or "").lower()
        if not name:
            continue
        if found.group().startswith("</"):
            _close(stack, name)
        elif name in _RAW:
            end = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, place)
            stop = end.start() if end else len(html)
            yield html[place:stop], False
            place = stop
            stack.append(_Open(name, True, here.language))
        elif name not in _VOID and not found.group(2).rstrip().endswith("/"):
            opened = _open(name, found.group(2), here)
            is_passed_by = opened.is_shut and name not in endless
            if is_passed_by and (stop := _end(html, place, name)):
                yield html[place:stop], False
                place = stop
            else:
                stack.append(opened)
                # Looked for once: what has no end is read to the end each time.
                endless |= {name} if is_passed_by else set()
    here = stack[-1]
    yield html[place:], bool(sought) and not here.is_shut and here.language == language


def _end(html: str, place: int, name: str) -> int | None:
    """Where the element that begins just before the place has ended; None when nothing ends it.

    No word is marked in a hundred cards: they are passed by, not walked through.
    """
    depth = 1
    for found in _same(name).finditer(html, place):
        if found["end"] is not None and not found.group().endswith("/>"):
            depth += -1 if found["end"] else 1
            if not depth:
                return found.end()
    return None


@cache
def _same(name: str) -> re.Pattern:
    """The tags of one name, comments, and what is no markup."""
    raw = "|".join(map(re.escape, sorted(_RAW - {name})))
    return re.compile(
        rf"""<!--.*?(?:-->|\Z)|<({raw})(?=[\s/>]).*?</\1\b|"""
        rf"""<(?P<end>/?){re.escape(name)}(?=[\s/>])(?:"[^"]*"|'[^']*'|[^'">])*>""",
        re.DOTALL | re.IGNORECASE,
    )


def _open(name: str, attributes: str, here: _Open) -> _Open:
    is_shut, language = here.is_shut or name in _SHUT, here.language
    for found in _ATTRIBUTE.finditer(attributes) if "=" in attributes else ():
        value = found.group(2) or found.group(3) or found.group(4) or ""
        if found.group(1) == "lang":
            language = value
        elif found.group(1) == "class":
            is_shut = is_shut or not _SHUT_CLASSES.isdisjoint(value.split())
        else:
            is_shut = is_shut or value == "true"
    return _Open(name, is_shut, language)


def _close(stack: list[_Open], name: str) -> None:
    """Down to the element that it closes; a stray end closes nothing."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return
