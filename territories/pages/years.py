"""Lists of what is dated, narrowed to the years that are in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast, ExtractYear

from territories.plugins.contributions import Facet

FIRST_YEAR, LAST_YEAR = 1900, 2200


def year_facet(label: Any, *, on: str, date: Any, order: int) -> Facet:
    """`?annee=2026`. `date`: the name of a field, or an expression that gives a date."""
    expression = F(date) if isinstance(date, str) else date

    def rows(queryset: QuerySet) -> QuerySet:
        return (
            queryset.order_by()
            .annotate(year=ExtractYear(expression))
            .values(
                value=Cast("year", CharField()),
                label=Cast("year", CharField()),
                # The newest first.
                position=LAST_YEAR - Cast(F("year"), IntegerField()),
            )
            .annotate(number=Count("pk"))
        )

    def choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
        return rows(queryset).order_by("position").values_list("value", "label", "number")

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        years = [
            int(value)
            for value in values
            if value.isascii() and value.isdecimal() and FIRST_YEAR <= int(value[:5]) <= LAST_YEAR
        ]
        if not years:
            return queryset
        return queryset.alias(narrowed_year=ExtractYear(expression)).filter(narrowed_year__in=years)

    return Facet("annee", label, on, choices, narrow, order, rows)
