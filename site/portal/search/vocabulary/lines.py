"""What is typed in the admin, put on top of the lists that come with the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Q

from portal.search.models import Synonym
from portal.search.wording.folding import each_word
from portal.search.wording.stems import stem
from portal.search.wording.synonyms import Phrase, Synonyms, phrase_of


class Line(NamedTuple):
    link: str
    said: str
    means: str

    @classmethod
    def of(cls, synonym: Synonym) -> Line:
        return cls(synonym.link, synonym.said, synonym.means)


def expressions(text: str) -> list[str]:
    """« boulot, taf » → boulot, taf."""
    return [one for part in re.split(r"[,;،\n]", text) if (one := " ".join(part.split()))]


def lines_of(territory: int | None, without: int | None = None) -> list[Line]:
    """The national lines, then those of a territory, by primary key; each owner's in the order in
    which they count: what undoes a link comes after what makes it."""
    owned = Q(territory=None) if territory is None else Q(territory=None) | Q(territory=territory)
    rows = Synonym.objects.filter(owned).exclude(pk=without)
    read = rows.order_by("pk").values_list("territory", "link", "said", "means")
    ordered = sorted(read, key=lambda row: (row[0] is not None, row[1] == Synonym.Link.NEVER))
    return [Line(*row[1:]) for row in ordered]


def put_together(base: Synonyms, lines: Iterable[Line]) -> Synonyms:
    """The lists with these lines, the later ones having the last word."""
    meanings: dict[Phrase, Sequence[Phrase]] = dict(base.meanings)
    added: set[str] = set()
    names: set[Phrase] = set()
    for line in lines:
        for said, means in links_of(line):
            if line.link == Synonym.Link.NAME:
                names.add(said)
            known = meanings.get(said, ())
            if line.link == Synonym.Link.NEVER:
                if said in meanings:
                    meanings[said] = tuple(way for way in known if way not in means)
                continue
            meanings[said] = tuple(dict.fromkeys(way for way in (*known, *means) if way != said))
        added.update(stem(word) for word, _written in each_word(f"{line.said} {line.means}"))
    return replace(
        base, meanings=meanings, known=base.known | added, protected=base.protected | names
    )


def links_of(line: Line) -> Iterator[tuple[Phrase, Sequence[Phrase]]]:
    """Each phrase that is said, with those that it leads to."""
    said, means = (
        [phrase for one in expressions(text) if (phrase := phrase_of(one))]
        for text in (line.said, line.means)
    )
    if line.link == Synonym.Link.SAME:
        said = means = [*said, *means]
    for phrase in said:
        yield phrase, means
