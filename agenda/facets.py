from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.models import Neighbourhood
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import parts_of
from territories.plugins.contributions import Facet
from territories.vocabulary.facets import term_facet

from .models import EventPage

EVENT = "agenda.EventPage"
YES = "oui"
SIMPLER = gettext_lazy("Plus simple pour vous")
# An actor's address stands for the event's own, as in `venues`.
TOWN = Case(When(place__isnull=False, then=F("place__commune")), default=F("commune"))
PRIMARY_KEY = re.compile(r"[1-9][0-9]{0,17}")
LENGTH, DATED, ACTION = "duree", "date", "action"


def yes_facet(name: str, label: Any, words: Any, *, field: str, order: int) -> Facet:
    """A single box over a field that is true or false."""

    def rows(queryset: QuerySet) -> QuerySet:
        return counted(
            queryset.filter(**{field: True}),
            value=Value(YES, CharField()),
            label=Value(str(words), CharField()),
            position=Value(0, IntegerField()),
        )

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        return queryset.filter(**{field: True}) if YES in values else queryset

    return Facet(name, label, EVENT, choices_from(rows), narrow, order, rows=rows)


def counted(queryset: QuerySet, **words: Any) -> QuerySet:
    return queryset.order_by().values(**words).annotate(number=Count("pk", distinct=True))


def choices_from(rows: Any) -> Any:
    def choices(queryset: QuerySet) -> list[tuple[str, str, int]]:
        first, *others = (
            part.values_list("position", "value", "label", "number")
            for part in parts_of(rows(queryset))
        )
        numbers: Counter[tuple[str, str]] = Counter()
        for _position, value, label, number in sorted(first.union(*others, all=True)):
            numbers[value, label] += number
        return [(*choice, number) for choice, number in numbers.items() if number]

    return choices


def town_choices(queryset: QuerySet) -> Iterable[tuple[str, str, int]]:
    """Where all is in one town, there is nothing to choose."""
    found = (
        queryset.annotate(town=TOWN)
        .order_by("town")
        .filter(town__gt="")
        .values_list("town")
        .annotate(number=Count("pk", distinct=True))
    )
    towns = [(name, name, number) for name, number in found]
    return towns if len(towns) > 1 else []


def narrow_by_town(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    placed = queryset.alias(town=TOWN)
    there = placed.filter(town__in=values)
    # A town that nobody knows, or where nothing is left, narrows nothing.
    return placed.filter(Q(town__in=values) | ~Exists(there))


def neighbourhood_rows(queryset: QuerySet) -> Sequence[QuerySet]:
    """Where events take place, and whom they are aimed at wherever they do; each counted once."""
    aimed = EventPage.aimed_at.through.objects.filter(eventpage=OuterRef("pk"))

    def held(events: QuerySet, path: str) -> QuerySet:
        return of_neighbourhood(
            events.exclude(Exists(aimed.filter(neighbourhood=OuterRef(path)))), path
        )

    return [
        of_neighbourhood(queryset, "aimed_at"),
        held(queryset.filter(place=None), "neighbourhood"),
        held(queryset, "place__neighbourhood"),
    ]


def of_neighbourhood(events: QuerySet, path: str) -> QuerySet:
    return counted(
        events.filter(**{f"{path}__isnull": False}),
        value=Case(
            When(**{f"{path}__code__gt": ""}, then=F(f"{path}__code")),
            default=Cast(path, CharField()),
            output_field=CharField(),
        ),
        label=F(f"{path}__name"),
        position=Value(0, IntegerField()),
    )


def narrow_by_neighbourhood(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    """An address of before the codes of 2024 still leads there."""
    keys = [int(value) for value in values if PRIMARY_KEY.fullmatch(value)]
    asked = Neighbourhood.objects.filter(
        Q(code__in=values) | Q(former_code__in=values) | Q(code="", pk__in=keys)
    ).values("pk")
    aimed = EventPage.aimed_at.through.objects.filter(
        eventpage=OuterRef("pk"), neighbourhood__in=asked
    )
    return queryset.filter(
        Exists(aimed) | Q(place=None, neighbourhood__in=asked) | Q(place__neighbourhood__in=asked)
    )


def length_rows(queryset: QuerySet) -> QuerySet:
    def either(action: Any, dated: Any, field: Any) -> Case:
        return Case(
            When(is_action=True, then=Value(action)), default=Value(dated), output_field=field
        )

    return counted(
        queryset,
        value=either(ACTION, DATED, CharField()),
        label=either(_("Une action sur plusieurs mois"), _("Un rendez-vous"), CharField()),
        position=either(1, 0, IntegerField()),
    )


def narrow_by_length(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
    asked = {value == ACTION for value in values if value in {DATED, ACTION}}
    return queryset.filter(is_action__in=asked) if asked else queryset


FACETS = [
    term_facet("public", gettext_lazy("Pour qui ?"), on=EVENT, field="publics", order=10),
    term_facet("format", gettext_lazy("Quel format ?"), on=EVENT, field="format", order=20),
    term_facet(
        "theme",
        gettext_lazy("Pour quel besoin ?"),
        on=EVENT,
        field="themes",
        by_category=True,
        order=30,
    ),
    term_facet("secteur", gettext_lazy("Quels métiers ?"), on=EVENT, field="sectors", order=32),
    Facet(
        "ville",
        gettext_lazy("Où ?"),
        EVENT,
        town_choices,
        narrow_by_town,
        order=34,
        language=SOURCE_LANGUAGE,
    ),
    Facet(
        "quartier",
        gettext_lazy("Quel quartier ?"),
        EVENT,
        choices_from(neighbourhood_rows),
        narrow_by_neighbourhood,
        order=36,
        rows=neighbourhood_rows,
        language=SOURCE_LANGUAGE,
    ),
    yes_facet("gratuit", SIMPLER, gettext_lazy("Gratuit"), field="is_free", order=40),
    yes_facet("en-ligne", SIMPLER, gettext_lazy("En ligne"), field="is_online", order=42),
    Facet(
        LENGTH,
        gettext_lazy("Combien de temps ?"),
        EVENT,
        choices_from(length_rows),
        narrow_by_length,
        order=44,
        rows=length_rows,
    ),
]
