"""`/label/demander/`: the forms of an application, on the host of its territory."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from territories.links.views import MailedLinkView, unlisted

from .links import application_of


@never_cache
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    if request.territory is None:
        raise Http404
    return unlisted(render(request, "labelling/applying/apply.html"))


class ApplicationView(MailedLinkView):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        application = application_of(token, request.territory)
        context = {"application": application}
        return render(request, "labelling/applying/application.html", context)
