from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

SHEET = "labelling.PracticeSheetPage"
MOST_LETTERS = 60


def territory_choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
    found = queryset.order_by().filter(territory__isnull=False)
    counted = found.values("territory__slug", "territory__name").annotate(number=Count("pk"))
    return counted.order_by("territory__name").values_list(
        "territory__slug", "territory__name", "number"
    )


def narrow_by_territory(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    known = [value for value in values if len(value) <= MOST_LETTERS]
    return queryset.filter(territory__slug__in=known) if known else queryset


SHEET_FACETS = [
    term_facet(
        "theme", _("Pour quel besoin ?"), on=SHEET, field="themes", by_category=True, order=10
    ),
    term_facet("public", _("Pour qui ?"), on=SHEET, field="publics", order=20),
    term_facet("format", _("Quel format ?"), on=SHEET, field="format", order=30),
    # On a territory's own list there is one choice, which the filters leave out.
    Facet(
        "territoire",
        _("Quel territoire ?"),
        SHEET,
        territory_choices,
        narrow_by_territory,
        order=40,
        language=SOURCE_LANGUAGE,
    ),
]
