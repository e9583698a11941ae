"""Answers as they might be; a test holds them to `schemas.py`."""

from __future__ import annotations

from typing import Any

from portal.search.faceting import FACETS, FREE, KIND
from territories.open_data.editions import licence

SEARCH: dict[str, Any] = {
    "count": 21,
    "page": 1,
    "per_page": 20,
    "previous": None,
    "next": "https://exemple.fr/api/v1/search/?q=permi&page=2",
    "did_you_mean": "permis",
    "period": None,
    "is_partial": False,
    "facets": {
        **{name: [] for name in FACETS},
        KIND: [
            {"value": "service", "label": "Services", "count": 15},
            {"value": "event", "label": "Événements", "count": 6},
        ],
        FREE: [{"value": "oui", "label": "Gratuit", "count": 9}],
    },
    "promoted": [],
    "results": [
        {
            "kind": "event",
            "kind_label": "Événement",
            "title": "Financer son permis",
            "url": "https://exemple.fr/agenda/financer-son-permis/",
            "territory": "exemple",
            "external_id": None,
            "language": "fr",
            "summary": "Les aides, et comment les demander.",
            "place": "Maison de quartier",
            "latitude": 43.5701,
            "longitude": 1.4012,
            "distance_km": None,
            "next_date": "2026-12-03T09:30:00+01:00",
            "is_free": True,
            "is_labelled": True,
            "highlights": {
                "title": "Financer son <mark>permis</mark>",
                "text": "Les aides, et comment les demander.",
            },
        }
    ],
    "licence": {**licence()._asdict(), "attribution": "Cité de l’emploi d’exemple"},
}
SUGGESTIONS: dict[str, Any] = {
    "suggestions": [
        {
            "title": "Financer son permis",
            "kind_label": "Événement",
            "url": "https://exemple.fr/agenda/financer-son-permis/",
            "language": "fr",
        }
    ]
}
ERROR = {"error": "« page » est un nombre entier, à partir de 1."}
