"""Logging in: which name, how many tries, from where. For the admin and for territory hosts.

django-axes counts the failures; the settings that call what is here are in `base.py`.
"""

from __future__ import annotations

import math
from ipaddress import ip_address, ip_network
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from territories.hosts import ADMIN_PATHS


def one_name(username: str | None) -> str:
    """An address is the same in capitals; other names, of older accounts, stay as they are."""
    username = (username or "").strip()
    return username.lower() if "@" in username else username


class AddressBackend(ModelBackend):
    """Django's own, where the name is most often an e-mail address."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        return super().authenticate(request, one_name(username), password, **kwargs)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """For django-axes: capitals give no more tries."""
    tried = credentials or request.POST
    return one_name(tried.get("username"))[:150]


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from, as far as our own proxies know.

    Each proxy adds at the right of X-Forwarded-For whom it answers: only the last
    TRUSTED_PROXIES are ours, what stands before may be anybody's invention. Whoever has one
    address of version 6 has 2⁶⁴ of them: they count as one.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = told[-min(settings.TRUSTED_PROXIES, len(told))].strip() or address
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network(f"{found}/64", strict=False).network_address)


def too_many_tries(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page that django-axes shows instead of any answer; it says nothing of the account."""
    waits = get_cool_off(request)
    is_admin = request.path_info.startswith(ADMIN_PATHS)
    name = "territories/people/too_many_tries.html" if is_admin else "429.html"
    minutes = math.ceil(waits.total_seconds() / 60)
    words = {"minutes": minutes, "title": _("Trop d’essais de suite")}
    answer = render(request, name, words, status=429)
    answer["Retry-After"] = int(waits.total_seconds())
    return answer


class AdminLogInForm(LoginForm):
    error_messages = {
        **LoginForm.error_messages,
        "no_role": _(
            "Ce compte n’a plus de rôle ici. Demandez une invitation à la coordination de votre "
            "territoire."
        ),
    }

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        field = self.fields["username"]
        field.label = _("Adresse e-mail ou identifiant")
        field.widget.attrs.update({"placeholder": "", "autocomplete": "username"})

    def confirm_login_allowed(self, user) -> None:
        super().confirm_login_allowed(user)
        if not user.has_perm("wagtailadmin.access_admin"):
            raise ValidationError(self.error_messages["no_role"], code="no_role")
