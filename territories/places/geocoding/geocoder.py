"""What a geocoder is asked, and what it answers. Which one, if any, is a setting."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

# Under this, the address may be another one: nothing is better than somewhere else.
LEAST_SCORE = 0.8


class Question(NamedTuple):
    """What of an address is sent: nothing of floors, doors or people."""

    street: str
    postcode: str
    commune: str
    insee_code: str

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.street, self.postcode, self.commune) if part)

    @property
    def key(self) -> str:
        """Under which the answer is kept."""
        return f"{self.text} {self.insee_code}".strip()[:300]


class Found(NamedTuple):
    """`is_approximate`: the middle of a street or of a hamlet, not a door."""

    latitude: float
    longitude: float
    insee_code: str = ""
    commune: str = ""
    is_approximate: bool = False


class GeocoderDown(Exception):
    """It could not be asked, or its answer could not be read; another time perhaps."""


class Geocoder(Protocol):
    def find(self, question: Question) -> Found | None:
        """None when it knows no such address well enough. Raises GeocoderDown."""


def geocoder() -> Geocoder | None:
    """`GEOCODER` names the class, `GEOCODER_URL` where it answers; without an address, none."""
    if not settings.GEOCODER_URL:
        return None
    return import_string(settings.GEOCODER)(settings.GEOCODER_URL)
