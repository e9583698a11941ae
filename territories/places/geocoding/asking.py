"""Asking once: an answer is kept for a year, that there is none for a month."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .geocoder import Found, Geocoder, Question
from .models import GeocodedAddress

KEPT = timedelta(days=365)
# Streets are made, and the base learns of them.
KEPT_IN_VAIN = timedelta(days=30)


def kept_answer(key: str) -> Found | None:
    """What was answered under a key, however long ago."""
    kept = GeocodedAddress.objects.filter(asked=key).first()
    return kept.found if kept is not None else None


def ask(geocoder: Geocoder, question: Question) -> Found | None:
    """Raises GeocoderDown; nothing is kept then."""
    kept = GeocodedAddress.objects.filter(asked=question.key).first()
    if kept is not None:
        is_old = timezone.now() - kept.answered_at > (KEPT if kept.answer else KEPT_IN_VAIN)
        if not is_old:
            return kept.found
    found = geocoder.find(question)
    keep(question.key, found)
    return found


def keep(key: str, found: Found | None) -> None:
    GeocodedAddress.objects.update_or_create(
        asked=key, defaults={"answer": found and list(found), "answered_at": timezone.now()}
    )
