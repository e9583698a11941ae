from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from resources_directory.lists.actors import ActorList
from resources_directory.lists.guide import Guide

from .features import actor_feature, answer, collection, spot_feature
from .kept import is_narrowed, kept, stamp_of_sheets
from .quarters import grounds


@require_safe
def actors_geojson(request: HttpRequest) -> HttpResponse:
    """`/carte/acteurs.geojson`: the actors of the list that have coordinates, whatever its page."""
    return whole_or_narrowed(request, "actors", features_of_actors)


def features_of_actors(request: HttpRequest) -> bytes:
    listing = ActorList(request).listing
    shown = (actor for actor in listing.read(listing.keys) if actor.has_coordinates)
    return collection(actor_feature(actor, request) for actor in shown)


@require_safe
def services_geojson(request: HttpRequest) -> HttpResponse:
    """`/guide/aides.geojson`: where the services of the guide are given, whatever its page."""
    return whole_or_narrowed(request, "services", features_of_services)


def features_of_services(request: HttpRequest) -> bytes:
    spots = Guide(request, path=request.path.removesuffix("aides.geojson")).spots
    return collection(map(spot_feature, spots.named(spots.all)))


def whole_or_narrowed(
    request: HttpRequest, name: str, features: Callable[[HttpRequest], bytes]
) -> HttpResponse:
    """A whole map is kept; what a visitor narrowed is read anew."""
    if is_narrowed(request):
        return answer(features(request))
    stamp = stamp_of_sheets(request)
    return answer(kept(request, name, stamp, lambda: features(request)))


@require_safe
def quarters_geojson(request: HttpRequest) -> HttpResponse:
    """`/carte/quartiers.geojson`: the neighbourhoods and communes of the territory of this host."""
    if request.territory is None:
        raise Http404
    return answer(collection(grounds(request.territory)))
