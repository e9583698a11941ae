"""What a question asks for, put so that any engine can answer it the same way."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from territories.pages.base import SOURCE_LANGUAGE

from .folding import (
    ASKING,
    BETWEEN,
    EVERYWHERE,
    GRAMMAR,
    LONGEST_QUERY,
    NARROWING,
    WORD,
    clean,
    fold,
    without_elision,
    words,
)
from .known import SHORTEST, known_words
from .stems import is_arabic, stem
from .synonyms import Phrase, Synonyms, national

SHORTEST_BEGINNING = 3
# A question of many parts is looked for in fewer other words, so that none is too long to answer.
MOST_OTHERS, FEWEST_OTHERS = 64, 2


@dataclass(frozen=True)
class Part:
    """Something asked for: its own stems, in any order; or one of the phrases that may stand for
    it, their stems side by side. `others` are its own words in another language's stems, and
    synonyms; `forgiven` what was perhaps meant by a word that no document holds. `is_place`: it
    says where somebody looks. `only_narrows`: it says nothing of what is looked for."""

    stems: Phrase
    others: tuple[Phrase, ...] = ()
    forgiven: tuple[Phrase, ...] = ()
    is_place: bool = False
    only_narrows: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.others + self.forgiven

    def loosened(self) -> Iterator[Part]:
        """Each word of a phrase that means something for itself; what stands for the whole answers
        them all. A protected name, for which nothing stands, is one thing."""
        if len(self.stems) == 1 or not self.others:
            yield self
            return
        likeliest = self.others[: MOST_OTHERS // (2 * len(self.stems))]
        yield from (Part((one,), likeliest, self.forgiven) for one in self.stems)


@dataclass(frozen=True)
class Wording:
    """A question made comparable.

    `beginning`: its last word as typed, perhaps unfinished; "" when it is too short to say
    anything. `is_unfinished`: it is being typed. `meant`: the question as it was perhaps meant, ""
    when every word of it is known.
    """

    parts: tuple[Part, ...] = ()
    beginning: str = ""
    meant: str = ""
    languages: tuple[str, ...] = (SOURCE_LANGUAGE,)
    is_unfinished: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts)

    @cached_property
    def wanted(self) -> tuple[Part, ...]:
        """The parts that a document must answer: what only narrows puts them in order."""
        about = () if self.is_unfinished else (one for one in self.parts if not one.only_narrows)
        return tuple(about) or self.parts

    @cached_property
    def says_where(self) -> bool:
        """Both what is looked for, and in which place."""
        return len({part.is_place for part in self.wanted}) > 1

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Those of the question itself."""
        return tuple(dict.fromkeys(one for part in self.parts for one in part.stems))

    @cached_property
    def stems_looked_for(self) -> frozenset[str]:
        """Those of the question and of whatever may stand for it."""
        phrases = (phrase for part in self.parts for phrase in (part.stems, *part.phrases))
        return frozenset(one for phrase in phrases for one in phrase)

    @cached_property
    def loose_parts(self) -> tuple[Part, ...]:
        """The parts when it is enough to answer some of them. Nothing but a phrase was asked: half
        of its words is not enough."""
        loose = tuple(loose for part in self.wanted for loose in part.loosened())
        if len(self.wanted) == 1 < len(loose):
            return (*loose, Part((), self.wanted[0].others, self.wanted[0].forgiven))
        return loose

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """Those that answer wherever they stand: the « B » of « permis B » tells nothing alone."""
        phrases = [phrase for part in self.parts for phrase in part.phrases]
        others = (one for phrase in phrases for one in phrase if len(phrase) == 1 or len(one) > 3)
        return frozenset(self.stems).union(others)

    def matches(self, word: str) -> bool:
        """Whether a word of a text, as written, answers one of the question's words."""
        folded = fold(word)
        if folded in GRAMMAR:
            return folded in self.stems
        return any(stem(folded, language) in self.all_stems for language in self.languages) or (
            bool(self.beginning) and folded.startswith(self.beginning)
        )

    def without_beginning(self) -> Wording:
        return replace(self, beginning="")


def wording(
    question: str,
    language: str = SOURCE_LANGUAGE,
    synonyms: Synonyms | None = None,
    places: Collection[Phrase] = (),
    whole: Collection[Phrase] = (),
) -> Wording:
    """What a question asks for; nothing when it holds no word at all. `places`: names that say
    where; `whole`: those of all the territory, which only narrow.

    Documents that have no translation are found in French: what is typed in another language is
    looked for in both.
    """
    typed = words(clean(question, LONGEST_QUERY))
    telling = [word for word in typed if word not in GRAMMAR]
    synonyms = synonyms or national()
    telling = list(without_asking(telling, synonyms)) or telling or typed
    if not telling:
        return Wording()
    meant = {
        word: found
        for word in telling
        if stem(word) not in synonyms.known and (found := meant_by(word, language))
    }
    right = [(word, one) for word in telling for one in meant.get(word, [(word,)])[0]]
    right = [one for at, one in enumerate(right) if not is_between(right, at, synonyms)]
    parts, unheld, everywhere, at = [], set(), set(), 0
    right_stems, names = [stem(one) for _word, one in right], {*places, *whole}
    for phrase, ways in synonyms.cut(right_stems, names):
        own = [word for word, _one in right[at : at + len(phrase)]]
        at += len(phrase)
        stems = tuple(dict.fromkeys(map(stem, own)))
        if not all(is_held(word, language) for word in own):
            unheld.add(stems)
        if EVERYWHERE.issuperset(own):
            everywhere.add(stems)
        is_place = phrase in names and phrase not in synonyms.meanings
        parts.append(
            Part(
                stems,
                tuple(dict.fromkeys([*in_language(own, language), *ways])),
                tuple(dict.fromkeys(perhaps(own, phrase, meant))),
                is_place,
                (is_place and phrase in whole) or NARROWING.issuperset(own),
            )
        )
    parts = about_something({part.stems: part for part in parts}, unheld)
    parts = about_something_else(parts, everywhere)
    most = max(MOST_OTHERS // len(parts), FEWEST_OTHERS)
    parts = [replace(part, others=part.others[:most]) for part in parts]
    last = telling[-1]
    is_at_the_end = parts[-1].stems[-1] == stem(last)  # and not said before in the question
    return Wording(
        tuple(parts),
        last if is_at_the_end and len(last) >= SHORTEST_BEGINNING else "",
        as_meant(question, meant, language) if meant else "",
        (SOURCE_LANGUAGE,) if language == SOURCE_LANGUAGE else (language, SOURCE_LANGUAGE),
    )


def without_asking(typed: Sequence[str], synonyms: Synonyms) -> Iterator[str]:
    """The words that tell; one of asking only within a phrase that means something: « reprendre un
    travail »."""
    stems, at = tuple(map(stem, typed)), 0
    while at < len(typed):
        for length in range(min(synonyms.longest, len(typed) - at), 1, -1):
            if synonyms.of(stems[at : at + length]) is not None:
                yield from typed[at : at + length]
                break
        else:
            length = 1
            if typed[at] not in ASKING:
                yield typed[at]
        at += length


def is_between(typed: Sequence[tuple[str, str]], at: int, synonyms: Synonyms) -> bool:
    """Whether a word stands between two of a phrase that means the same without it."""
    if not 0 < at < len(typed) - 1 or typed[at][0] not in BETWEEN:
        return False
    return synonyms.of((stem(typed[at - 1][1]), stem(typed[at + 1][1]))) is not None


def about_something(parts: Mapping[Phrase, Part], unheld: Collection[Phrase]) -> list[Part]:
    """Without what only narrows, when nobody has what the question is about."""
    about = [part for part in parts.values() if not part.only_narrows]
    has_answers = any(part.phrases or part.stems not in unheld for part in about)
    return list(parts.values()) if has_answers else about or list(parts.values())


def about_something_else(parts: Sequence[Part], everywhere: Collection[Phrase]) -> list[Part]:
    """« Cours de français après le travail » is about no job."""
    if all(one.only_narrows or one.is_place or one.stems in everywhere for one in parts):
        return list(parts)
    return [replace(one, only_narrows=True) if one.stems in everywhere else one for one in parts]


def is_held(word: str, language: str) -> bool:
    """Whether a document or a synonym is written with it."""
    return any(known_words(one).hold(word) for one in (language, SOURCE_LANGUAGE))


def as_meant(question: str, meant: Mapping[str, Sequence[Phrase]], language: str) -> str:
    """The question with each word that no document holds written as it was perhaps meant."""
    written = ChainMap(known_words(language).words, known_words(SOURCE_LANGUAGE).words)

    def put_right(found: re.Match[str]) -> str:
        word = fold(found.group())
        return " ".join(written[one] for one in meant[word][0]) if word in meant else found.group()

    return WORD.sub(put_right, clean(question, LONGEST_QUERY))


def perhaps(own: list[str], phrase: Phrase, meant: Mapping[str, Sequence[Phrase]]) -> list[Phrase]:
    """The phrases that mistyped words may stand for, the likeliest first."""
    if not any(word in meant for word in own):
        return []
    if len(own) > 1:
        return [phrase]
    return [tuple(map(stem, way)) for way in meant[own[0]]]


def in_language(own: Sequence[str], language: str) -> list[Phrase]:
    """The same words, their stems in the language of the page when they are others."""
    there, here = (tuple(stem(word, one) for word in own) for one in (language, SOURCE_LANGUAGE))
    return [] if there == here else [there]


def meant_by(word: str, language: str) -> list[Phrase]:
    """The words that a word which no document holds may stand for, the likeliest first."""
    languages = dict.fromkeys((language, SOURCE_LANGUAGE))
    if word in ASKING or any(known_words(one).know(word) for one in languages):
        return []
    for one in languages:
        if is_arabic(word) != (one == "ar"):
            continue
        bare = "" if is_arabic(word) else without_elision(word)
        if bare in known_words(one).words:
            return [(bare,)]
        if found := known_words(one).meant_by(word):
            return [(other,) for other in found]
        if halves := known_words(one).cut(word):
            return [halves]
        if len(bare) > SHORTEST and (found := known_words(one).meant_by(bare)):
            return [(other,) for other in found]
    return []
