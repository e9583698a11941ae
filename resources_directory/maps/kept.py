"""Whole maps kept in the cache. What a visitor has narrowed is made for them, and kept nowhere: the
address may say where they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Sum
from django.http import HttpRequest
from django.utils.translation import get_language

from resources_directory.models import ActorPage, ServicePage
from territories.pages.base import SOURCE_LANGUAGE

# Seconds. What is published, hidden, moved or translated shows at once: the stamp tells.
KEPT_FOR = 600
# What an address may say and still ask for the whole map.
WHOLE = {"vue", "page"}
CHANGES = (Count("pk"), Sum("pk"), Max("last_published_at"))


def kept(request: HttpRequest, name: str, stamp: Sequence[Any], make: Callable[[], bytes]) -> bytes:
    """`stamp`: what changes with what is shown. The key says whose, on which host, and for whom."""
    whose = request.territory.pk if request.territory else "portal"
    said = json.dumps([request.get_host(), get_language(), *stamp], default=str)
    key = f"resources_directory:{name}:{whose}:{sha256(said.encode()).hexdigest()}"
    return cache.get_or_set(key, make, KEPT_FOR)


def is_narrowed(request: HttpRequest) -> bool:
    """Whether the address asks for something else than the whole map."""
    return not request.GET.keys() <= WHOLE


def stamp_of_sheets(request: HttpRequest) -> list[Any]:
    """Changes when an actor, a service or a translation of theirs is published, hidden or moved, by
    anybody, on any machine: it is read from the database."""
    found: list[Any] = []
    language = get_language()
    for model in (ActorPage, ServicePage):
        shown = model.objects.findable().in_territory(request.territory).order_by()
        found += shown.aggregate(*CHANGES, Sum("latitude"), Sum("longitude")).values()
        if language != SOURCE_LANGUAGE:
            spoken = model.objects.live().filter(locale__language_code=language).order_by()
            found += spoken.aggregate(*CHANGES).values()
    return found
