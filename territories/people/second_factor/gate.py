"""Nobody who has a second factor, or must have one, goes further in the admin without it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from territories.hosts import ADMIN_PATHS

from .devices import standing_of

VERIFY, ENROL = "second_factor_verify", "second_factor_enrol"
# What needs no log-in, or ends it.
OPEN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "people_accept",
    "second_factor_reset",
}


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.url_name
        if not request.path_info.startswith(ADMIN_PATHS) or name in OPEN:
            return None
        if not request.user.is_authenticated or request.user.is_verified():
            return None
        standing = standing_of(request.user)
        where = VERIFY if standing.has_device else ENROL if standing.must_have else None
        if where is None or name == where:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        # A form that was sent meanwhile is not sent again by itself.
        then = {"next": request.get_full_path()} if request.method == "GET" else {}
        return redirect(f"{reverse(where)}?{urlencode(then)}" if then else reverse(where))
