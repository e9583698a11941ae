from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from portal.search import ranking
from portal.search.queries import Asked
from portal.search.suggestions import suggestions
from territories.pages.base import SOURCE_LANGUAGE

from . import answers, openapi
from .access import asking, open_to_all, typing
from .questions import NotHere, Question


@open_to_all(asking)
def search(request: HttpRequest) -> dict[str, Any]:
    """The documents of one page of answers, best first; without `q`, all that may be found."""
    question = Question(request)
    asked = question.asked()
    found = ranking.find(asked, question.start, question.start + question.per_page)
    return answers.whole(request, question, asked, found)


@open_to_all(typing)
def suggest(request: HttpRequest) -> dict[str, Any]:
    """At most six records whose words begin so, best first; none before three letters."""
    asked = Asked(
        text=request.GET.get("q", ""),
        territory=request.territory,
        language=get_language() or SOURCE_LANGUAGE,
    )
    root = Site.find_for_request(request).root_url
    return {
        "suggestions": [
            {
                "title": one.title,
                "kind_label": str(one.kind),
                "url": root + one.url if request.territory else one.url,
                "language": one.language,
            }
            for one in suggestions(asked, root)
        ]
    }


@open_to_all()
def describe(request: HttpRequest) -> dict[str, Any]:
    return openapi.document(request)


@open_to_all()
def not_found(request: HttpRequest, **kwargs: str) -> dict[str, Any]:
    raise NotHere(_("Cette adresse n’existe pas. L’API est décrite à /api/v1/openapi.json."))
