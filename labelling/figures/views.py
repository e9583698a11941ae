"""`/label/chiffres/`: what the label gives, for anybody; small numbers are masked."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from territories.models import Territory
from territories.printing import weasyprint

from . import answers
from .board import Board, public_board
from .sheets import masking_words

# As long as the feeds.
KEPT = "public, max-age=900"


def board_of(request: HttpRequest, *, whole: bool = False) -> Board:
    """Of the territory of this address, or of all of them on the portal; `whole`: of a year, with
    nothing narrowed: a PDF takes a second of a processor, so there are as many as years."""
    own = request.territory
    return public_board(
        [own] if own else list(Territory.objects.with_plugin("labelling").order_by("name")),
        {"annee": request.GET.get("annee")} if whole else request.GET,
        territory=own,
        today=timezone.localdate(),
        base=reverse("labelling:figures"),
    )


@require_safe
def figures(request: HttpRequest) -> HttpResponseBase:
    context = {
        "board": board_of(request),
        "masking": masking_words(),
        "has_pdf": weasyprint() is not None,
    }
    return render(request, "labelling/figures/page.html", context)


@require_safe
def totals(request: HttpRequest, extension: str) -> HttpResponseBase:
    return to_be_kept(answers.totals(board_of(request), extension))


@require_safe
def chart(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    return to_be_kept(answers.chart(board_of(request), name, extension))


@require_safe
def paper(request: HttpRequest) -> HttpResponseBase:
    return to_be_kept(answers.paper(board_of(request, whole=True)))


def to_be_kept(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = KEPT
    # The page says the same, and is the one to be found.
    response["X-Robots-Tag"] = "noindex"
    return response


FIGURES = [
    path("label/chiffres/", figures, name="figures"),
    re_path(r"^label/chiffres/totaux\.(?P<extension>csv|xlsx)$", totals, name="figures_totals"),
    re_path(
        r"^label/chiffres/graphique-(?P<name>[-a-z]+)\.(?P<extension>svg|png)$",
        chart,
        name="figures_chart",
    ),
    path("label/chiffres/rapport.pdf", paper, name="figures_paper"),
]
