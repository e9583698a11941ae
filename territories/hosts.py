from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from wagtail.models import Site

from .pages.routing import route_from_home
from .plugins.themes import answering
from .territory import NO_ADDRESS, Territory

# Answers on any host: whoever watches the service may not know the territories' names.
HEALTH_PATH = "/healthz"
ADMIN_PATHS = ("/admin/", "/documents/admin/")
# Wagtail's second log-in, and its doors of pages and documents that have a password of their own:
# nothing leads to them, and they would let people try without end.
CLOSED_NAMES = {
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_authenticate_with_password",
}


def speaking(request: HttpRequest) -> override:
    """For what answers before LocaleMiddleware: the language of the address, and not that of the
    visitor before, which the thread still speaks."""
    return override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)


def gone(territory: Territory) -> HttpResponse:
    """What an archived territory answers at each of its addresses, until it is brought back."""
    # The frame of pages asks this module for the admin's addresses.
    from .frame import portal_url

    page = render_to_string("410.html", {"closed": territory.name, "portal_url": portal_url()})
    headers = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    return HttpResponse(page, status=410, headers=headers)


class HostMiddleware:
    """Gives the request its site and its territory; None stands for the national portal.

    An unknown host gets 400: one misdirected domain must not show another body's content. An
    archived territory answers 410.
    The admin answers on the portal's host alone, and its sessions are worth nothing elsewhere.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.territory = None
        if request.path_info == HEALTH_PATH:
            return self.get_response(request)
        site = Site.find_for_request(request)
        host = request.get_host().rsplit(":", 1)[0].rstrip(".").lower()
        is_known = site is not None and site.hostname.lower() == host
        if not is_known or host.endswith(NO_ADDRESS):
            with speaking(request):
                page = render_to_string("400.html", {"unknown_host": host})
            return HttpResponse(page, status=400)
        if not site.is_default_site:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            request.territory = Territory.objects.select_related("logo").filter(site=site).first()
            if request.territory is not None:
                request.territory.site = site
                if request.territory.archived_on:
                    with speaking(request):
                        return gone(request.territory)
        with answering(request):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> None:
        name = request.resolver_match.url_name
        if name in CLOSED_NAMES:
            raise Http404
        if request.path_info.startswith(ADMIN_PATHS):
            if not Site.find_for_request(request).is_default_site:
                raise Http404
        elif name == "wagtail_serve":
            route_from_home(request, args[0])
