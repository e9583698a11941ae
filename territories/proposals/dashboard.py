"""What waits, on the admin's home: for who decides, and for who offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from territories.tenancy.roles import territories_where

from .models import Proposal
from .sheets import DECIDE, PROPOSE

SHOWN = 10


def waiting_proposals(request: HttpRequest) -> Mapping[str, Any] | None:
    found = (
        Proposal.objects.open()
        .waiting()
        .filter(territory__in=territories_where(request.user, DECIDE))
        .select_related("page", "user", "territory")
        .order_by("created_at", "pk")
    )
    return cut(found)


def own_proposals(request: HttpRequest) -> Mapping[str, Any] | None:
    """Of a partner: what still waits, and the latest answers."""
    found = (
        Proposal.objects.open()
        .filter(user=request.user, territory__in=territories_where(request.user, PROPOSE))
        .exclude(state="withdrawn")
        .select_related("page")
    )
    return cut(found)


def cut(found) -> Mapping[str, Any] | None:
    proposals = list(found[: SHOWN + 1])
    if not proposals:
        return None
    return {"proposals": proposals[:SHOWN], "has_more": len(proposals) > SHOWN}
