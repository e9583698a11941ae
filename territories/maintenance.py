"""Closing the whole service for a while: a flag on disk, and a page that needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from .hosts import HEALTH_PATH

# When nobody said how long: what a browser or a search engine is told to wait.
USUALLY = timedelta(minutes=30)


def close(until: datetime | None = None) -> None:
    flag().parent.mkdir(parents=True, exist_ok=True)
    flag().write_text(json.dumps({"until": until.isoformat() if until else None}))


def reopen() -> bool:
    """Whether it was closed."""
    was_closed = flag().exists()
    flag().unlink(missing_ok=True)
    return was_closed


def flag() -> Path:
    return Path(settings.MAINTENANCE_FLAG)


class MaintenanceMiddleware:
    """While the flag is there, every address answers 503, the admin too: whoever closes the
    service is about to change what is under it. Static files and the health check answer as
    ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == HEALTH_PATH:
            return self.get_response(request)
        try:
            said = flag().read_text()
        except FileNotFoundError:
            return self.get_response(request)
        until = read_until(said)
        wait = max(timedelta(minutes=1), until - timezone.now() if until else USUALLY)
        # It says the same in each language; the thread may still speak another visitor's.
        with override(settings.LANGUAGE_CODE):
            page = render_to_string("503.html", {"until": until})
        headers = {"Retry-After": str(int(wait.total_seconds())), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)


def read_until(said: str) -> datetime | None:
    """None when it is not said, is over, or was written by hand and cannot be read."""
    try:
        until = datetime.fromisoformat(json.loads(said)["until"])
    except (ValueError, KeyError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return until if until > timezone.now() else None
