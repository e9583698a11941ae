"""The label on other plugins' pages: badge, first place, facet and a fact of search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, Expression, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from labelling.models import Label
from territories.plugins.contributions import Badge, Facet, Mark

from .bearers import BEARERS
from .public import path_of

YES, WITH = "oui", _("Avec le label")


def badges(pks: Collection[int]) -> Mapping[int, Badge]:
    """Each leads to the page where anybody checks the label."""
    labelled = Label.objects.active().filter(page__in=pks).values_list("page", "number")
    return {page: badge_for(number) for page, number in labelled}


def badge_for(number: str) -> Badge:
    words = _("Label Cité de l’emploi")
    return Badge(text=words, icon="label", kind="label", url=path_of(number))


def is_labelled(path: str) -> Expression:
    return Exists(Label.objects.active().filter(page=OuterRef(path)))


def choices(queryset: QuerySet) -> list[tuple[str, str, int]]:
    number = queryset.filter(is_labelled("pk")).count()
    return [(YES, str(WITH), number)] if number else []


def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    return queryset.filter(is_labelled("pk")) if YES in values else queryset


def mark_on(model: str) -> Mark:
    return Mark(
        name="label",
        on=model,
        badges=badges,
        first=is_labelled,
        facet=Facet("label", _("Label"), model, choices, narrow, order=5, only=(YES, WITH)),
        fact="labelled",
    )


MARKS = [mark_on(model._meta.label) for model in BEARERS]
