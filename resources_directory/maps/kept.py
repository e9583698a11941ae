"""Whole maps kept in the cache. What a visitor has narrowed is made for them, and kept nowhere: the
address may say where they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import get_language

from resources_directory.models import ActorPage, ServicePage
from territories.pages.base import SOURCE_LANGUAGE

# Seconds. What is published, hidden, moved or translated shows at once: the stamp tells.
KEPT_FOR = 600


def kept(request: HttpRequest, name: str, stamp: Sequence[Any], make: Callable[[], bytes]) -> bytes:
    """`stamp`: what changes with what is shown. The key says whose, on which host, and for whom."""
    whose = request.territory.pk if request.territory else "portal"
    said = json.dumps([request.get_host(), get_language(), *stamp], default=str)
    key = f"resources_directory:{name}:{whose}:{sha256(said.encode()).hexdigest()}"
    return cache.get_or_set(key, make, KEPT_FOR)


def stamp_of_actors(request: HttpRequest) -> list[Any]:
    """Changes when an actor, its translation or one of its services is published, hidden or moved,
    by anybody, on any machine: it is read from the database."""
    actors = ActorPage.objects.findable().in_territory(request.territory)
    services = ServicePage.objects.findable().in_territory(request.territory)
    found = [
        *published(actors),
        *actors.aggregate(Sum("latitude"), Sum("longitude"), Count("latitude")).values(),
        *published(services),
    ]
    language = get_language()
    if language != SOURCE_LANGUAGE:
        spoken = ActorPage.objects.live().filter(locale__language_code=language)
        found += published(spoken)
    return found


def published(pages: QuerySet) -> list[Any]:
    keys = pages.order_by().aggregate(Count("pk"), Sum("pk"), Max("last_published_at"))
    return list(keys.values())
