from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from territories.frame import sites
from territories.pages.homes import homes_of_request
from territories.pages.locales import language_of

from .sitemaps import sitemap

# Forms, and what no two visitors see alike.
CLOSED = ("/admin/", "/proposer/", "/recherche/?", "/*/recherche/?", "/*?q=")
KEPT_FOR = {"Cache-Control": "public, max-age=3600"}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Open on public sites. The portal names the sitemaps of every territory too."""
    if settings.IS_INDEXED:
        roots = [root_of(request)]
        if request.territory is None:
            roots += [territory["url"].rstrip("/") for territory in sites()["territories"]]
        index = reverse("territories:sitemaps")
        lines = [f"Disallow: {path}" for path in CLOSED]
        lines += ["", *(f"Sitemap: {root}{index}" for root in roots)]
    else:
        lines = ["Disallow: /"]
    text = "\n".join(["User-agent: *", *lines, ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=KEPT_FOR)


@require_safe
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The index: a sitemap for each language of the site."""
    root = root_of(request)
    addresses = [
        f"{root}{reverse('territories:sitemap', args=[language_of(home.locale_id)])}"
        for home in homes_of_request(request)
    ]
    return xml(request, "territories/discovery/sitemaps.xml", {"addresses": addresses})


@require_safe
def sitemap_of_language(request: HttpRequest, language: str) -> HttpResponse:
    if language not in {language_of(home.locale_id) for home in homes_of_request(request)}:
        raise Http404
    places = sitemap(request, language)
    return xml(request, "territories/discovery/sitemap.xml", {"places": places})


def xml(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    text = render_to_string(template, context, request)
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers=KEPT_FOR)


def root_of(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return site.root_url if site else ""
