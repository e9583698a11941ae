from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import CharField, Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

NEWS, STORY = "newsroom.NewsPage", "newsroom.SuccessStoryPage"
FIRST_YEAR, LAST_YEAR = 1900, 2200


def year_rows(queryset: QuerySet) -> QuerySet:
    year = ExtractYear("date")
    return (
        queryset.order_by()
        .annotate(year=year)
        .values(
            value=Cast("year", CharField()),
            label=Cast("year", CharField()),
            # The newest first.
            position=LAST_YEAR - Cast(F("year"), IntegerField()),
        )
        .annotate(number=Count("pk"))
    )


def year_choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
    return year_rows(queryset).order_by("position").values_list("value", "label", "number")


def narrow_years(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    years = [
        int(value)
        for value in values
        if value.isascii() and value.isdecimal() and FIRST_YEAR <= int(value[:5]) <= LAST_YEAR
    ]
    return queryset.filter(date__year__in=years) if years else queryset


FACETS = [
    term_facet(
        "theme", _("Pour quel besoin ?"), on=NEWS, field="themes", by_category=True, order=10
    ),
    Facet("annee", _("Quelle année ?"), NEWS, year_choices, narrow_years, 20, year_rows),
    term_facet(
        "theme", _("Pour quel besoin ?"), on=STORY, field="themes", by_category=True, order=10
    ),
]
