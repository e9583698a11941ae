"""What hangs on the page of a route. Private, unpublished or a stranger's, it is not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resources_directory.maps.features import answer, collection
from resources_directory.models import RoutePage
from territories.pages.translations import in_language

from .course import Course
from .gpx import gpx
from .sheet import places


def course_at(request: HttpRequest, slug: str) -> Course:
    found = RoutePage.objects.findable().filter(territory=request.territory, slug=slug)
    for route in in_language(found, get_language() or ""):
        return route.shown.course
    raise Http404(_("Ce parcours n’existe pas ici."))


@require_safe
def route_gpx(request: HttpRequest, slug: str) -> HttpResponse:
    response = HttpResponse(gpx(course_at(request, slug), request), "application/gpx+xml")
    response["Content-Disposition"] = content_disposition_header(True, f"{slug}.gpx")
    return response


@require_safe
def route_places(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(collection(places(course_at(request, slug), request)))
