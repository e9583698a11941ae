"""Drafts that somebody began and left, the legal pages first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from territories.models import ContentPage, Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.provisioning.legal import LEGAL_PAGES
from territories.tenancy.policies import pages_with

# After this long, nobody comes back to a draft by oneself.
FORGOTTEN_AFTER = timedelta(days=30)
SHOWN = 10


def legal_drafts(territories: Collection[Territory] | Collection[int]) -> QuerySet[ContentPage]:
    """The legal pages that nobody has completed and published yet."""
    return ContentPage.objects.filter(
        territory__in=territories,
        slug__in=[slug for slug, *_texts in LEGAL_PAGES],
        depth=3,
        live=False,
        locale__language_code=SOURCE_LANGUAGE,
    ).order_by("-path")


def unfinished(request: HttpRequest) -> Mapping[str, Any] | None:
    """Of the pages that the person may publish: those whose changes wait for more than a month."""
    limit = timezone.now() - FORGOTTEN_AFTER
    drafts = (
        pages_with(request.user, ("publish",))
        .filter(has_unpublished_changes=True, latest_revision_created_at__lt=limit)
        .order_by("latest_revision_created_at")
    )
    shown = list(drafts[: SHOWN + 1])
    if not shown:
        return None
    return {"drafts": shown[:SHOWN], "has_more": len(shown) > SHOWN}
