"""The page of ours that frames one video: an address that only an editor's block can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from territories.models import Territory


def watch_address(*, territory: Territory | None, url: str, title: str, back: str) -> str:
    """Signed, so that nobody makes a territory show a video of their own choice; `back`: the path
    of the page where the video stands."""
    told = {"url": url, "title": title, "back": back}
    # Without a date: the same page always leads to the same address.
    token = signer_for(territory).sign_object(told, compress=True)
    return reverse("video:watch", args=[token])


def read_token(token: str, territory: Territory | None) -> dict[str, Any] | None:
    try:
        return signer_for(territory).unsign_object(token)
    except signing.BadSignature:
        return None


def signer_for(territory: Territory | None) -> signing.Signer:
    return signing.Signer(salt=f"territories.video:{territory.pk if territory else ''}")
