"""The second factor: installed, asked at log-in, looked after by its holder."""

from __future__ import annotations

import django_otp
import segno
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from territories.audit.recording import record
from territories.links.links import LinkRefused
from territories.people.accepting import refuse_link
from territories.people.forms import OwnPasswordForm
from territories.people.models import LogInRules

from .devices import (
    begin,
    key_of,
    make_codes,
    paper_of,
    remove,
    standing_of,
    telephone_of,
)
from .forms import CodeForm, FirstCodeForm, RulesForm
from .resetting import holder_of, reset

SECOND_FACTOR = gettext_lazy("Double authentification")


def let_in(request, device) -> None:
    """The session is another one from now on: who knew the old one stays outside."""
    django_otp.login(request, device)
    request.session.cycle_key()


def where_to(request) -> str:
    """Back to the page that was asked, when it is one of ours."""
    then = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        then, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return then if is_ours else reverse("wagtailadmin_home")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class VerifyView(FormView):
    template_name = "territories/people/second_factor/verify.html"
    form_class = CodeForm
    extra_context = {"title": SECOND_FACTOR}

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if request.user.is_verified() or not standing_of(request.user).has_device:
            return redirect(where_to(request))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form) -> HttpResponse:
        let_in(self.request, form.device)
        return redirect(where_to(self.request))

    def form_invalid(self, form) -> HttpResponse:
        status = 429 if form.is_closed else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnrolView(FormView):
    """First the password, so that no session left open installs a stranger's telephone; then
    the telephone shows a code. Whoever has one already removes it first."""

    extra_context = {"title": SECOND_FACTOR}

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        self.standing = standing_of(request.user)
        if self.standing.has_device:
            return redirect("second_factor")
        self.telephone = telephone_of(request.user, confirmed=False)
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_scanning(self) -> bool:
        # Until the password has been said in this session, a key begun elsewhere is not shown.
        begun = self.request.session.get("second_factor_begun")
        return self.telephone is not None and begun == self.telephone.pk

    def get_template_names(self) -> list[str]:
        name = "scan" if self.is_scanning else "begin"
        return [f"territories/people/second_factor/{name}.html"]

    def get_form_class(self):
        return FirstCodeForm if self.is_scanning else OwnPasswordForm

    def get_form_kwargs(self):
        kwargs = {**super().get_form_kwargs(), "user": self.request.user}
        return kwargs if self.is_scanning else {**kwargs, "request": self.request}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs, must_have=self.standing.must_have)
        if self.is_scanning:
            code = segno.make(self.telephone.config_url, error="m", micro=False)
            drawn = code.svg_inline(scale=5, svgclass=None, title=_("Code à scanner"))
            context |= {"drawn": mark_safe(drawn), "key": key_of(self.telephone)}
        return context

    def form_valid(self, form) -> HttpResponse:
        if not self.is_scanning:
            telephone = begin(user=self.request.user)
            self.request.session["second_factor_begun"] = telephone.pk
            return redirect(self.request.get_full_path())
        self.request.session.pop("second_factor_begun", None)
        let_in(self.request, form.device)
        return show_codes(self.request, form.codes, where_to(self.request))


def show_codes(request, codes: list[str], then: str) -> HttpResponse:
    """Once: they are shown in the answer to the form, and at no address."""
    words = {"title": _("Codes de secours"), "codes": codes, "then": then}
    return render(request, "territories/people/second_factor/codes.html", words)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class StatusView(WagtailAdminTemplateMixin, FormView):
    """What one has; with the password, new codes or no second factor any more."""

    template_name = "territories/people/second_factor/status.html"
    form_class = OwnPasswordForm
    page_title = SECOND_FACTOR
    header_icon = "key"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailadmin_account"), "label": _("Compte")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "request": self.request}

    def get_context_data(self, **kwargs):
        paper = paper_of(self.request.user)
        return super().get_context_data(
            **kwargs,
            telephone=telephone_of(self.request.user, confirmed=True),
            codes_left=paper.token_set.count() if paper else 0,
            must_have=standing_of(self.request.user).must_have,
        )

    def form_valid(self, form) -> HttpResponse:
        user = self.request.user
        if not standing_of(user).has_device:
            return redirect("second_factor")
        if "new_codes" in self.request.POST:
            return show_codes(self.request, make_codes(user=user), reverse("second_factor"))
        remove(user=user, removed_by=user)
        messages.success(self.request, _("La double authentification est retirée."))
        return redirect("second_factor")


class RulesView(WagtailAdminTemplateMixin, FormView):
    template_name = "territories/people/second_factor/rules.html"
    form_class = RulesForm
    page_title = gettext_lazy("Règles de connexion")
    header_icon = "key"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        # A role of the national team's alone gives it: see grants.py.
        if not request.user.has_perm("territories.change_loginrules"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("people_teams"), "label": _("Équipe")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": LogInRules.current()}

    def form_valid(self, form) -> HttpResponse:
        rules = form.save()
        state = _("exigée") if rules.asks_second_factor else _("facultative")
        record(
            territory=None,
            action="people.second_factor",
            user=self.request.user,
            about=rules,
            state=state,
        )
        messages.success(self.request, _("Les règles de connexion sont enregistrées."))
        return redirect("people_teams")


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class ResetView(FormView):
    """From a link in the mailbox, with the password: no second factor any more."""

    template_name = "territories/people/second_factor/reset.html"
    form_class = OwnPasswordForm
    extra_context = {"title": SECOND_FACTOR}

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        try:
            self.holder = holder_of(self.kwargs["token"])
            return super().dispatch(request, *args, **kwargs)
        except LinkRefused as refused:
            return refuse_link(request, refused)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.holder, "request": self.request}

    def form_valid(self, form) -> HttpResponse:
        reset(token=self.kwargs["token"])
        logout(self.request)
        messages.success(
            self.request,
            _("La double authentification est retirée. Connectez-vous avec votre mot de passe."),
        )
        return redirect("wagtailadmin_login")
