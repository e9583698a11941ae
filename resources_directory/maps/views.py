from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources_directory.lists.actors import actors
from territories.pages.translations import in_language

from .features import actor_feature, answer, collection


@require_safe
def actors_geojson(request: HttpRequest) -> HttpResponse:
    """`/carte/acteurs.geojson`: the actors of the list that have coordinates, whatever its page."""
    listing = actors(request)
    found = listing.queryset.filter(latitude__isnull=False, longitude__isnull=False)
    shown = in_language(found.order_by(*listing.ordering), get_language() or "")
    return answer(collection(actor_feature(actor, request) for actor in shown))
