from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from territories.models import Neighbourhood, Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

from .models import ActionPage

ACTION = "cooperation.ActionPage"
NEIGHBOURHOOD, AXIS = "quartier", "axe"
MOST_DIGITS = 9

NAMED = ActionPage.neighbourhoods.through.objects
OWN = Territory.neighbourhoods.through.objects


def concerning(**neighbourhood) -> Q:
    """Actions of a neighbourhood, and those of its whole territory, which name none."""
    named = NAMED.filter(actionpage=OuterRef("pk"))
    own = OWN.filter(territory=OuterRef("territory"), **neighbourhood)
    return Q(Exists(named.filter(**neighbourhood))) | Q(~Exists(named), Exists(own))


def neighbourhood_choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
    answers = queryset.order_by().filter(concerning(neighbourhood=OuterRef(OuterRef("pk"))))
    # COUNT over the whole subquery, without the GROUP BY that an aggregate would bring.
    number = answers.annotate(number=Func("pk", function="COUNT", output_field=IntegerField()))
    found = (
        Neighbourhood.objects.annotate(number=Subquery(number.values("number")))
        .filter(number__gt=0)
        .order_by("name")
    )
    return [(str(place.pk), place.name, place.number) for place in found]


def narrow_by_neighbourhood(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    known = [int(value) for value in values if value.isdecimal() and len(value) <= MOST_DIGITS]
    return queryset.filter(concerning(neighbourhood__in=known)) if known else queryset


FACETS = [
    Facet(
        NEIGHBOURHOOD,
        _("Quel quartier ?"),
        ACTION,
        neighbourhood_choices,
        narrow_by_neighbourhood,
        order=10,
        language=SOURCE_LANGUAGE,
    ),
    term_facet("public", _("Pour qui ?"), on=ACTION, field="publics", order=20),
    term_facet("secteur", _("Quel secteur ?"), on=ACTION, field="sectors", order=30),
    term_facet(AXIS, _("Dans quel but ?"), on=ACTION, field="axis", order=40),
]
