"""What a visitor has chosen beside the words: read from the address, and offered in the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agenda.lists.periods import PRESETS
from resources_directory.codes import Language
from resources_directory.near import Near
from territories.models import Term, Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import MOST_VALUES
from territories.pages.translations import said_in
from territories.plugins.contributions import Choice
from territories.plugins.registry import contributions
from territories.vocabulary.families import families
from territories.vocabulary.loading import known_codes

from .documents import Around
from .engines import Found
from .faceting import (
    COMMUNE,
    FACETS,
    FREE,
    KIND,
    LABEL,
    LANGUAGE,
    NEIGHBOURHOOD,
    PERIOD,
    PUBLIC,
    TERRITORY,
    THEME,
    YES,
)
from .queries import Asked, known_kinds

# Of a long list, the most frequent: nobody reads fifty towns on a telephone.
MOST_OFFERED = 12
# Where all is in one place there is nothing to choose.
OF_SEVERAL = frozenset({KIND, TERRITORY, COMMUNE, NEIGHBOURHOOD, LANGUAGE})
IN_ORDER = frozenset({PERIOD, THEME, PUBLIC})
# Names that no vocabulary translates.
OF_PLACES = frozenset({TERRITORY, COMMUNE, NEIGHBOURHOOD})
PLACE, WITH_PAST = ("pres", "rayon"), "passes"

Words = Mapping[str, "str | Promise"]


class Narrowed:
    """The facets, `?pres=`, `?rayon=` and `?passes=1` of an address. What is not known there is
    left out of `chosen`, and named in `unknown`: (parameter, value)."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.near = Near(request)
        self.with_past = request.GET.get(WITH_PAST) == "1"
        self.chosen: dict[str, list[str]] = {}
        self.unknown: list[tuple[str, str]] = []
        for name in FACETS:
            for value in dict.fromkeys(request.GET.getlist(name)[:MOST_VALUES]):
                if not value:
                    continue
                if self.knows(name, value):
                    self.chosen.setdefault(name, []).append(value)
                else:
                    self.unknown.append((name, value))
        if self.near.asked and not self.near:
            self.unknown.append(("pres", self.near.asked))

    def asked(self, **question: Any) -> Asked:
        chosen = dict(self.chosen)
        if TERRITORY in chosen:
            keys = {territory.slug: str(territory.pk) for territory in self.territories}
            chosen[TERRITORY] = [keys[slug] for slug in chosen[TERRITORY]]
        place = self.near.place
        return Asked(
            text=self.request.GET.get("q", ""),
            territory=self.request.territory,
            chosen=chosen,
            around=Around(place.point, self.near.kilometres) if place else None,
            with_past=self.with_past,
            **question,
        ).understood()

    def knows(self, name: str, value: str) -> bool:
        if name == THEME:
            return value in known_codes()
        return value in self.words(name)

    def words(self, name: str) -> Words:
        """What each value is called in the visitor's language, in the order of the vocabulary."""
        return self._words[name]()

    @cached_property
    def _words(self) -> Mapping[str, Any]:
        return {
            KIND: known_kinds,
            PERIOD: lambda: PRESETS,
            THEME: lambda: {code: family.words for code, family in families().items()},
            PUBLIC: lambda: self.publics,
            FREE: lambda: {YES: _("Gratuit")},
            LABEL: lambda: dict(filter(None, [marked()])),
            TERRITORY: lambda: {territory.slug: territory.name for territory in self.territories},
            COMMUNE: lambda: self.places["commune"],
            NEIGHBOURHOOD: lambda: self.places["quartier"],
            LANGUAGE: lambda: {code.value: code.label for code in Language},
        }

    @cached_property
    def publics(self) -> Words:
        return {term.code: term.words for term in Term.objects.of(Term.Kind.PUBLIC)}

    @cached_property
    def territories(self) -> Sequence[Territory]:
        """The portal alone looks into several."""
        return [] if self.request.territory else list(Territory.objects.online())

    @cached_property
    def places(self) -> Mapping[str, Words]:
        found: dict[str, dict[str, str]] = {"commune": {}, "quartier": {}}
        for row in self.near.known:
            if row.kind in found:
                found[row.kind][row.code or row.key] = row.name
        return found

    # What follows is shown by the templates of the lists (`resources_directory/filters.html`).

    def offer(self, found: Found) -> None:
        """What may be chosen now: the numbers are those of this answer."""
        self.found = found

    @property
    def fieldsets(self) -> Iterator[dict[str, Any]]:
        shown = ({"facet": FACETS[name], "choices": self.choices(name)} for name in FACETS)
        useful = (one for one in shown if one["choices"])
        for label, facets in groupby(useful, key=lambda one: str(one["facet"].label)):
            yield {"label": label, "facets": list(facets)}

    def choices(self, name: str) -> list[Choice]:
        numbers, chosen = self.numbers(name), self.chosen.get(name, ())
        least = 2 if name in OF_SEVERAL else 1
        if not chosen and len(numbers) < least:
            return []
        choices = [
            Choice(value, self.label(name, words), numbers.get(value, 0), value in chosen)
            for value, words in self.words(name).items()
            if value in numbers or value in chosen
        ]
        if name not in IN_ORDER:
            choices.sort(key=lambda one: (-one.count, one.label))
        return [one for at, one in enumerate(choices) if at < MOST_OFFERED or one.selected]

    def numbers(self, name: str) -> Mapping[str, int]:
        """How many documents each value would find, by its name in the address."""
        found = self.found.facets.get(name, {})
        if name != TERRITORY:
            return found
        slugs = {str(territory.pk): territory.slug for territory in self.territories}
        return {slugs[key]: number for key, number in found.items() if key in slugs}

    @property
    def active(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it away."""
        chips = []
        if self.near:
            chips.append({"label": self.near.words, "url": self.url(without=PLACE)})
        for name, values in self.chosen.items():
            for value in values:
                url = self.url(without=[name], **{name: [one for one in values if one != value]})
                chips.append({"label": self.said(name, value), "url": url})
        if self.with_past:
            words = _("aussi ce qui est passé")
            chips.append({"label": words, "url": self.url(without=[WITH_PAST])})
        return chips

    def said(self, name: str, value: str) -> str:
        words = self.words(name)
        if name == THEME and value not in words:  # one of a family
            words = {term.code: term.words for term in Term.objects.filter(code=value)}
        return self.label(name, words.get(value, value))

    @staticmethod
    def label(name: str, words: Any) -> str:
        return said_in(str(words), SOURCE_LANGUAGE) if name in OF_PLACES else str(words)

    @property
    def kept(self) -> list[dict[str, str]]:
        """What the form must keep beside its own fields."""
        kept = [{"name": "q", "value": self.request.GET.get("q", "").replace("\0", "")}]
        if self.with_past:
            kept.append({"name": WITH_PAST, "value": "1"})
        families_known = self.words(THEME)
        for value in self.chosen.get(THEME, ()):
            if value not in families_known:
                kept.append({"name": THEME, "value": value})
        return kept

    @property
    def cleared(self) -> str:
        """The same words, and nothing chosen."""
        return self.url(without=[*FACETS, *PLACE, WITH_PAST])

    @property
    def past_url(self) -> str:
        return self.url(without=[], **{WITH_PAST: ["1"]})

    def url(self, *, without: Sequence[str], **values: Sequence[str]) -> str:
        parameters = self.request.GET.copy()
        for name in {"page", *without}:
            parameters.pop(name, None)
        for name, given in values.items():
            parameters.setlist(name, given)
        return f"?{parameters.urlencode()}"


def marked() -> tuple[str, Any] | None:
    """What the facet of the plugins' marks is called."""
    for _plugin, mark in contributions("MARKS"):
        if mark.fact and mark.facet and mark.facet.only:
            return YES, mark.facet.only[1]
    return None
