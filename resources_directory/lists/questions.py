"""What may be asked of a list: each question with the answers that have results, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from resources_directory.codes import EVERYBODY, Codes, Fees, Language, ServiceType
from territories.pages.base import SOURCE_LANGUAGE
from territories.vocabulary.families import families

from .columns import YES, Answers

SIMPLER = _("Plus simple pour vous")


@dataclass(frozen=True)
class Question:
    """One question of a list, answered by a column of its facts.

    `name` is the query parameter. `answers(facts)` is the column, `words(facts)` what each answer
    is called, in the order in which they are shown: an answer that is not among them is unknown,
    and narrows nothing. `for_all`: the answer of sheets that are for whoever asks. `least`: with
    fewer answers there is nothing to choose. `language`: of the words, when they are names.
    """

    name: str
    label: Any
    answers: Callable[[Any], Sequence[Answers]]
    words: Callable[[Any], Mapping[str, str]]
    order: int = 100
    for_all: str = ""
    least: int = 1
    language: str = ""

    def admits(self, asked: Iterable[str]) -> Callable[[Answers], bool]:
        """Whether a sheet that answers so is among those that are asked for."""
        wanted = {*asked, self.for_all} if self.for_all else set(asked)
        return lambda answers: not wanted.isdisjoint(answers)

    def count(self, column: Iterable[Answers]) -> Counter[str]:
        """How many sheets each answer would find."""
        found: Counter[str] = Counter()
        for answers, number in Counter(column).items():
            for answer in (self.for_all,) if self.for_all in answers else answers:
                found[answer] += number
        if everyone := found.get(self.for_all):
            for answer in found.keys() - {self.for_all}:
                found[answer] += everyone
        return found


def yes(
    name: str, label: Any, words: Any, answers: Callable[[Any], Sequence[Answers]], *, order: int
) -> Question:
    """A single box."""
    return Question(name, label, answers, lambda facts: {YES[0]: str(words)}, order)


def codes_of(codes: type[Codes]) -> Callable[[Any], Mapping[str, str]]:
    return lambda facts: {code.value: str(code.label) for code in codes}


def same_need(facts: Any) -> Mapping[str, str]:
    return {code: family.words for code, family in families().items()}


def towns(facts: Any) -> Mapping[str, str]:
    return {name: name for name in sorted(facts.known_towns)}


NEED = Question("theme", _("Besoin"), attrgetter("needs"), same_need, 10)
TOWN = Question(
    "ville", _("Où ?"), attrgetter("reached"), towns, 15, least=2, language=SOURCE_LANGUAGE
)
NEIGHBOURHOOD = Question(
    "quartier",
    _("Dans quel quartier ?"),
    attrgetter("neighbourhoods"),
    attrgetter("neighbourhood_names"),
    17,
    language=SOURCE_LANGUAGE,
)
OPEN = yes("ouvert", SIMPLER, _("Ouvert maintenant"), attrgetter("opened"), order=30)
LANGUAGE = Question("langue", _("Langue parlée"), attrgetter("languages"), codes_of(Language), 50)
EVERY_LIST = (NEED, TOWN, NEIGHBOURHOOD, OPEN, LANGUAGE)
OF_SERVICES = (
    *EVERY_LIST,
    Question(
        "public",
        _("Pour qui ?"),
        attrgetter("publics"),
        attrgetter("public_words"),
        20,
        for_all=EVERYBODY,
    ),
    yes("distance", SIMPLER, _("À distance"), attrgetter("remote"), order=32),
    Question("prix", _("Prix"), attrgetter("fees"), codes_of(Fees), 40),
    Question("type", _("Quelle sorte d’aide ?"), attrgetter("types"), codes_of(ServiceType), 60),
)
OF_ACTORS = (
    *EVERY_LIST,
    Question(
        "reseau",
        _("Réseau"),
        attrgetter("networks"),
        attrgetter("network_names"),
        60,
        language=SOURCE_LANGUAGE,
    ),
)
