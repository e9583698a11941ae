"""A faceted, marked and paginated list of records: the address bar is the filter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import CharField, Count, QuerySet, Value, Window
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from territories.plugins.contributions import Choice, Facet
from territories.plugins.marks import badge_pages, facets_of, marked_first

from .translations import in_language, said_in

# More values than any facet has choices: a longer address is nonsense, and costs.
MOST_VALUES = 100
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass
class ShownFacet:
    facet: Facet
    choices: list[Choice] = field(default_factory=list)

    @property
    def selected(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.selected]


class Listing:
    """The list of one page type as a visitor has narrowed it.

    `queryset`: findable records, already in the territory and otherwise narrowed (dates).
    `ordering`: what orders them after the marks, or alone when `marks_first` is false (archives).
    Unknown parameters and values are ignored. `also`: parameters beside the facets that make
    another list (the archives); `is_passing`: narrowed to something that will be over soon.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        *,
        ordering: Sequence[Any],
        per_page: int = 20,
        prefetch: Sequence[Any] = (),
        marks_first: bool = True,
        also: Mapping[str, str] | None = None,
        is_passing: bool = False,
    ) -> None:
        self.request = request
        self.model = queryset.model
        self.territory = request.territory
        self.parameters: QueryDict = request.GET
        self.base = queryset
        self.ordering = ordering
        self.per_page = per_page
        self.prefetch = prefetch
        self.marks_first = marks_first
        self.also = dict(also or {})
        self.is_passing = is_passing
        self._facets = facets_of(self.model, self.territory)

    def values(self, name: str) -> list[str]:
        """What was asked under a name, without what no database accepts or no list holds."""
        return [
            value
            for value in dict.fromkeys(self.parameters.getlist(name)[:MOST_VALUES])
            if value and "\0" not in value
        ]

    @cached_property
    def queryset(self) -> QuerySet:
        return self.narrowed(self.base)

    @property
    def asked(self) -> list[Facet]:
        """The facets that the address speaks of."""
        return [facet for facet in self._facets if self.values(facet.name)]

    def narrowed(self, found: QuerySet, *, but: Facet | None = None) -> QuerySet:
        """What the facets that were asked leave, one of them put aside."""
        for facet in self.asked:
            if facet is not but:
                found = facet.narrow(found, self.values(facet.name))
        return found

    @cached_property
    def page(self) -> PaginatorPage:
        """The asked page of records, each with `.shown` and `.badges`; nonsense gives the first."""
        first = marked_first(self.model, self.territory) if self.marks_first else []
        ordered = self.queryset.order_by(*first, *self.ordering).prefetch_related(*self.prefetch)
        page = self._paginated(ordered)
        page.object_list = in_language(page.object_list, get_language() or "")
        badge_pages(page.object_list, self.territory)
        return page

    @property
    def number(self) -> int:
        """Of the page that is shown."""
        return self.page.number

    @property
    def asked_page(self) -> int:
        asked = self.parameters.get("page", "1")
        return int(asked) if PAGE_NUMBER.fullmatch(asked) else 1

    def _paginated(self, ordered: QuerySet) -> PaginatorPage:
        """Rows and their total in one query; a page past the end asks for the last one."""
        paginator = Paginator(ordered, self.per_page)
        number = self.asked_page
        counted = ordered.annotate(listing_count=Window(Count("pk")))
        rows = list(counted[(number - 1) * self.per_page : number * self.per_page])
        if rows:
            paginator.count = rows[0].listing_count
        page = paginator.get_page(number)
        if rows:
            page.object_list = rows
        return page

    @property
    def items(self) -> list[Page]:
        return list(self.page.object_list)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """Only choices that have results, counted with every *other* facet in force."""
        shown = []
        read_together = self._choices_in_one_query()
        for facet in self._facets:
            chosen = set(self.values(facet.name))
            found = read_together.get(facet.name, [])
            choices = [
                Choice(
                    value,
                    said_in(label, facet.language) if facet.language else label,
                    count,
                    selected=value in chosen,
                )
                for value, label, count in (found if facet.rows else self.choices_of(facet))
            ]
            if choices:
                shown.append(ShownFacet(facet, choices))
        return shown

    def choices_of(self, facet: Facet) -> Iterable[tuple[str, str, int]]:
        return facet.choices(self.but(facet))

    def but(self, facet: Facet) -> QuerySet:
        """The list without one of its facets."""
        return self.narrowed(self.base, but=facet)

    def _choices_in_one_query(self) -> dict[str, list[tuple[str, str, int]]]:
        """The choices, by name, of the facets that can be read together."""
        parts = [
            part.annotate(facet=Value(facet.name, output_field=CharField())).values_list(
                "facet", "value", "label", "position", "number"
            )
            for facet in self._facets
            if facet.rows
            for part in parts_of(facet.rows(self.but(facet)))
        ]
        found: dict[str, dict[str, tuple[str, str, int]]] = {}
        rows = parts[0].union(*parts[1:], all=True) if parts else []
        for name, value, label, _position, number in sorted(rows, key=itemgetter(3)):
            if number:
                choices = found.setdefault(name, {})
                before = choices[value][-1] if value in choices else 0
                choices[value] = (value, label, before + number)
        return {name: list(choices.values()) for name, choices in found.items()}

    @property
    def active(self) -> list[dict[str, str]]:
        """The filters in force, each with the address that removes it."""
        return [
            {"label": choice.label, "url": self.url_without(shown.facet.name, choice.value)}
            for shown in self.facets
            for choice in shown.selected
        ]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The facets in force, as parameters of the address."""
        return [
            (shown.facet.name, choice.value) for shown in self.facets for choice in shown.selected
        ]

    @property
    def canonical_query(self) -> str:
        """What makes this list another one, and nothing else that stands in the address."""
        page = [("page", str(self.number))] if self.number > 1 else []
        return urlencode([*self.also.items(), *self.chosen, *page])

    @property
    def is_worth_finding(self) -> bool:
        """By a search engine: the whole list, or what one facet leaves of it."""
        asked = sum(len(self.values(facet.name)) for facet in self._facets)
        return not self.is_passing and asked <= 1 and asked == len(self.chosen)

    def url_with(self, name: str, value: str) -> str:
        """The address of the list with this one value of a filter, the other filters kept."""
        parameters = self.parameters.copy()
        parameters[name] = value
        return self._url(parameters)

    def url_without(self, name: str, value: str) -> str:
        parameters = self.parameters.copy()
        parameters.setlist(name, [other for other in parameters.getlist(name) if other != value])
        return self._url(parameters)

    def _url(self, parameters: QueryDict) -> str:
        parameters.pop("page", None)
        query = parameters.urlencode()
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def query(self) -> str:
        """The filters as a query string without the page, for pagination and feeds."""
        parameters = self.parameters.copy()
        parameters.pop("page", None)
        return parameters.urlencode()


def parts_of(rows: QuerySet | Sequence[QuerySet]) -> Sequence[QuerySet]:
    return [rows] if isinstance(rows, QuerySet) else rows
