from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources_directory.lists.actors import actors
from territories.pages.translations import in_language

from .features import actor_feature, answer, collection
from .kept import kept, stamp_of_actors
from .quarters import grounds


@require_safe
def actors_geojson(request: HttpRequest) -> HttpResponse:
    """`/carte/acteurs.geojson`: the actors of the list that have coordinates, whatever its page."""
    if request.GET:
        return answer(features_of_actors(request))
    stamp = stamp_of_actors(request)
    return answer(kept(request, "actors", stamp, lambda: features_of_actors(request)))


def features_of_actors(request: HttpRequest) -> bytes:
    listing = actors(request)
    found = listing.queryset.filter(latitude__isnull=False, longitude__isnull=False)
    shown = in_language(found.order_by(*listing.ordering), get_language() or "")
    return collection(actor_feature(actor, request) for actor in shown)


@require_safe
def quarters_geojson(request: HttpRequest) -> HttpResponse:
    """`/carte/quartiers.geojson`: the neighbourhoods and communes of the territory of this host."""
    if request.territory is None:
        raise Http404
    return answer(collection(grounds(request.territory)))
