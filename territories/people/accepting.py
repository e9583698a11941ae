"""The page of an invitation, which only the holder of the link sees."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages

from territories.links.links import LinkRefused, open_link

from .forms import NewcomerForm, OwnPasswordForm
from .invitations import accept, accept_as_newcomer, accounts_of
from .members import labels_of
from .models import PURPOSE, Invitation

BACKEND = "territories.people.log_in.AddressBackend"


def refuse_link(request: HttpRequest, refused: LinkRefused) -> HttpResponse:
    """A page that says why the link opens nothing, and what to do."""
    words = {"title": _("Ce lien n’ouvre rien"), "sentence": refused.sentence}
    return render(request, "territories/people/link_refused.html", words, status=refused.status)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptView(FormView):
    """Newcomers choose a password; whoever has an account says theirs, or is logged in already."""

    template_name = "territories/people/accept.html"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        try:
            open_link(self.kwargs["token"], PURPOSE)
            return super().dispatch(request, *args, **kwargs)
        except LinkRefused as refused:
            # On the way in, or because somebody was faster.
            return refuse_link(request, refused)

    @cached_property
    def invitation(self) -> Invitation:
        link = open_link(self.kwargs["token"], PURPOSE)
        return Invitation.objects.select_related("territory").get(pk=link.pk)

    @cached_property
    def account(self) -> User | None:
        """The account to log in with, if any. One without a password is as good as none."""
        email = self.invitation.email
        if self.request.user.is_authenticated:
            own = accounts_of(email).filter(pk=self.request.user.pk).first()
            if own is not None:
                return own
        found = [user for user in accounts_of(email) if user.has_usable_password()]
        return next((user for user in found if user.get_username() == email), None) or next(
            iter(found), None
        )

    @property
    def is_own_session(self) -> bool:
        return self.account is not None and self.account.pk == self.request.user.pk

    def get_form_class(self) -> type[forms.Form]:
        if self.account is None:
            return NewcomerForm
        return forms.Form if self.is_own_session else OwnPasswordForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.account is None:
            email = self.invitation.email
            kwargs["user"] = User(username=email, email=email)
            kwargs["initial"] = {
                "first_name": self.invitation.first_name,
                "last_name": self.invitation.last_name,
            }
        elif not self.is_own_session:
            kwargs |= {"request": self.request, "user": self.account}
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            title=_("Rejoindre l’équipe"),
            invitation=self.invitation,
            labels=labels_of(self.invitation.territory, self.invitation.roles),
        )

    def form_valid(self, form) -> HttpResponse:
        token = self.kwargs["token"]
        user = self.account
        if user is not None:
            accept(token=token, user=user)
        else:
            try:
                user = accept_as_newcomer(
                    token=token,
                    email=self.invitation.email,
                    password=form.cleaned_data["new_password1"],
                    first_name=form.cleaned_data["first_name"],
                    last_name=form.cleaned_data["last_name"],
                )
            except IntegrityError:
                # Another invitation made the account meanwhile: this page asks for its password.
                return redirect(self.request.path)
        if not self.is_own_session:
            login(self.request, user, backend=BACKEND)
        messages.success(self.request, _("C’est fait : vous faites partie de l’équipe."))
        return redirect("wagtailadmin_home")
