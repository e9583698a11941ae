"""Who reads the private pages of a territory.

The admin's sessions are worth nothing on a territory's host. People of the territory get a pass
there: a cookie that lets them read what is private, on that host, and do nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db.models import Q, QuerySet
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare, salted_hmac

from territories.tenancy.roles import group_prefix

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from territories.models import Territory

COOKIE = "espace_pro"
LIFETIME = timedelta(hours=12)


def reader_of(request: HttpRequest) -> User | None:
    """The person who may read what is private on this host; asked for on private pages alone.

    On the portal, where the admin is, whoever is logged in there.
    """
    if not hasattr(request, "reader"):
        if request.territory is not None:
            request.reader = holder_of_pass(request)
        else:
            request.reader = request.user if request.user.is_authenticated else None
    return request.reader


def readers_in(territory: Territory) -> QuerySet[User]:
    """The people who have a role there, partners included, and the national team."""
    roles = Q(name__startswith=group_prefix(territory)) | Q(name__startswith=group_prefix(None))
    groups = Group.objects.filter(roles).values("pk")
    members = User.groups.through.objects.filter(group__in=groups).values("user")
    return User.objects.filter(is_active=True).filter(Q(is_superuser=True) | Q(pk__in=members))


def may_read(person: User, territory: Territory) -> bool:
    return readers_in(territory).filter(pk=person.pk).exists()


def holder_of_pass(request: HttpRequest) -> User | None:
    """None when the pass is forged, over, another territory's, older than the person's password,
    or when the person has no role in this territory any more."""
    signed = request.get_signed_cookie(
        COOKIE, default="", salt=salt_of(request.territory), max_age=LIFETIME
    )
    key, _colon, seal = signed.partition(":")
    if not key.isdecimal():
        return None
    person = readers_in(request.territory).filter(pk=int(key)).first()
    return person if person and constant_time_compare(seal, seal_of(person)) else None


def give_pass(response: HttpResponse, *, territory: Territory, person: User) -> None:
    # No domain: the cookie goes back to this very host.
    response.set_signed_cookie(
        COOKIE,
        f"{person.pk}:{seal_of(person)}",
        salt=salt_of(territory),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_pass(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def salt_of(territory: Territory) -> str:
    return f"territory {territory.pk}"


def seal_of(person: User) -> str:
    """Changes with the person's password. What sessions keep on the server is not shown."""
    return salted_hmac(
        "territories.private_space", person.get_session_auth_hash(), algorithm="sha256"
    ).hexdigest()


class PrivateAnswersMiddleware:
    """An answer that depended on who reads is kept by no cache and no search engine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "reader"):
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response
