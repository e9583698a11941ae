"""The API said for programs: OpenAPI 3.1, made of what the code itself reads and answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.search.narrowing import Narrowed
from territories.open_data.editions import licence

from .access import KEPT_SECONDS
from .examples import ERROR, SEARCH, SUGGESTIONS
from .parameters import Parameter, of_search, of_suggestions
from .schemas import SCHEMAS, named

# Of what is described: it grows with each addition (docs/search.md, « API »).
VERSION = "1.0.0"
ROOT = "/api/v1"

HEADERS = {
    "ETag": "Marque de cette réponse : renvoyée dans « If-None-Match », elle donne 304 tant que "
    "rien n’a changé.",
    "Cache-Control": "Qui peut garder la réponse, et combien de secondes.",
    "Content-Language": "Langue demandée.",
    "Link": "La licence des données et cette description.",
}


def document(request: HttpRequest) -> dict[str, Any]:
    root = request.build_absolute_uri("/").rstrip("/")
    terms = licence()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("API de recherche des Cités de l’emploi"),
            "version": VERSION,
            "description": description(),
            "license": {"name": terms.name, "url": terms.url},
        },
        "servers": [{"url": root + ROOT}],
        "externalDocs": {
            "description": _("L’API de recherche, expliquée"),
            "url": root + reverse("portal_search:api"),
        },
        "paths": {
            "/search/": address(
                "search",
                "Chercher",
                "Événements, services, acteurs et pages, la meilleure réponse d’abord ; avec "
                "chaque réponse, combien en donnerait chaque filtre.",
                of_search(Narrowed(request)),
                answer("Les réponses.", "Search", SEARCH),
            ),
            "/search/suggestions/": address(
                "suggest",
                "Proposer pendant la saisie",
                "Les meilleures fiches pour une question que l’on est en train de taper.",
                of_suggestions(),
                answer("Les propositions.", "Suggestions", SUGGESTIONS),
            ),
        },
        "components": {"schemas": SCHEMAS},
    }


def description() -> str:
    return " ".join(
        [
            "Publique et sans clé, elle se lit par GET depuis n’importe quel site. Sur l’adresse "
            "d’un territoire, elle donne ses fiches ; sur celle du portail national, celles de "
            "tous.",
            limits(),
            f"Une réponse peut être gardée {KEPT_SECONDS} secondes : une page retirée peut être "
            "vue encore aussi longtemps.",
            "Un paramètre qui n’est pas décrit ici est ignoré ; une valeur qui n’existe pas est "
            "refusée.",
            "Les jeux de données entiers sont à /open-data/.",
        ]
    )


def limits() -> str:
    number = settings.SEARCH_API_PER_MINUTE
    if not number:
        return ""
    return f"Depuis une même connexion, {number} questions à la suite, puis {number} par minute."


def address(
    name: str, summary: str, description: str, parameters: list[Parameter], found: dict[str, Any]
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "description": description,
            "parameters": [parameter.described() for parameter in parameters],
            "responses": {
                "200": found,
                "304": {"description": "Rien n’a changé depuis la réponse que vous gardez."},
                "400": wrong("Un paramètre a une valeur qui n’a pas de sens ; la phrase le nomme."),
                "429": {
                    **wrong("Trop de questions à la suite."),
                    "headers": {
                        "Retry-After": {
                            "description": "Secondes à attendre.",
                            "schema": {"type": "integer", "minimum": 1},
                        }
                    },
                },
            },
        }
    }


def answer(description: str, schema: str, example: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "headers": {
            name: {"description": meaning, "schema": {"type": "string"}}
            for name, meaning in HEADERS.items()
        },
        "content": {"application/json": {"schema": named(schema), "example": example}},
    }


def wrong(description: str) -> dict[str, Any]:
    content = {"application/json": {"schema": named("Error"), "example": ERROR}}
    return {"description": description, "content": content}
