"""A link of a letter is followed: one more on that day, and on to where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import F, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsletter.models import FollowedLink, LinkCounting, NewsletterPage

from .addresses import read_token

if TYPE_CHECKING:
    from django.db.models import QuerySet


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Neither a cookie nor an address of the network is read or kept."""
    read = read_token(token)
    if read is None:
        raise Http404(_("Ce lien n’a pas été copié en entier."))
    key, address = read
    # What a browser fetches in advance, nobody has followed.
    is_followed = request.method == "GET" and "Sec-Purpose" not in request.headers
    if is_followed and request.territory is not None:
        count(key, address, request)
    response = HttpResponseRedirect(address)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def count(key: int, address: str, request: HttpRequest) -> None:
    """Where the territory still counts, and the letter is its own and still there."""
    territory = request.territory
    if not LinkCounting.objects.filter(territory=territory).exists():
        return
    if not NewsletterPage.objects.filter(pk=key, territory=territory).exists():
        return
    digest = sha256(address.encode()).hexdigest()
    day = timezone.localdate(timezone=territory.zone)
    row, _is_new = FollowedLink.objects.get_or_create(
        letter_id=key, digest=digest, day=day, defaults={"address": address}
    )
    FollowedLink.objects.filter(pk=row.pk).update(times=F("times") + 1)


def followed(letter: NewsletterPage) -> Sequence[dict]:
    """`address` and `times` of each link of a letter, the most followed first."""
    found: QuerySet = FollowedLink.objects.filter(letter=letter).order_by()
    return found.values("address").annotate(times=Sum("times")).order_by("-times", "address")
