"""How a page of results says how its search ended.

The page is everybody's and may come from a cache: it carries no token, but a stamp, signed, of what
was searched for and whether something was found. A small script sends the stamp back with what
became of the search; nothing else is sent, and without it nothing is counted.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.search.queries import Asked
from territories.people.brakes import place_of

from .counting import Ending
from .readable import folded_words

HOUR = 3600
# From one place in an hour; the rest is not counted.
TOLD_AT_MOST = 60
MACHINES = re.compile(r"bot|crawl|spider|slurp|headless|preview|monitor|python|curl", re.IGNORECASE)


def telling(request: HttpRequest, asked: Asked, *, is_answered: bool) -> dict[str, Any]:
    """What the page hands to the script; empty when this search is not to be counted: filters and
    further pages belong to a search that was counted already."""
    if not asked.wording or set(request.GET) != {"q"}:
        return {}
    day = timezone.localdate().isoformat()
    said = [asked.shown_text, is_answered, day]
    return {
        "stamp": signer(request).sign_object(said),
        "ending": Ending.LEFT if is_answered else Ending.NOTHING,
    }


def read_stamp(request: HttpRequest, stamp: str) -> tuple[str, bool]:
    """What was searched for, and whether something was found. Raises BadSignature for what this
    site has not said today or yesterday."""
    try:
        text, has_results, day = signer(request).unsign_object(stamp)
        age = timezone.localdate() - date.fromisoformat(day)
    except (ValueError, TypeError) as error:
        raise signing.BadSignature from error
    if not timedelta(0) <= age <= timedelta(days=1):
        raise signing.BadSignature
    return text, has_results


def signer(request: HttpRequest) -> signing.Signer:
    """A stamp of another territory is worth nothing here."""
    return signing.Signer(salt=f"portal.search.insight@{request.get_host()}")


def comes_from_here(request: HttpRequest) -> bool:
    """Browsers say where a POST comes from."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def is_to_be_counted(request: HttpRequest, text: str) -> bool:
    """Not a machine, and not the same words twice in an hour from one place.

    The place itself is kept nowhere: the cache holds a keyed hash of it, which cannot be compared
    with that of another hour.
    """
    if MACHINES.search(request.headers.get("User-Agent", "")):
        return False
    place = place_of(request, "portal.search.insight")
    counter = f"portal.search.insight:{place}"
    told = cache.get(counter, 0)
    if told >= TOLD_AT_MOST:
        return False
    cache.set(counter, told + 1, HOUR)
    words = f"{request.get_host()} {folded_words(text)}"
    return cache.add(f"portal.search.insight:{salted_hmac(place, words).hexdigest()}", True, HOUR)
