from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet
from territories.vocabulary.families import families
from territories.vocabulary.loading import known_codes
from territories.vocabulary.models import Term

from .codes import Codes, Fees, ServiceType
from .lists.towns import TOWN_OF_SERVICE, town_facet
from .models import ServicePage

ACTOR = "resources_directory.ActorPage"
SERVICE = "resources_directory.ServicePage"


def codes_facet(name: str, label: Any, *, field: str, codes: type[Codes], order: int) -> Facet:
    """A facet of services over a field that holds one code."""

    def choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
        rows = queryset.order_by().values_list(field).annotate(number=Count("pk"))
        counts = dict(rows)
        return [(code, str(code.label), counts[code]) for code in codes if code in counts]

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        known = [value for value in values if value in codes.values]
        return queryset.filter(**{f"{field}__in": known}) if known else queryset

    return Facet(name, label, SERVICE, choices, narrow, order)


def need_choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
    """How many actors answer each need: by their own category, or by a service of theirs.

    Pairs in one query, counted here: counted in SQL, a subquery a family took a second of SQLite.
    """
    actors = queryset.order_by().values("pk")
    services = ServicePage.objects.live().public().records().filter(actor__in=actors)
    direct = queryset.order_by().values_list("pk", "category__code")
    offered = services.order_by().values_list("actor", "themes__parent__code")
    numbers = Counter(code for _actor, code in direct.union(offered) if code)
    return [
        (code, family.words, numbers[code]) for code, family in families().items() if numbers[code]
    ]


def narrow_by_need(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    known = [value for value in values if value in known_codes()]
    if not known:
        return queryset
    needs = Term.objects.of(Term.Kind.THEME_CATEGORY).filter(code__in=known)
    services = ServicePage.objects.live().public().records()
    return queryset.filter(
        Q(category__in=needs)
        | Exists(services.filter(actor=OuterRef("pk"), themes__parent__in=needs))
    )


NEEDS_OF_SERVICES = term_facet(
    "theme", _("Besoin"), on=SERVICE, field="themes", by_category=True, order=10
)
FACETS = [
    NEEDS_OF_SERVICES,
    town_facet(on=SERVICE, town=TOWN_OF_SERVICE, order=15),
    term_facet("public", _("Pour qui ?"), on=SERVICE, field="publics", order=20),
    codes_facet("prix", _("Prix"), field="fees", codes=Fees, order=30),
    codes_facet("type", _("Quelle sorte d’aide ?"), field="type", codes=ServiceType, order=40),
    Facet("theme", _("Besoin"), ACTOR, need_choices, narrow_by_need, order=10),
    town_facet(on=ACTOR, town=F("commune"), order=15),
    term_facet(
        "reseau", _("Réseau"), on=ACTOR, field="networks", order=20, language=SOURCE_LANGUAGE
    ),
]
