"""Slowing down whoever asks too often, without keeping who it is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .log_in import address_of

MINUTE = 60


def place_of(request: HttpRequest, purpose: str) -> str:
    """Where a request comes from, as a key to count under: a keyed hash of its address, which
    cannot be compared with that of another purpose, nor with that of another hour."""
    hour = f"{timezone.now():%Y-%m-%dT%H}"
    return salted_hmac(f"{purpose}:{hour}", address_of(request) or "unknown").hexdigest()


@dataclass(frozen=True)
class Brake:
    """`per_minute()` requests at once from one address, then as many a minute, evenly; 0: as many
    as it likes. Two at the same instant may count as one: it is a brake, not a lock. Without a
    cache, or an address, nobody is held up."""

    purpose: str
    per_minute: Callable[[], int]

    def wait(self, request: HttpRequest) -> int:
        """Seconds until this request may come; 0 when it may now, which is then counted."""
        if not (per_minute := self.per_minute()) or address_of(request) is None:
            return 0
        every, now = MINUTE / per_minute, time.time()
        try:
            key = f"territories:brake:{place_of(request, self.purpose)}"
            # The moment at which all that was asked would have been asked evenly.
            even = max(cache.get(key, now), now) + every
            if even > now + MINUTE:
                return math.ceil(even - now - MINUTE)
            cache.set(key, even, 2 * MINUTE)
        except Exception:
            # Whatever the cache raises when it is down: each has errors of its own.
            return 0
        return 0
