"""What the screens of one team share: whose it is, who and what may be touched there.

Whatever is not one's own to see answers 404, whether it exists or not.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from territories.tenancy.roles import forget_roles, owner_name

from .members import members_of
from .models import Invitation
from .oversight import find_overseen

TEAM = gettext_lazy("Équipe")
NATIONAL_TEAM = gettext_lazy("Équipe nationale")


class OfTeamMixin:
    """Of one team: `territory` (None: the national one) and the roles that one may give there."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        found = find_overseen(request.user, kwargs["owner"])
        if found is None:
            raise Http404
        self.territory, self.codes = found

    @property
    def owner(self) -> str:
        return owner_name(self.territory)

    @cached_property
    def member(self) -> User:
        return get_object_or_404(members_of(self.territory), pk=self.kwargs["user_id"])

    @cached_property
    def invitation(self) -> Invitation:
        found = get_object_or_404(
            Invitation.objects.waiting(self.territory), pk=self.kwargs["invitation_id"]
        )
        if not set(found.roles) <= set(self.codes):
            raise Http404
        return found

    def back(self) -> HttpResponse:
        """To the team, or home for whoever has just left it."""
        forget_roles(self.request.user)
        if find_overseen(self.request.user, self.owner) is None:
            return redirect("wagtailadmin_home")
        return redirect("people_team", self.owner)


class OfTeamView(OfTeamMixin, WagtailAdminTemplateMixin):
    header_icon = "group"

    @property
    def team_name(self) -> str:
        return self.territory.name if self.territory else str(NATIONAL_TEAM)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**kwargs, "owner": self.owner})

    def get_breadcrumbs_items(self):
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("people_teams"), "label": TEAM},
            {"url": reverse("people_team", args=[self.owner]), "label": self.team_name},
        ]
        title = self.get_page_title()
        return items if title == self.team_name else [*items, {"url": "", "label": title}]
