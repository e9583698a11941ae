"""The parameters of the API, told from what the code reads: `openapi.py` and the page for people
are made of this. Meanings stay in French, as those of the columns of open data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language_info

from portal.search.faceting import (
    COMMUNE,
    FACETS,
    FREE,
    KIND,
    LABEL,
    LANGUAGE,
    NEIGHBOURHOOD,
    PERIOD,
    PUBLIC,
    TERRITORY,
    THEME,
)
from portal.search.narrowing import OF_PLACES, Narrowed
from portal.search.suggestions import MOST, SHORTEST
from portal.search.wording.folding import LONGEST_QUERY
from resources_directory.near import USUAL_RADIUS
from territories.pages.base import SOURCE_LANGUAGE

from .questions import LANGUAGES, MOST_PER_PAGE, PER_PAGE, RADIUS_VALUES

OF_FACETS = {
    KIND: "Sorte de fiche.",
    PERIOD: "Quand : ce qui a lieu pendant l’une de ces périodes, comptées à partir d’aujourd’hui.",
    THEME: "Besoin : une famille de thèmes, ou un thème de data·inclusion (« famille--thème »).",
    PUBLIC: "Public. Ce qui est pour tout le monde répond à chacun.",
    FREE: "Seulement ce qui est gratuit.",
    LABEL: "Seulement ce qui porte un label en cours.",
    TERRITORY: "Territoire, par son nom court. Sur le portail national seulement.",
    COMMUNE: "Commune d’ici, par son code INSEE.",
    NEIGHBOURHOOD: "Quartier, par son code : ceux d’ici sont dans « facets ».",
    LANGUAGE: "Langue que l’on parle sur place.",
}
# Their values are not the same from one host to the next, or are too many to name.
NOT_NAMED = OF_PLACES | {THEME}


@dataclass(frozen=True)
class Parameter:
    """`values`: all that it may be, each with its words; empty where they are not named."""

    name: str
    meaning: str
    schema: Mapping[str, Any]
    values: Mapping[str, str] = field(default_factory=dict)
    is_repeated: bool = False

    def described(self) -> dict[str, Any]:
        """As a parameter of OpenAPI."""
        values = [f"- `{value}` : {words}" for value, words in self.values.items() if words]
        return {
            "name": self.name,
            "in": "query",
            "description": "\n".join([self.meaning, "", *values] if values else [self.meaning]),
            "schema": {"type": "array", "items": self.schema} if self.is_repeated else self.schema,
            **({"style": "form", "explode": True} if self.is_repeated else {}),
        }


def of_search(narrowed: Narrowed) -> list[Parameter]:
    facets = [of_facet(narrowed, name) for name in FACETS]
    return [
        Parameter(
            "q",
            "Les mots cherchés : fautes de frappe et mots courants sont compris. Sans eux, toutes "
            f"les fiches. Au-delà de {LONGEST_QUERY} lettres, la suite est laissée de côté.",
            {"type": "string", "examples": ["permis", "garde d’enfants"]},
        ),
        *(facet for facet in facets if facet.values or facet.name in NOT_NAMED),
        Parameter(
            "pres",
            "Autour d’où : une latitude et une longitude (WGS84), ou un lieu d’ici comme "
            "« commune-31555 ».",
            {"type": "string", "examples": ["43.57,1.40", "commune-31555"]},
        ),
        one_of(
            "rayon",
            "À combien de kilomètres au plus de ce lieu ; 0, à cet endroit même.",
            dict.fromkeys(RADIUS_VALUES, ""),
            str(USUAL_RADIUS),
        ),
        one_of(
            "passes",
            "Aussi ce qui est passé.",
            {"0": "ce qui est à venir", "1": "aussi ce qui est passé"},
            "0",
        ),
        Parameter(
            "page",
            "Page de réponses. Après la dernière, il n’y a plus de réponse.",
            {"type": "integer", "minimum": 1, "default": 1},
        ),
        Parameter(
            "per_page",
            f"Nombre de réponses par page : {PER_PAGE}, ou jusqu’à {MOST_PER_PAGE}.",
            {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        ),
        of_language(),
    ]


def of_suggestions() -> list[Parameter]:
    meaning = f"Ce qui est déjà tapé : rien avant {SHORTEST} lettres, {MOST} propositions au plus."
    return [
        Parameter("q", meaning, {"type": "string", "examples": ["perm"]}),
        of_language(),
    ]


def of_facet(narrowed: Narrowed, name: str) -> Parameter:
    words = {} if name in NOT_NAMED else narrowed.words(name)
    values = {value: str(said) for value, said in words.items() if value}
    schema: dict[str, Any] = {"type": "string"}
    if values:
        schema["enum"] = list(values)
    return Parameter(name, OF_FACETS[name], schema, values, is_repeated=True)


def of_language() -> Parameter:
    return one_of(
        "lang",
        "Langue des fiches et des noms. Une fiche qui n’est pas traduite est donnée en français.",
        {code: str(get_language_info(code)["name_translated"]) for code in LANGUAGES},
        SOURCE_LANGUAGE,
    )


def one_of(name: str, meaning: str, values: Mapping[str, str], usual: str) -> Parameter:
    schema = {"type": "string", "enum": list(values), "default": usual}
    return Parameter(name, meaning, schema, values)
