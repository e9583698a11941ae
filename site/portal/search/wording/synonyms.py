"""What else says the same: resident words and institutional ones.

The files of `data/synonyms/`, one a theme, hold five lists. `same`: each of these words may stand
for any other.
`towards`: who says one of `said` may mean what is written as `means`, never the other way (a car
is a means of getting about; who asks for buses asks for no car). `instead`: slang, or another
language; who says one of `said` means all that `of` means, in the midst of a phrase too.
`protected`: names that stay whole, for which no word inside them stands. `everyday`: words that
are no mistake for another, though nothing here is about them.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .folding import each_word
from .stems import prepare

Phrase = tuple[str, ...]
FOLDER = Path(__file__).resolve().parent.parent / "data" / "synonyms"


@dataclass(frozen=True)
class Synonyms:
    """`meanings`: what each phrase of stems may be written as; none for a protected name.
    `words`: those of the lists, folded, each as it is written; `everyday`: the others, folded.
    `known`: stems of what was added to the lists, which are no mistakes either; `protected`: names
    that are one thing, though others may stand for them; `plain`: the stem that some stand for."""

    meanings: Mapping[Phrase, Sequence[Phrase]]
    words: Mapping[str, str]
    everyday: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    protected: frozenset[Phrase] = frozenset()
    plain: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        longest = max(map(len, self.meanings), default=0)
        object.__setattr__(self, "longest", longest)

    longest = 0

    @cached_property
    def _plainly(self) -> Mapping[Phrase, Sequence[Phrase]]:
        """The phrases of several words, by their plain ones."""
        found: dict[Phrase, list[Phrase]] = defaultdict(list)
        for phrase in self.meanings:
            if len(phrase) > 1 and phrase not in self.protected:
                found[self._in_plain(phrase)].append(phrase)
        return found

    def _in_plain(self, phrase: Sequence[str]) -> Phrase:
        return tuple(self.plain.get(stem, stem) for stem in phrase)

    def of(self, phrase: Phrase) -> Sequence[Phrase] | None:
        """What else says a phrase, be it said in slang: « perdre mon taf »; None: no phrase."""
        if phrase in self.meanings or len(phrase) < 2:
            return self.meanings.get(phrase)
        alike = self._plainly.get(self._in_plain(phrase))
        if alike is None:
            return None
        ways = [way for one in alike for way in (one, *self.meanings[one])]
        return tuple(way for way in dict.fromkeys(ways) if way != phrase)

    def cut(
        self, stems: Sequence[str], names: Collection[Phrase] = ()
    ) -> Iterator[tuple[Phrase, Sequence[Phrase]]]:
        """The stems of a question, known phrases and names together, each with what else says
        it."""
        longest = max(self.longest, *map(len, names)) if names else self.longest
        at = 0
        while at < len(stems):
            for length in range(min(longest, len(stems) - at), 0, -1):
                phrase = tuple(stems[at : at + length])
                ways = self.of(phrase)
                if ways is not None or phrase in names:
                    yield phrase, ways or ()
                    break
            else:
                length, phrase = 1, (stems[at],)
                yield phrase, ()
            at += length


def read(lists: Mapping[str, Any]) -> Synonyms:
    """`lists`: what a file of `data/synonyms/` holds, or all of them."""
    meanings: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)

    every_word: dict[str, str] = {}

    def add(said: Iterable[str], means: Iterable[Phrase]) -> None:
        for phrase in said:
            every_word.update(each_word(phrase))
        written = [phrase for phrase in means if phrase]
        for phrase in map(phrase_of, said):
            if phrase:
                meanings[phrase] |= dict.fromkeys(way for way in written if way != phrase)

    for group in lists.get("same", ()):
        means = list(map(phrase_of, group["words"]))
        add(group["words"], means)
        add(group.get("said", ()), means)
    for group in lists.get("towards", ()):
        add(group["said"], map(phrase_of, group["means"]))
    # Slang inherits what plain words mean, and not what other slang does.
    plain, inherited = {}, {phrase: tuple(found) for phrase, found in meanings.items()}
    for group in lists.get("instead", ()):
        of = phrase_of(group["of"])
        add(group["said"], [of, *inherited.get(of, ())])
        for said in map(phrase_of, group["said"]):
            if len(said) == len(of) == 1 and said != of:
                plain[said[0]] = of[0]
    protected = frozenset(map(phrase_of, lists.get("protected", ())))
    for name in protected:
        meanings.setdefault(name, {})
    everyday = frozenset(word for word, _written in each_word(lists.get("everyday", "")))
    ways = {phrase: tuple(found) for phrase, found in meanings.items()}
    return Synonyms(ways, every_word, everyday, protected=protected, plain=plain)


def phrase_of(words: str) -> Phrase:
    return tuple(prepare(words).split())


@cache
def national() -> Synonyms:
    together: dict[str, Any] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.toml")):
        for name, found in tomllib.loads(path.read_text(encoding="utf-8")).items():
            together[name] += [found] if isinstance(found, str) else found
    return read({**together, "everyday": " ".join(together["everyday"])})
