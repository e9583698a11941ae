from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.plugins.contributions import Dataset, Extent
from territories.plugins.registry import contributed

from .editions import Edition, licence
from .formats import FORMATS, Format, answer, formats_of


@dataclass(frozen=True)
class Offer:
    """A dataset on the page, with the forms it is to be had in."""

    dataset: Dataset
    formats: Sequence[Format]
    extent: Extent | None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    offers = [
        Offer(one, formats_of(one), one.extent(request.territory) if one.extent else None)
        for one in contributed("DATASETS", request.territory)
    ]
    context = {"offers": offers, "licence": licence()}
    return render(request, "territories/open_data.html", context)


@require_safe
def dataset(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    for found in contributed("DATASETS", request.territory):
        if found.name == name and (form := FORMATS.get(extension)) and form.suits(found):
            extent = found.extent(request.territory) if found.extent else None
            edition = Edition(
                found,
                request.territory,
                found.rows(request.territory),
                source=request.build_absolute_uri(),
                updated=extent.updated if extent else None,
            )
            return answer(edition, form)
    raise Http404(_("Ce jeu de données n’existe pas ici."))
