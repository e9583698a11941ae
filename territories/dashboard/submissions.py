"""What waits for the person's decision, and what became of what the person submitted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from territories.review.models import waiting_for
from territories.tenancy.policies import explorable_pages

SHOWN = 10


def to_review(request: HttpRequest) -> Mapping[str, Any] | None:
    found = (
        waiting_for(request.user)
        .select_related("revision__user", "workflow_state__requested_by")
        .order_by("started_at")
    )
    shown = list(found[: SHOWN + 1])
    if not shown:
        return None
    pages = Page.objects.in_bulk([state.revision.object_id for state in shown])
    return {
        "waiting": [
            (pages[key], state.workflow_state.requested_by, state.started_at)
            for state in shown[:SHOWN]
            if (key := int(state.revision.object_id)) in pages
        ],
        "all_url": all_url("reviewable=true") if len(shown) > SHOWN else "",
    }


def submitted(request: HttpRequest) -> Mapping[str, Any] | None:
    """Wagtail's own panel names pages that one wrote for a territory one has left."""
    found = (
        WorkflowState.objects.active()
        .filter(requested_by=request.user)
        .order_by("-created_at")
        .values_list("object_id", "status")
    )
    shown = list(found[: SHOWN + 1])
    keys = [key for key, _status in shown if key.isdecimal()]
    pages = explorable_pages(request.user).in_bulk(keys) if keys else {}
    rows = [
        (pages[int(key)], status == WorkflowState.STATUS_NEEDS_CHANGES)
        for key, status in shown[:SHOWN]
        if key.isdecimal() and int(key) in pages
    ]
    if not rows:
        return None
    return {
        "submitted": rows,
        "all_url": all_url(f"requested_by={request.user.pk}") if len(shown) > SHOWN else "",
    }


def all_url(query: str) -> str:
    return f"{reverse('wagtailadmin_reports:workflow')}?{query}"
