"""Where an aid or an actor is, as residents ask for it: by the name of a town."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Exists, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from resources_directory.whereabouts import at
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Facet

TOWN_OF_SERVICE = at("commune")


def town_facet(*, on: str, town: Combinable, order: int) -> Facet:
    """The towns of what is listed. Where all is in one town, there is nothing to choose."""

    def choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
        found = (
            queryset.annotate(town=town)
            .order_by("town")
            .filter(town__gt="")
            .values_list("town")
            .annotate(number=Count("pk", distinct=True))
        )
        towns = [(name, name, number) for name, number in found]
        return towns if len(towns) > 1 else []

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        # Narrowed by key: the town may be that of one place among several.
        there = queryset.order_by().alias(town=town).filter(town__in=values).values("pk")
        # A town that nobody knows, or where nothing is left, narrows nothing.
        return queryset.filter(Q(pk__in=there) | ~Exists(there))

    return Facet("ville", _("Où ?"), on, choices, narrow, order, language=SOURCE_LANGUAGE)
