"""What to propose where nothing was found: the nearest in time, and what the list holds without
the filter that hides most."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.translation import get_language

from agenda.lines import Line, lines_of
from agenda.models import EventPage
from territories.pages.keys import Keys
from territories.pages.translations import in_language
from territories.plugins.contributions import Facet

if TYPE_CHECKING:
    from .programme import Programme


class Way(NamedTuple):
    """The list without one of its filters. `names`: the parameters that go away with it."""

    found: QuerySet
    words: Callable[[], str]
    names: tuple[str, ...]


class Proposal(NamedTuple):
    words: str
    count: int
    url: str


class Nearest:
    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def line(self) -> Line | None:
        """The next event with the same filters; where they leave none, the next of the agenda."""
        programme = self.programme
        alike = programme.narrowed((programme.now, None)).values("pk")
        found = (
            programme.everywhere.upcoming(programme.now)
            .annotate(
                is_other=Case(
                    When(pk__in=alike, then=Value(0)),
                    default=Value(1),
                    output_field=IntegerField(),
                )
            )
            .in_full()
            .order_by("is_other", "next_start", "title")
            .first()
        )
        if found is None:
            return None
        [line] = lines_of(in_language([found], get_language() or ""), programme.territory)
        return line

    @cached_property
    def without(self) -> Proposal | None:
        """What is left when the filter that hides most is taken away, counted in one query."""
        ways = self._ways()
        parts = [
            way.found.order_by()
            .values(way=Value(rank, IntegerField()))
            .annotate(number=Count("pk"))
            for rank, way in enumerate(ways)
        ]
        if not parts:
            return None
        rows = parts[0].union(*parts[1:], all=True)
        counts = {row["way"]: row["number"] for row in rows}
        best = max(counts, key=counts.__getitem__, default=0)
        if not counts.get(best):
            return None
        way = ways[best]
        return Proposal(way.words(), counts[best], self.programme.url_without(way.names))

    def _ways(self) -> list[Way]:
        programme, listing = self.programme, self.programme.listing
        ways = [
            Way(listing.but(facet), partial(self._words_of, facet), (facet.name,))
            for facet in listing.asked
        ]
        if programme.near:
            anywhere = listing.narrowed(programme.everywhere.between(*programme.span))
            ways.append(Way(anywhere, lambda: programme.near.words, ("pres", "rayon")))
        if programme.period:
            whenever = programme.narrowed((programme.now, None))
            ways.append(Way(whenever, lambda: programme.period.words, ("du", "au", "periode")))
        return ways

    def _words_of(self, facet: Facet) -> str:
        """The words of the choice that was made, or of the question when it is not known here."""
        listing = self.programme.listing
        chosen = listing.values(facet.name)
        choices = facet.choices(EventPage.objects.filter(pk__in=Keys(listing.pool)))
        words = [str(label) for value, label, _count in choices if value in chosen]
        return ", ".join(words) or str(facet.label)
