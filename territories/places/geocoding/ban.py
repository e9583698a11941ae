"""The national address base (BAN), as addok answers it: https://adresse.data.gouv.fr/outils/api-doc.

GeoJSON features, the best first, whose properties hold `score` (0 to 1), `type` (housenumber,
street, locality or municipality), `citycode`, `city` and `postcode`.
"""

from __future__ import annotations

import json
from math import isfinite
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from django.core.exceptions import ImproperlyConfigured

from .geocoder import LEAST_SCORE, Found, GeocoderDown, Question

SECONDS = 5
MOST_BYTES = 1 << 20
EXACT = "housenumber"
# The middle of a commune is nobody's address.
APPROXIMATE = {"street", "locality"}


class Ban:
    """`url`: of its search, as https://data.geopf.fr/geocodage/search."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise ImproperlyConfigured("GEOCODER_URL begins with https://")
        self.url = url

    def find(self, question: Question) -> Found | None:
        asked = {"q": question.text[:200], "limit": 1, "autocomplete": 0}
        if question.insee_code:
            asked["citycode"] = question.insee_code
        address = f"{self.url}?{urlencode(asked)}"
        try:
            with urlopen(address, timeout=SECONDS) as response:  # noqa: S310
                answer = json.loads(response.read(MOST_BYTES))
        except (OSError, URLError, ValueError, RecursionError) as error:
            raise GeocoderDown(str(error)) from error
        return best_of(answer)


def best_of(answer: Any) -> Found | None:
    """The first feature, when it is good enough. Raises GeocoderDown for what is no such answer."""
    try:
        features = answer["features"]
        if not features:
            return None
        properties = features[0]["properties"]
        longitude, latitude = map(float, features[0]["geometry"]["coordinates"][:2])
        score, kind = float(properties["score"]), properties["type"]
        insee_code, commune = str(properties.get("citycode", "")), str(properties.get("city", ""))
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise GeocoderDown("an answer of another shape") from error
    if not (isfinite(latitude) and isfinite(longitude)):
        raise GeocoderDown("coordinates that are no numbers")
    if score < LEAST_SCORE or kind not in {EXACT, *APPROXIMATE}:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise GeocoderDown("coordinates that are not on earth")
    return Found(latitude, longitude, insee_code[:5], commune[:100], kind != EXACT)
