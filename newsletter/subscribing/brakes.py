"""How often strangers can make this site write to one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from newsletter.models.subscribers import digest_of

if TYPE_CHECKING:
    from territories.models import Territory

HOUR = 3600
# By all the territories together.
AT_MOST = 3


def may_mail(territory: Territory, email: str, *, about: str = "letters") -> bool:
    """One message an hour from a territory about one thing, counted at once; three from all.

    What counts is kept under a keyed hash, in the cache alone.
    """
    if not cache.add(f"newsletter:mailed:{about}:{digest_of(territory, email)}", True, HOUR):
        return False
    digest = salted_hmac("newsletter.mailed", email.strip().lower()).hexdigest()
    return any(cache.add(f"newsletter:mailed:{digest}:{n}", True, HOUR) for n in range(AT_MOST))
