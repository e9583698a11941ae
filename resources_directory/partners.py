"""« Partenaires de cette fiche »: who speaks for an actor, named by the coordination."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django.views.generic.base import View
from wagtail.admin import messages

from territories.pages.editor import BesideTheEditor
from territories.people.invitations import accounts_of, invite
from territories.people.members import members_of, name_of
from territories.plugins.registry import works_in
from territories.tenancy.roles import territories_where

from .members import PARTNER, add_partner, remove_partner
from .models import ActorMember, ActorPage

NAME = "resources_directory.add_actormember"


class PartnerForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Adresse e-mail"),
        help_text=gettext_lazy(
            "Sans compte ici, la personne reçoit une invitation. Elle proposera des changements, "
            "et n’en fera aucun elle-même."
        ),
    )
    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=150, required=False)
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=150, required=False)


class OfActorMixin:
    """Of one actor, for whoever names its partners; 404 for a stranger, who learns nothing."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.actor = get_object_or_404(ActorPage, pk=kwargs["page_id"]).record
        if not names_partners(request.user, self.actor):
            if self.actor.permissions_for_user(request.user).can_edit():
                raise PermissionDenied
            raise Http404

    @property
    def address(self) -> str:
        return reverse("resources_directory_partners", args=[self.actor.pk])


class PartnersView(OfActorMixin, BesideTheEditor, FormView):
    form_class = PartnerForm
    template_name = "resources_directory/partners.html"
    header_icon = "group"

    @property
    def edited(self) -> ActorPage:
        return self.actor

    def form_valid(self, form) -> HttpResponse:
        email = form.cleaned_data["email"]
        # Whoever is somewhere else only is invited: that they have an account is not for us to say.
        known = members_of(self.actor.territory).filter(pk__in=accounts_of(email)).first()
        try:
            if known is not None:
                add_partner(actor=self.actor, user=known, named_by=self.request.user)
                said = _("%(email)s peut maintenant proposer des changements sur cette fiche.")
            else:
                invite(
                    territory=self.actor.territory,
                    email=email,
                    roles=[PARTNER],
                    invited_by=self.request.user,
                    first_name=form.cleaned_data["first_name"],
                    last_name=form.cleaned_data["last_name"],
                    payload={"actor": self.actor.pk},
                )
                said = _("Une invitation est envoyée à %(email)s.")
        except ValidationError as error:
            for sentence in error.messages:
                form.add_error("email", sentence)
            return self.form_invalid(form)
        messages.success(self.request, said % {"email": email})
        return redirect(self.address)

    def get_page_title(self):
        return _("Partenaires de cette fiche")

    @cached_property
    def members(self) -> list[ActorMember]:
        return list(self.actor.members.select_related("user").order_by("user__email"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, members=self.members, actor=self.actor)


class RemovePartnerView(OfActorMixin, View):
    def post(self, request: HttpRequest, page_id: int, member_id: int) -> HttpResponse:
        member = get_object_or_404(self.actor.members.select_related("user"), pk=member_id)
        remove_partner(actor=self.actor, user=member.user, removed_by=request.user)
        messages.success(
            request,
            _("%(name)s ne propose plus rien sur cette fiche.") % {"name": name_of(member.user)},
        )
        return redirect(self.address)


def names_partners(user, actor: ActorPage) -> bool:
    return (
        actor.territory is not None
        and works_in("resources_directory", actor.territory)
        and territories_where(user, NAME).filter(pk=actor.territory_id).exists()
    )


URLS = [
    path(
        "resources-directory/<int:page_id>/partners/",
        PartnersView.as_view(),
        name="resources_directory_partners",
    ),
    path(
        "resources-directory/<int:page_id>/partners/<int:member_id>/remove/",
        RemovePartnerView.as_view(),
        name="resources_directory_remove_partner",
    ),
]
