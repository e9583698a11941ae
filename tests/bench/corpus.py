"""Hundreds of thousands of search documents that read like the demo's, each made from its number.

Sentences are the demo's and others drawn from its words and those of the synonyms, the frequent
ones far more often, as in a language; names that few documents bear stand between them. A sentence
is prepared once, and documents are put together from sentences, so that half a million of them take
minutes.
"""

from __future__ import annotations

import random
import re
import tomllib
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from measuring import ROOT

DEMO = ROOT / "site" / "portal" / "demo" / "content"
SENTENCES, NAMES = 20_000, 30_000
COMMUNES, NEIGHBOURHOODS = 12, 8
# Of a hundred documents.
TRANSLATED, LOCATED, FREE, MARKED = 3, 80, 35, 8
LANGUAGES = ("fr", "fr", "fr", "en", "ar", "es", "tr")
SYLLABLES = "ba be bi bo ca co da do fa ga go ka la le li lo ma me mo na no pa ra re ri sa so ta"
# (kind, plugin, how many of a hundred).
KINDS = (
    ("event", "agenda", 35),
    ("service", "resources_directory", 30),
    ("actor", "resources_directory", 12),
    ("news", "newsroom", 10),
    ("action", "cooperation", 5),
    ("page", "", 5),
    ("training", "cooperation", 3),
)


class Text(NamedTuple):
    words: str
    stems: str


def joined(texts: Sequence[Text]) -> Text:
    return Text(" ".join(one.words for one in texts), " ".join(one.stems for one in texts))


@dataclass(frozen=True)
class Made:
    """A row, and the stems of what it says; `shown_in`: the key of its territory."""

    row: Any
    title: str
    words: str
    summary: str
    body: str
    shown_in: int


class Corpus:
    """`territories`: primary keys; `now`: around when the events take place."""

    def __init__(self, territories: Sequence[int], now: datetime) -> None:
        from territories.models import Term

        self.territories, self.now = territories, now
        self.themes = list(Term.objects.filter(kind=Term.Kind.THEME).values_list("code", flat=True))
        self.publics = list(
            Term.objects.filter(kind=Term.Kind.PUBLIC).values_list("code", flat=True)
        )
        self.kinds = [kind for *kind, share in KINDS for _ in range(share)]

    @cached_property
    def sentences(self) -> list[Text]:
        found = [one for text in demo_texts("") for one in re.split(r"(?<=[.?!]) ", text)]
        found = sorted({one for one in found if 20 < len(one) < 200})
        chance = random.Random(7)
        known = Counter(word for one in found for word in re.findall(r"[^\W\d_]{3,}", one))
        words = [word for word, _number in known.most_common()]
        words += [word for word in synonyms() if word not in known]
        weights = list(accumulate(1 / rank for rank in range(10, len(words) + 10)))
        found += [
            " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(6, 14)))
            for _ in range(SENTENCES)
        ]
        chance.shuffle(found)
        return list(map(prepared, found))

    @cached_property
    def titles(self) -> list[Text]:
        return list(map(prepared, sorted({*demo_texts("title"), *demo_texts("nom")})))

    @cached_property
    def names(self) -> list[Text]:
        """Words that stand in no dictionary: a few documents bear each of them."""
        chance, syllables = random.Random(8), SYLLABLES.split()
        names: dict[str, None] = {}
        while len(names) < NAMES:
            names["".join(chance.choices(syllables, k=4)).title()] = None
        return list(map(prepared, names))

    @cached_property
    def said_of_themes(self) -> list[Text]:
        """What stands in the words of a document: those of residents."""
        chance, words = random.Random(9), synonyms()
        return [prepared(" ".join(chance.sample(words, 6))) for _theme in self.themes]

    def make(self, numbers: range) -> Iterator[Made]:
        """The documents of these numbers, and their translations."""
        for number in numbers:
            yield from self._made(number)

    def _made(self, number: int) -> Iterator[Made]:
        from portal.search.models import SearchDocument

        chance = random.Random(number)
        place = number % len(self.territories)
        kind, plugin = chance.choice(self.kinds)
        theme = chance.randrange(len(self.themes))
        name = often(chance, self.names)
        town = chance.randrange(COMMUNES) if chance.random() < 0.6 else 0
        title = joined([often(chance, self.titles), name])
        summary = joined([often(chance, self.sentences) for _ in range(2)])
        body = joined([often(chance, self.sentences) for _ in range(chance.randint(3, 8))])
        said = joined([self.said_of_themes[theme], name])
        where = commune(place, town)
        latitude, longitude = centre(place)
        facts: dict[str, Any] = {
            "territory_id": self.territories[place],
            "kind": kind,
            "plugin": plugin,
            "translation_key": uuid.UUID(int=chance.getrandbits(128)),
            "words": said.words,
            "place": f"Maison {name.words}",
            "insee_code": where,
            "communes": [where],
            "themes": [self.themes[theme]],
            "publics": chance.sample(self.publics, chance.randint(0, 2)),
            "is_free": True if chance.random() * 100 < FREE else None,
            "marks": ["labelled"] if chance.random() * 100 < MARKED else [],
            "languages": sorted({chance.choice(LANGUAGES) for _ in range(2)}),
            "path": f"/{kind}/{number}/",
            "version": 1,
            "indexed_version": 1,
            "sent_version": 1,
            "is_withdrawn": False,
            "updated_at": self.now,
        }
        if chance.random() * 100 < LOCATED:
            facts["latitude"] = latitude + chance.gauss(0, 0.05) + town / 100
            facts["longitude"] = longitude + chance.gauss(0, 0.07)
        if chance.random() < 0.4:
            facts["neighbourhoods"] = [f"QP{place:03}{chance.randrange(NEIGHBOURHOODS):03}"]
        if kind == "event":
            facts |= self._dates(chance)
        texts = (title.stems, f"{said.stems} maison {name.stems}", summary.stems, body.stems)
        languages = ["fr"]
        if chance.random() * 100 < TRANSLATED:
            languages.append(chance.choice(["en", "ar"]))
        for rank, language in enumerate(languages):
            row = SearchDocument(
                # A translation has a number of its own, the same each time.
                pk=2 * number + rank + 1,
                language=language,
                title=title.words[:255],
                summary=summary.words,
                body=body.words,
                **facts,
            )
            yield Made(row, *texts, self.territories[place])

    def _dates(self, chance: random.Random) -> dict[str, Any]:
        first = self.now + timedelta(days=chance.randint(-20, 90), minutes=chance.randrange(900))
        times = chance.choice((1, 1, 2, 4))
        dates = [first + timedelta(weeks=week) for week in range(times)]
        coming = [date for date in dates if date >= self.now]
        return {
            "next_date": coming[0] if coming else None,
            "last_date": dates[-1],
            "days": [date.date().isoformat() for date in coming],
        }


def often(chance: random.Random, texts: Sequence[Text]) -> Text:
    """One of them, the first far more often than the last."""
    return texts[int(len(texts) * chance.random() ** 3)]


def commune(place: int, town: int) -> str:
    return f"{place + 1:02}{town:03}"


def centre(place: int) -> tuple[float, float]:
    """Of a territory, as on a chessboard laid over France."""
    return 43.5 + place % 12 * 0.5, -1.0 + place // 12 * 1.0


def prepared(words: str) -> Text:
    from portal.search.wording.stems import prepare

    return Text(words, prepare(words))


def demo_texts(key: str) -> Iterator[str]:
    """What the demo says under this key; "": under any."""

    def walk(value: Any, name: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for one, inside in value.items():
                yield from walk(inside, one)
        elif isinstance(value, list):
            for inside in value:
                yield from walk(inside, name)
        elif isinstance(value, str) and key in ("", name) and " " in value:
            yield re.sub(r"<[^>]+>|\s+", " ", value).strip()

    for path in sorted(DEMO.rglob("*.toml")):
        yield from walk(tomllib.loads(path.read_text(encoding="utf-8")))


def synonyms() -> list[str]:
    from portal.search.wording.synonyms import national

    return [written for word, written in sorted(national().words.items()) if len(word) > 3]
