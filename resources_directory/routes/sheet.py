"""What the page of a route says, ready for its template, and the same as places on a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from resources_directory.map_drawing import HEIGHT, WIDTH, in_order
from resources_directory.maps.features import DECIMALS, feature
from resources_directory.sheets import facts
from territories.pages.translations import address_in, said_in

from .course import Course, Stop

# Degrees: a walk around one square fills its drawing.
LEAST = 0.002

if TYPE_CHECKING:
    from django.http import HttpRequest

    from resources_directory.models import RoutePage


def route_sheet(page: RoutePage) -> dict[str, Any]:
    course = page.course
    record = course.record
    return {
        "course": course,
        "stops": course.stops,
        "facts": route_facts(course),
        "drawing": drawing(course),
        "geojson_url": reverse("resources_directory:route_places", args=[record.slug]),
        "gpx_url": reverse("resources_directory:route_gpx", args=[record.slug])
        if course.placed
        else "",
        "tiles": getattr(settings, "MAP_TILES", None),
    }


def route_facts(course: Course) -> list[dict]:
    record, stops = course.record, course.stops
    start = name_of(stops[0]) if stops else ""
    finish = _("Là où l’on est parti") if record.is_loop else name_of(stops[-1]) if stops else ""
    return facts(
        [
            (record.icon, _("Comment y aller"), [record.get_mode_display()]),
            ("target", _("Longueur"), [course.length]),
            ("clock", _("Durée"), [course.duration]),
            ("pin", pgettext("parcours", "Départ"), [start]),
            ("check", pgettext("parcours", "Arrivée"), [finish]),
        ]
    )


def name_of(stop: Stop) -> str:
    shown = stop.actor.shown
    return said_in(shown.title, shown.language)


def drawing(course: Course) -> Mapping[str, Any] | None:
    """The way from stop to stop on a plain ground, for paper and for whoever has no script."""
    placed = course.placed
    if not placed:
        return None
    where = [(stop.point.longitude, stop.point.latitude) for stop in placed]
    points = in_order(where, least=LEAST)
    way = [*points, points[0]] if course.record.is_loop else points
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "way": " ".join(f"{x},{y}" for x, y in way),
        "stops": [(stop.number, x, y) for stop, (x, y) in zip(placed, points, strict=True)],
    }


def places(course: Course, request: HttpRequest) -> Sequence[Mapping[str, Any]]:
    """GeoJSON features (RFC 7946): the way first, then each stop with its number."""
    placed = course.placed
    points = [[round(n, DECIMALS) for n in reversed(stop.point)] for stop in placed]
    features: list[Mapping[str, Any]] = []
    if len(points) > 1:
        way = [*points, points[0]] if course.record.is_loop else points
        line = {"type": "LineString", "coordinates": way}
        features.append({"type": "Feature", "geometry": line, "properties": {}})
    language = get_language() or ""
    for stop in placed:
        shown = stop.actor.shown
        features.append(
            feature(
                stop.id,
                latitude=stop.point.latitude,
                longitude=stop.point.longitude,
                name=shown.title,
                language=shown.language,
                url=address_in(shown, language, request),
                category=stop.actor.need.code if stop.actor.need else "",
                address=stop.actor.address_line,
                said=_("Étape %(number)d") % {"number": stop.number},
                number=stop.number,
            )
        )
    return features
