"""The pack of a label in force, on the site of its territory: facts that its page says too."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labelling.models import Label
from territories.sharing.keeping import picture_of
from territories.sharing.picture import LAYOUTS

from .release import KIND, as_docx, release_of
from .story import Story, story_of
from .texts import texts_of

# As long as posters and feeds: what was sent around is not corrected faster.
KEPT = "public, max-age=900"


@require_safe
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """`/label/<number>/faire-savoir/`: every text and picture, ready to be taken."""
    story = told(request, number)
    context = {"story": story, "texts": texts_of(story), "layouts": LAYOUTS.values()}
    return not_to_be_found(render(request, "labelling/promotion/pack.html", context))


@require_safe
def release(request: HttpRequest, number: str) -> HttpResponse:
    """`/label/<number>/communique/`, to be read, printed or copied."""
    story = told(request, number)
    context = {"story": story, "release": release_of(story)}
    return not_to_be_found(render(request, "labelling/promotion/release.html", context))


@require_safe
def release_docx(request: HttpRequest, number: str) -> HttpResponse:
    """`/label/<number>/communique.docx`."""
    response = HttpResponse(as_docx(release_of(told(request, number))), content_type=KIND)
    return to_be_taken(response, f"communique-{number.lower()}.docx")


@require_safe
def card(request: HttpRequest, number: str, layout: str) -> HttpResponse:
    """`/label/<number>/image-carree.png`, `-large`, `-verticale`."""
    story = told(request, number)
    response = HttpResponse(picture_of(story.card, LAYOUTS[layout]), content_type="image/png")
    return to_be_taken(response, f"{number.lower()}-{layout}.png")


def told(request: HttpRequest, number: str) -> Story:
    """Raises Http404 for a label that is over, withdrawn, of another site or of a hidden page."""
    label = (
        Label.objects.active()
        .filter(territory=request.territory, number=number)
        .select_related("page__content_type")
        .first()
        if request.territory
        else None
    )
    story = story_of(label, request) if label else None
    if story is None:
        raise Http404(_("Aucun label en cours ne porte ce numéro ici."))
    return story


def to_be_taken(response: HttpResponse, filename: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = KEPT
    return not_to_be_found(response)


def not_to_be_found(response: HttpResponse) -> HttpResponse:
    """The page of the event, of the action or of the place is the one to be found."""
    response["X-Robots-Tag"] = "noindex"
    return response
