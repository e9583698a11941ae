"""What narrows a search beside its words: each facet with the answers of a document to it.

Names and values are those of the address of the page and of the API; a value that nobody knows
finds nothing, and the views leave it out. The answers of a document are written beside its row
(`keep_facets`), so that a question is narrowed and counted in the database, or sent to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agenda.lists.periods import PRESETS, preset
from resources_directory.codes import EVERYBODY

from .models import DocumentFacet, FacetValue, SearchDocument

# A pair of a facet's name and a value.
Answer = tuple[str, str]
YES = "oui"
# The days of a document; a period is any of several.
DAY, PERIOD = "jour", "periode"


@dataclass(frozen=True)
class SearchFacet:
    """`answers(document)`: the values that it answers to. `for_all`: the answer of documents that
    are for whoever asks."""

    name: str
    label: Any
    answers: Callable[[SearchDocument], Iterable[str]]
    for_all: str = ""


def themes_of(document: SearchDocument) -> set[str]:
    """A theme is found by its family too: codes read `family--theme`."""
    return {found for code in document.themes for found in (code, code.split("--")[0])}


def publics_of(document: SearchDocument) -> Sequence[str]:
    return [EVERYBODY] if EVERYBODY in document.publics else document.publics


def territory_of(document: SearchDocument) -> list[str]:
    return [str(document.territory_id)] if document.territory_id else []


def yes_when(fact: Callable[[SearchDocument], Any]) -> Callable[[SearchDocument], list[str]]:
    return lambda document: [YES] if fact(document) else []


SIMPLER = _("Plus simple pour vous")
KIND, THEME, PUBLIC, TERRITORY = "kind", "theme", "public", "territoire"
COMMUNE, NEIGHBOURHOOD, LANGUAGE = "commune", "quartier", "langue"
FREE, LABEL = "gratuit", "label"
# In the order in which the page shows them. A period is answered by days.
FACETS = {
    facet.name: facet
    for facet in (
        SearchFacet(KIND, _("Je cherche"), lambda document: [document.kind]),
        SearchFacet(PERIOD, _("Quand ?"), lambda document: []),
        SearchFacet(THEME, _("Pour quel besoin ?"), themes_of),
        SearchFacet(PUBLIC, _("Pour qui ?"), publics_of, EVERYBODY),
        SearchFacet(FREE, SIMPLER, yes_when(lambda document: document.is_free)),
        SearchFacet(LABEL, SIMPLER, yes_when(lambda document: document.marks)),
        SearchFacet(TERRITORY, _("Dans quel territoire ?"), territory_of),
        SearchFacet(COMMUNE, _("Où ?"), lambda document: document.communes),
        SearchFacet(NEIGHBOURHOOD, _("Quel quartier ?"), lambda document: document.neighbourhoods),
        SearchFacet(LANGUAGE, _("Langue parlée"), lambda document: document.languages),
    )
}


def answers_of(document: SearchDocument) -> dict[str, list[str]]:
    """The values of each facet; and of DAY, the days."""
    found = {name: sorted(set(facet.answers(document))) for name, facet in FACETS.items()}
    del found[PERIOD]
    return {**found, DAY: document.days}


def keep_facets(documents: Iterable[SearchDocument]) -> None:
    """Write the answers of these rows in place of those that they had: five queries at most."""
    wanted = {
        document.pk: set()
        if document.is_withdrawn
        else {(name, value) for name, values in answers_of(document).items() for value in values}
        for document in documents
    }
    kept: dict[int, dict[Answer, int]] = {pk: {} for pk in wanted}
    rows = DocumentFacet.objects.filter(document__in=wanted)
    for pk, row, *answer in rows.values_list("document", "pk", "value__facet", "value__value"):
        kept[pk][tuple(answer)] = row
    gone = [row for pk in wanted for answer, row in kept[pk].items() if answer not in wanted[pk]]
    new = [(pk, answer) for pk in wanted for answer in wanted[pk] - kept[pk].keys()]
    DocumentFacet.objects.filter(pk__in=gone).delete()
    known = keys_of({answer for _pk, answer in new})
    DocumentFacet.objects.bulk_create(
        (DocumentFacet(document_id=pk, value_id=known[answer]) for pk, answer in new),
        ignore_conflicts=True,
    )


def keys_of(answers: Iterable[Answer]) -> dict[Answer, int]:
    """Primary keys, those that are new being written."""
    answers = set(answers)
    if not answers:
        return {}

    def read() -> dict[Answer, int]:
        found = FacetValue.objects.filter(value__in={value for _facet, value in answers})
        return {(row.facet, row.value): row.pk for row in found}

    known = read()
    if missing := answers - known.keys():
        new = [FacetValue(facet=facet, value=value) for facet, value in sorted(missing)]
        FacetValue.objects.bulk_create(new, ignore_conflicts=True)
        known = read()
    return known


def days_between(name: str, today: date) -> tuple[str, str]:
    """The first and the last day of a period, as documents tell theirs."""
    period = preset(name, today)
    return period.first.isoformat(), period.last.isoformat()


def periods(today: date) -> dict[str, tuple[str, str]]:
    return {name: days_between(name, today) for name in PRESETS}


def wanted(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """The answers that are right for one of these values."""
    for_all = FACETS[name].for_all
    return (*values, for_all) if for_all else tuple(values)


def answering(name: str, values: Sequence[str], today: date) -> Exists:
    """Whether a row of SearchDocument answers a facet with one of these values."""
    if name == PERIOD:
        days = Q()
        for value in values:
            days |= Q(value__range=days_between(value, today))
        answers = FacetValue.objects.filter(days, facet=DAY)
    else:
        answers = FacetValue.objects.filter(facet=name, value__in=wanted(name, values))
    return Exists(
        DocumentFacet.objects.filter(document=OuterRef("pk"), value__in=answers.values("pk"))
    )


def counts(numbers: Mapping[Answer, int]) -> dict[str, dict[str, int]]:
    """By facet, what each value would find: what is for everybody counts for each."""
    found: dict[str, Counter[str]] = {}
    for (name, value), number in numbers.items():
        if number and name in FACETS:
            found.setdefault(name, Counter())[value] += number
    for name, values in found.items():
        if everyone := values.get(FACETS[name].for_all):
            for value in values.keys() - {FACETS[name].for_all}:
                values[value] += everyone
    return {name: dict(values) for name, values in found.items()}
