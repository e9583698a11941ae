"""What answers of the API look like, as JSON Schema. Tests hold real answers to it: a member that
is not described here, or described and not there, fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.search.faceting import FACETS

Schema = dict[str, Any]


def of(kind: str | list[str], meaning: str, **more: Any) -> Schema:
    return {"type": kind, "description": meaning, **more}


def whole(members: Mapping[str, Schema], meaning: str = "") -> Schema:
    """An object that has all these members, and no other."""
    schema: Schema = {
        "type": "object",
        "properties": dict(members),
        "required": list(members),
        "additionalProperties": False,
    }
    return {**schema, "description": meaning} if meaning else schema


def array(items: Schema, meaning: str) -> Schema:
    return {"type": "array", "items": items, "description": meaning}


def named(name: str, meaning: str = "") -> Schema:
    reference = {"$ref": f"#/components/schemas/{name}"}
    return {**reference, "description": meaning} if meaning else reference


def optional(kind: str, meaning: str, **more: Any) -> Schema:
    return of([kind, "null"], meaning, **more)


HTML = "HTML sûr : tout y est échappé, et seul <mark>…</mark> entoure les mots trouvés."
URL = {"format": "uri"}

FACET_VALUE = whole(
    {
        "value": of("string", "La valeur, comme dans l’adresse."),
        "label": of("string", "Son nom, dans la langue demandée."),
        "count": of("integer", "Combien de fiches elle donnerait.", minimum=0),
    }
)
RESULT = whole(
    {
        "kind": optional(
            "string",
            "Sorte de fiche, comme dans « kind » ; nulle quand elle est sur un autre site.",
        ),
        "kind_label": of("string", "Son nom, dans la langue demandée."),
        "title": of("string", "Titre, sans balise."),
        "url": of("string", "Adresse de la page.", **URL),
        "territory": optional("string", "Nom court du territoire ; nul pour le portail national."),
        "external_id": optional(
            "string", "Identifiant de la fiche à sa source ; nul quand elle a été écrite ici."
        ),
        "language": of("string", "Langue de la fiche."),
        "summary": of("string", "Résumé, sans balise ; vide quand il n’y en a pas."),
        "place": of("string", "Nom du lieu ; vide quand il n’est pas connu."),
        "latitude": optional("number", "Latitude (WGS84).", minimum=-90, maximum=90),
        "longitude": optional("number", "Longitude (WGS84).", minimum=-180, maximum=180),
        "distance_km": optional(
            "number", "Distance du lieu de « pres », à vol d’oiseau.", minimum=0
        ),
        "next_date": optional(
            "string",
            "Prochaine date (ISO 8601), à l’heure du territoire et avec son décalage.",
            format="date-time",
        ),
        "is_free": optional("boolean", "Gratuit ou non ; nul quand ce n’est pas dit."),
        "is_labelled": of("boolean", "Porte un label en cours."),
        "highlights": whole(
            {"title": of("string", "Le titre."), "text": of("string", "Le passage qui répond.")},
            HTML,
        ),
    }
)
LICENCE = whole(
    {
        "name": of("string", "Licence des données."),
        "url": of("string", "Où la lire.", **URL),
        "attribution": of("string", "À nommer avec les données, et le jour où elles sont lues."),
    }
)
SEARCH = whole(
    {
        "count": of("integer", "Combien de fiches répondent en tout.", minimum=0),
        "page": of("integer", "Page donnée.", minimum=1),
        "per_page": of("integer", "Réponses par page.", minimum=1),
        "previous": optional("string", "Adresse de la page d’avant.", **URL),
        "next": optional("string", "Adresse de la page d’après.", **URL),
        "did_you_mean": optional(
            "string",
            "La question comme elle a été comprise, quand l’un de ses mots n’est écrit nulle part "
            "(« anploi » : emploi). Les réponses sont déjà celles de cette question.",
        ),
        "period": optional(
            "string",
            "La période que la question demande, quand elle ne demande rien d’autre (« que faire "
            "ce week-end » : week-end). Les réponses sont déjà ce qui a lieu alors, sauf si le "
            "paramètre « periode » en choisit une autre.",
        ),
        "is_partial": of(
            "boolean", "Rien ne contient tous les mots : les réponses en contiennent une partie."
        ),
        "facets": whole(
            {name: array(named("FacetValue"), str(FACETS[name].label)) for name in FACETS},
            "Pour chaque filtre, combien donnerait chaque valeur, les autres filtres restant "
            "comme ils sont.",
        ),
        "promoted": array(
            named("Result"),
            "Ce que l’équipe du lieu montre d’abord pour ces mots, sur la première page et sans "
            "filtre. Une fiche peut être aussi dans « results ».",
        ),
        "results": array(named("Result"), "Les fiches, la meilleure d’abord."),
        "licence": named("Licence", "Ce qu’il est permis d’en faire, et qui nommer."),
    }
)
SUGGESTIONS = whole(
    {
        "suggestions": array(
            whole(
                {
                    "title": of("string", "Titre de la fiche, sans balise."),
                    "kind_label": of("string", "Sorte de fiche, dans la langue demandée."),
                    "url": of("string", "Adresse de la page.", **URL),
                    "language": of("string", "Langue du titre."),
                }
            ),
            "Les meilleures fiches, la meilleure d’abord.",
        )
    }
)
ERROR = whole(
    {"error": of("string", "Une phrase qui dit ce qui ne va pas, et nomme le paramètre.")}
)
SCHEMAS = {
    "Search": SEARCH,
    "Result": RESULT,
    "FacetValue": FACET_VALUE,
    "Licence": LICENCE,
    "Suggestions": SUGGESTIONS,
    "Error": ERROR,
}
