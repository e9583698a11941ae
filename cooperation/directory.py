"""The actors that pages of this room name, as visitors may see them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from resources_directory.models import ActorPage
from territories.pages.translations import in_language


def shown_actors(keys: Iterable[int | None]) -> dict[int, ActorPage]:
    """By primary key, each with its `.shown` page: a draft, a private or a closed one is absent."""
    wanted = {key for key in keys if key}
    found = ActorPage.objects.findable().filter(pk__in=wanted) if wanted else ()
    return {actor.pk: actor for actor in in_language(found, get_language() or "")}
