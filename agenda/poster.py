"""An event as a poster: one sheet to print, for the door of a hall or of a shop."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.pages.translations import address_in, in_language

from .models import EventPage
from .sheet import Sheet


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """`/agenda/<slug>/affiche/`, in the visitor's language where the event speaks it."""
    event = EventPage.objects.findable().filter(territory=request.territory, slug=slug).first()
    if event is None:
        raise Http404(_("Ce rendez-vous n’existe pas ici."))
    language = get_language() or ""
    [event] = in_language([event], language)
    sheet = Sheet(event.shown, request)
    if sheet.line.is_off or sheet.is_past:
        raise Http404(_("Ce rendez-vous n’a pas lieu : il n’a pas d’affiche."))
    address = request.build_absolute_uri(address_in(event.shown, language, request))
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=0, omitsize=True, svgclass=None, lineclass=None
    )
    context = {"sheet": sheet, "shown": event.shown, "address": address, "code": mark_safe(drawn)}
    response = render(request, "agenda/event_poster.html", context)
    # The page of the event says the same, and is the one to be found.
    response["X-Robots-Tag"] = "noindex"
    return response
