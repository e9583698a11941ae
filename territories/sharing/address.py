"""Where the picture of a page is: an address that changes with what the picture says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.models import Site

from .poster import poster_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


def picture_url(page: Page, request: HttpRequest) -> str:
    """Absolute, on the site that is asked."""
    site = Site.find_for_request(request)
    return f"{site.root_url if site else ''}{picture_path(page, request)}"


def picture_path(page: Page, request: HttpRequest) -> str:
    fingerprint = poster_of(page, request).fingerprint
    return reverse("territories:picture", args=[page.pk, fingerprint])
