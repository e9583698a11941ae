"""Drafts that somebody began and left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from territories.tenancy.policies import pages_with

# After this long, nobody comes back to a draft by oneself.
FORGOTTEN_AFTER = timedelta(days=30)
SHOWN = 10


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
