"""The menu « Équipe »: the people of a territory, for its coordination and the national team."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from territories.tenancy.roles import NATIONAL, is_national, roles_of

from .forms import HandOverForm, InviteForm, RolesForm
from .handing_over import duties_of, hand_over
from .invitations import invite, send_again, withdraw
from .members import change_roles, codes_here, members_of, name_of, remove_member, roles_here
from .models import Invitation
from .of_team import NATIONAL_TEAM, TEAM, OfTeamMixin, OfTeamView
from .oversight import territories_overseen
from .second_factor.devices import has_telephone
from .second_factor.resetting import ask_for_reset


class TeamsView(WagtailAdminTemplateMixin, TemplateView):
    """Which team? Whoever looks after one goes straight there."""

    template_name = "territories/people/teams.html"
    page_title = TEAM
    header_icon = "group"

    @property
    def header_buttons(self):
        if not self.request.user.has_perm("territories.change_loginrules"):
            return []
        address = reverse("second_factor_rules")
        return [HeaderButton(label=_("Règles de connexion"), url=address, icon_name="key")]

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.territories = list(territories_overseen(request.user).order_by("name"))
        sees_all = is_national(request.user)
        if not self.territories and not sees_all:
            raise Http404
        if len(self.territories) == 1 and not sees_all:
            return redirect("people_team", self.territories[0].slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        teams = [(territory.name, territory.slug) for territory in self.territories]
        if self.request.user.is_superuser:
            teams.insert(0, (NATIONAL_TEAM, NATIONAL))
        return super().get_context_data(**kwargs, teams=teams)


class TeamView(OfTeamView, TemplateView):
    template_name = "territories/people/team.html"

    def get_page_title(self):
        return self.team_name

    @property
    def header_buttons(self):
        return [
            HeaderButton(
                label=_("Inviter quelqu’un"),
                url=reverse("people_invite", args=[self.owner]),
                icon_name="plus",
            )
        ]

    def get_context_data(self, **kwargs):
        members = list(members_of(self.territory).annotate(has_telephone=has_telephone()))
        for member in members:
            member.shown_name = name_of(member)
            member.labels = list(roles_here(member, self.territory).values())
        invitations = list(Invitation.objects.waiting(self.territory))
        roles = roles_of(self.territory)
        for invitation in invitations:
            invitation.labels = [roles[code].label for code in invitation.roles if code in roles]
            invitation.is_ours = set(invitation.roles) <= set(self.codes)
        return super().get_context_data(**kwargs, members=members, invitations=invitations)


class InviteView(OfTeamView, FormView):
    template_name = "territories/people/invite.html"
    form_class = InviteForm

    def get_page_title(self):
        return _("Inviter quelqu’un")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "territory": self.territory, "codes": self.codes}

    def form_valid(self, form) -> HttpResponse:
        try:
            invitation = invite(
                territory=self.territory, invited_by=self.request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        sentence = _("L’invitation est envoyée à %(email)s. Elle est valable sept jours.")
        messages.success(self.request, sentence % {"email": invitation.email})
        return self.back()


class InvitationStep(OfTeamMixin, View):
    """A button beside an invitation that waits."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs) -> HttpResponse:
        raise NotImplementedError

    def done(self, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence % {"email": self.invitation.email})
        return self.back()


class SendAgainView(InvitationStep):
    def post(self, request, *args, **kwargs) -> HttpResponse:
        send_again(invitation=self.invitation, sent_by=request.user)
        return self.done(_("L’invitation est repartie vers %(email)s. L’ancien lien ne sert plus."))


class WithdrawView(InvitationStep):
    def post(self, request, *args, **kwargs) -> HttpResponse:
        withdraw(invitation=self.invitation, withdrawn_by=request.user)
        return self.done(_("L’invitation de %(email)s est retirée."))


class OfMemberView(OfTeamView, FormView):
    """Something done with one member; what is refused is said on the same page."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        self.name = name_of(self.member)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.name

    def form_valid(self, form) -> HttpResponse:
        try:
            sentence = self.carry_out(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, sentence % {"name": self.name})
        return self.back()

    def carry_out(self, form) -> str:
        """Do it, and say so in a sentence that may name `%(name)s`."""
        raise NotImplementedError


class RolesView(OfMemberView):
    template_name = "territories/people/roles.html"
    form_class = RolesForm

    def get_page_title(self):
        return _("Changer les rôles")

    def get_form_kwargs(self):
        had = codes_here(self.member)
        return {
            **super().get_form_kwargs(),
            "territory": self.territory,
            "codes": self.codes,
            "keeps_others": bool(had - set(self.codes)),
            "initial": {"roles": sorted(had & set(self.codes))},
        }

    def carry_out(self, form) -> str:
        change_roles(
            territory=self.territory,
            user=self.member,
            roles=form.cleaned_data["roles"],
            changed_by=self.request.user,
            among=self.codes,
        )
        return _("Les rôles de %(name)s sont changés.")


class RemoveView(OfMemberView):
    form_class = Form
    template_name = "territories/people/remove.html"

    def get_page_title(self):
        return _("Retirer de l’équipe")

    def carry_out(self, form) -> str:
        remove_member(territory=self.territory, user=self.member, removed_by=self.request.user)
        return _("%(name)s ne fait plus partie de l’équipe.")


class HandOverView(OfMemberView):
    template_name = "territories/people/hand_over.html"
    form_class = HandOverForm

    def get_page_title(self):
        return _("Passer le relais")

    def get_form_kwargs(self):
        successors = members_of(self.territory).filter(is_active=True).exclude(pk=self.member.pk)
        return {**super().get_form_kwargs(), "successors": successors}

    def get_context_data(self, **kwargs):
        duties = duties_of(self.member, self.territory)
        return super().get_context_data(**kwargs, duties=duties)

    def carry_out(self, form) -> str:
        successor = form.cleaned_data["successor"]
        hand_over(
            territory=self.territory,
            leaver=self.member,
            successor=successor,
            handed_over_by=self.request.user,
            removes_leaver=form.cleaned_data["removes_leaver"],
        )
        return _("Le relais est passé à %(successor)s.") % {
            "successor": name_of(successor).replace("%", "%%")
        }


class AskForResetView(OfTeamMixin, View):
    """For a member who has lost telephone and codes; the answer tells nothing of other roles."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs) -> HttpResponse:
        try:
            ask_for_reset(territory=self.territory, user=self.member, asked_by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            sentence = _("Un message part vers %(name)s, avec la marche à suivre.")
            messages.success(request, sentence % {"name": name_of(self.member)})
        return self.back()
