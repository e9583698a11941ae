"""The routes of the demo: from actor to actor, each stop with its words in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from wagtail.models import Locale

from resources_directory.models import ActorMapPage, RoutePage, RouteStop

if TYPE_CHECKING:
    from .territory import TerritoryLoader


def load_routes(loader: TerritoryLoader) -> None:
    parent = loader.index(ActorMapPage)
    for fact in loader.content.routes:
        known = RoutePage.objects.child_of(parent).filter(slug=fact["slug"]).first()
        stops = {stop.translation_key: stop for stop in known.stops.all()} if known else {}
        found = []
        for position, one in enumerate(fact["stop"]):
            # The same at each loading: translations find their stops by it.
            key = uuid5(loader.bodies.namespace, f"{fact['slug']}/{one['actor']}")
            stop = stops.get(key) or RouteStop(translation_key=key, locale=parent.locale)
            stop.actor, stop.words = loader.actors[one["actor"]], one["words"]
            stop.sort_order = position
            found.append(stop)
        loader.put(
            parent,
            RoutePage,
            fact["slug"],
            title=fact["title"],
            introduction=fact["introduction"],
            mode=fact["mode"],
            is_loop=fact.get("loop", False),
            stops=found,
        )


def translated_route(record: RoutePage, locale: Locale, fact: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a translation: its words, and the stops of the record under their keys."""
    translation = record.get_translation_or_none(locale) or record.copy_for_translation(locale)
    stops = {stop.translation_key: stop for stop in translation.stops.all()}
    found = []
    for kept in record.stops.select_related("actor"):
        stop = stops.get(kept.translation_key) or RouteStop(
            translation_key=kept.translation_key, locale=locale
        )
        stop.actor, stop.sort_order = kept.actor, kept.sort_order
        stop.words = fact["stops"][kept.actor.slug]
        found.append(stop)
    return {"title": fact["title"], "introduction": fact["introduction"], "stops": found}
