"""How well a document answers a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from portal.search.engines.ways import FORGIVEN, OTHERS, TOGETHER, UNFINISHED

if TYPE_CHECKING:
    from portal.search.engines import Places
    from portal.search.wording.question import Part, Wording
    from portal.search.wording.synonyms import Phrase

# Of title, words of codes, summary, body: a word of the title tells most, the words of codes
# little, since those of a whole family stand in each of its services, and the body may name
# anything in passing.
FIELDS = (6.0, 0.8, 2.0, 0.8)
# The higher, the more it counts that a word is said again.
ENOUGH_SAID = 7.0
# What the words of a phrase are worth where they stand apart, since it means one thing: who learns
# to sew in French does not learn French.
APART = 0.5
# What some words of a phrase are worth beside the whole.
SOME_WORDS = 0.6
# How much a part is answered by what else says it.
ANSWERED_OTHERWISE = 0.85
# A document that says it in several ways is more about it. The first ways in the lists of
# synonyms are the likelier.
ANSWERED_AGAIN, SAID_AGAIN_OTHERWISE, LIKELIER = 0.6, 0.8, 0.9
# The same of what was perhaps meant by a mistyped word.
LIKELIER_MEANT = 0.6
# A place tells a little less than what is looked for there. What is there is worth so much of it,
# less when its text only names the place in passing.
PLACE, THERE, NAMED_IN_PASSING = 0.8, 0.3, 0.5
BODY = 3
# What only narrows a question tells less than what it is about.
NARROWING = 0.4
# How dear it is to leave a part unanswered.
DEARNESS = 1.0


def best_and_some(worths: Sequence[float], share: float) -> float:
    """The best, and a share of the others."""
    best = max(worths)
    return best + share * (sum(worths) - best)


def place_rarity(part: Part, rarity: Mapping[str, float]) -> float:
    """A name of several words tells no more than one."""
    return PLACE * max((rarity.get(stem, 0.0) for stem in part.stems), default=0.0)


class Worth:
    """Made once a question, asked for each document."""

    def __init__(self, wording: Wording, rarity: Mapping[str, float]) -> None:
        self.rarity = rarity
        self.beginning = wording.beginning if wording.is_unfinished else ""
        self.parts = [(part, weight) for part in wording.parts if (weight := self._weight(part))]
        self.total = sum(weight for _part, weight in self.parts)

    def of(self, places: Places) -> float:
        """`places`: where the document holds the stems of the question. Near 0 when it answers
        next to nothing of it; more is better."""
        answers = _Answers(places, self.rarity)
        score = answered = 0.0
        for part, weight in self.parts:
            is_last = part is self.parts[-1][0]
            worth, share = answers.to(part, self.beginning if is_last else "")
            score += worth * (NARROWING if part.only_narrows else 1.0)
            answered += share * weight
        return score * (answered / self.total) ** DEARNESS if self.total else 0.0

    def _weight(self, part: Part) -> float:
        """How much a part of the question tells."""
        return self._rarity_of(part) * (NARROWING if part.only_narrows else 1.0)

    def _rarity_of(self, part: Part) -> float:
        """By its own words, or by those that stand for it
        when nobody writes those."""
        if part.is_place:
            return place_rarity(part, self.rarity)
        if part.stems and all(stem in self.rarity for stem in part.stems):
            return sum(self.rarity[stem] for stem in part.stems)
        known = [
            max(self.rarity[stem] for stem in phrase)
            for phrase in part.phrases
            if all(stem in self.rarity for stem in phrase)
        ]
        return sum(known) / len(known) if known else 0.0


class _Answers:
    """Of one document."""

    def __init__(self, places: Places, rarity: Mapping[str, float]) -> None:
        self.places, self.rarity = places, rarity

    def to(self, part: Part, beginning: str) -> tuple[float, float]:
        """What the best way of answering a part is worth, and how much of it is answered."""
        if part.is_place:
            return self._there(part)
        ways = [self._own(part)]
        ways += [
            (self.together(phrase) * FORGIVEN * LIKELIER_MEANT**rank, 1.0)
            for rank, phrase in enumerate(part.forgiven)
        ]
        if beginning:
            begun = [stem for stem in self.places if stem.startswith(beginning)]
            ways += [(self.said(stem, 1.0) * UNFINISHED, 1.0) for stem in begun]
        others = [
            worth * OTHERS * LIKELIER**rank
            for rank, phrase in enumerate(part.others)
            if (worth := self.together(phrase))
        ]
        if others:
            ways.append((best_and_some(others, SAID_AGAIN_OTHERWISE), ANSWERED_OTHERWISE))
        answers = [way for way in ways if way[0]]
        if not answers:
            return 0.0, 0.0
        worths = [worth for worth, _share in answers]
        return best_and_some(worths, ANSWERED_AGAIN), max(share for _worth, share in answers)

    def _there(self, part: Part) -> tuple[float, float]:
        """What is at a place is there once and for all, however often its name is said."""
        where = self._side_by_side(part.stems)
        if not where:
            return 0.0, 0.0
        share = NAMED_IN_PASSING if all(field == BODY for field, _at in where) else 1.0
        return share * THERE * place_rarity(part, self.rarity), share

    def _own(self, part: Part) -> tuple[float, float]:
        there = [stem for stem in part.stems if stem in self.places]
        worth = sum(self.said(stem, self.rarity.get(stem, 0.0)) for stem in there)
        if there and len(there) == len(part.stems):
            apart = APART if part.others else 1.0
            return max(worth * apart, self.together(part.stems) * TOGETHER), 1.0
        if not there or not part.others:
            return 0.0, 0.0  # a protected name, for which nothing stands, is one thing
        rare = sum(self.rarity.get(stem, 0.0) for stem in there)
        whole = sum(self.rarity.get(stem, 0.0) for stem in part.stems)
        return worth * SOME_WORDS, rare / whole * SOME_WORDS if whole else 0.0

    def together(self, phrase: Phrase) -> float:
        """The words of a phrase side by side; a single word anywhere."""
        if len(phrase) == 1:
            return self.said(phrase[0], self.rarity.get(phrase[0], 0.0))
        beginnings = self._side_by_side(phrase)
        return self._often(beginnings) * sum(self.rarity.get(stem, 0.0) for stem in phrase)

    def _side_by_side(self, phrase: Phrase) -> list[tuple[int, int]]:
        """Where the phrase begins."""
        if any(stem not in self.places for stem in phrase):
            return []
        return [
            (field, at)
            for field, at in self.places[phrase[0]]
            if all((field, at + step) in self.places[stem] for step, stem in enumerate(phrase))
        ]

    def said(self, stem: str, rarity: float) -> float:
        return self._often(self.places.get(stem, ())) * rarity

    def _often(self, where: Sequence[tuple[int, int]]) -> float:
        """Between 0 and 1, by how often and where something is said."""
        often = sum(FIELDS[field] for field, _at in where)
        return often / (ENOUGH_SAID + often)
