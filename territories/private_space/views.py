"""The log-in of a territory's host: it opens what is private there, and nothing else."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from .forms import LogInForm
from .readers import give_pass, take_pass

# Where the space stands; what the log-in leads to when nothing else was asked for.
ADDRESS = "/espace-pro/"


@sensitive_post_parameters("password", "token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """`?next=`: the private address that was asked for."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.territory is None:
        # Where the admin is, there is one log-in.
        return redirect_to_login(wanted or "/", reverse("wagtailadmin_login"))
    form = LogInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = form.get_user()
        response = HttpResponseRedirect(safe(request, wanted))
        give_pass(response, territory=request.territory, person=person)
        user_logged_in.send(sender=type(person), request=request, user=person)
        return response
    response = render(
        request,
        "territories/private_space/log_in.html",
        {"form": form, "next": wanted},
        status=422 if form.errors else 200,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    response = redirect("/")
    take_pass(response)
    return response


def safe(request: HttpRequest, address: str) -> str:
    """The address, when it is of this host."""
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_own else ADDRESS
