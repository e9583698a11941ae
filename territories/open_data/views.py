from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.plugins.registry import contributed


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    datasets = list(contributed("DATASETS", request.territory))
    return render(request, "territories/open_data.html", {"datasets": datasets})


@require_safe
def dataset(request: HttpRequest, name: str) -> StreamingHttpResponse:
    for found in contributed("DATASETS", request.territory):
        if found.name == name:
            response = StreamingHttpResponse(
                json_array(found.rows(request.territory)), content_type="application/json"
            )
            response["Access-Control-Allow-Origin"] = "*"
            return response
    raise Http404(_("Ce jeu de données n’existe pas ici."))


def json_array(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A JSON array, one object a line, written as it is read: a directory may be large."""
    yield "["
    for number, item in enumerate(items):
        yield ",\n" if number else "\n"
        yield json.dumps(item, ensure_ascii=False, cls=DjangoJSONEncoder)
    yield "\n]\n"
