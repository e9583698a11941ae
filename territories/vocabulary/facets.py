"""Facets over governed terms, the same for every page type that carries them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from territories.plugins.contributions import Facet

from .loading import known_codes
from .models import Term
from .words import words_of


def term_facet(
    name: str,
    label: Any,
    *,
    on: str,
    field: str,
    by_category: bool = False,
    order: int = 100,
    language: str = "",
) -> Facet:
    """A facet over a many-to-many `field` of Terms; the values are the terms' codes.

    `by_category`: offers the families of themes instead of the 69 themes. `language`: see Facet.
    """
    path = f"{field}__parent" if by_category else field

    def rows(queryset: QuerySet) -> QuerySet:
        # What a term is called is read once for each term, not once for each page.
        term = Term.objects.filter(pk=OuterRef("of_term")).order_by()
        return (
            queryset.order_by()
            .filter(**{f"{path}__isnull": False})
            .values(of_term=F(path))
            .annotate(number=Count("pk", distinct=True))
            .annotate(
                value=Subquery(term.values("code")),
                label=Subquery(term.values(words=words_of())),
                position=Subquery(term.values("position")),
            )
        )

    def choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
        return rows(queryset).order_by("position").values_list("value", "label", "number")

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        values = [value for value in values if value in known_codes()]
        if not values:
            return queryset
        carrying = queryset.model.objects.filter(**{f"{path}__code__in": values})
        return queryset.filter(pk__in=carrying.values("pk"))

    return Facet(name, label, on, choices, narrow, order, rows, language)
