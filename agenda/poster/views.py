from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agenda.models import EventPage
from territories.pages.translations import address_in, in_language

from .content import EventPoster, poster_of_event
from .drawing import draw_svg
from .paper import pdf_of, weasyprint

# As long as the feeds: a poster that hangs somewhere is not corrected faster.
KEPT = "public, max-age=900"


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """`/agenda/<slug>/affiche/`, in the visitor's language where the event speaks it."""
    event, found = read(request, slug)
    back = address_in(event.shown, get_language() or "", request)
    context = {"poster": found, "sheet": found.as_html(), "back": back}
    context["has_pdf"] = weasyprint() is not None
    response = render(request, "agenda/poster/page.html", context)
    return not_to_be_found(response)


@require_safe
def poster_pdf(request: HttpRequest, slug: str, size: str) -> HttpResponse:
    """`/agenda/<slug>/affiche-a4.pdf`, `affiche-a5.pdf`."""
    if weasyprint() is None:
        raise Http404(_("Ce site ne fait pas de PDF : imprimez la page de l’affiche."))
    _event, found = read(request, slug)
    response = HttpResponse(pdf_of(found, size), content_type="application/pdf")
    return to_be_kept(response, f"affiche-{slug}-{size}.pdf", is_shown=True)


@require_safe
def poster_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """`/agenda/<slug>/affiche.svg`."""
    _event, found = read(request, slug)
    response = HttpResponse(draw_svg(found), content_type="image/svg+xml")
    return to_be_kept(response, f"affiche-{slug}.svg", is_shown=False)


def read(request: HttpRequest, slug: str) -> tuple[EventPage, EventPoster]:
    """Raises Http404 for what is not this territory's, not published, or does not take place."""
    event = EventPage.objects.findable().filter(territory=request.territory, slug=slug).first()
    if event is None:
        raise Http404(_("Ce rendez-vous n’existe pas ici."))
    [event] = in_language([event], get_language() or "")
    found = poster_of_event(event, request)
    if found is None:
        raise Http404(_("Ce rendez-vous n’a pas lieu : il n’a pas d’affiche."))
    return event, found


def to_be_kept(response: HttpResponse, filename: str, *, is_shown: bool) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(not is_shown, filename)
    response["Cache-Control"] = KEPT
    return not_to_be_found(response)


def not_to_be_found(response: HttpResponse) -> HttpResponse:
    """The page of the event says the same, and is the one to be found."""
    response["X-Robots-Tag"] = "noindex"
    return response
