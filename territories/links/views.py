"""What every address that was mailed has in common."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.base import View

from .links import LinkRefused


def unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine is to keep what only the reader of a mail was to see."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@method_decorator(never_cache, name="dispatch")
class MailedLinkView(View):
    """Opening the link changes nothing and may be done again; sending the form uses it up.

    On the hosts of territories only. A link that is refused says why, with its status.
    """

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.territory is None:
            raise Http404
        try:
            return unlisted(super().dispatch(request, *args, **kwargs))
        except LinkRefused as refusal:
            context = {"sentence": refusal.sentence}
            template = "territories/links/refused.html"
            return unlisted(render(request, template, context, status=refusal.status))
