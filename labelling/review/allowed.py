"""What somebody is to an application: asked of rows and roles, never of what a form says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from labelling.models.applications import DECIDE, READ, Application, State
from labelling.models.reviews import GIVE_OPINION
from labelling.rights import own_territories
from resources_directory.models import ActorMember
from territories.tenancy.roles import group_prefix

from .refusing import NotAllowed
from .transitions import Part

if TYPE_CHECKING:
    from labelling.models.applications import ApplicationQuerySet
    from territories.models import Territory


def parts_of(user: User, application: Application) -> frozenset[Part]:
    """All that the person is to it; whoever holds its mailed link is told by the link alone."""
    if not user.is_active:
        return frozenset()
    found = set()
    if is_applicant(user, application):
        found.add(Part.APPLICANT)
    if may(user, DECIDE, application.territory):
        found.add(Part.COORDINATION)
    if may(user, GIVE_OPINION, application.territory):
        found.add(Part.COMMITTEE)
    return frozenset(found)


def is_applicant(user: User, application: Application) -> bool:
    """Has begun it with this account, or speaks for the actor that asks."""
    if application.user_id == user.pk:
        return True
    spoken_for = ActorMember.objects.filter(user=user.pk, actor=application.actor_id)
    return application.actor_id is not None and spoken_for.exists()


def may(user: User, permission: str, territory: Territory) -> bool:
    return own_territories(user, permission).filter(pk=territory.pk).exists()


def require(user: User, application: Application, part: Part) -> None:
    """Raises NotAllowed for whoever is not this to the application."""
    if part not in parts_of(user, application):
        raise NotAllowed(_("Vous ne pouvez pas faire cela sur cette demande."))


def applications_read_by(user: User, permission: str = READ) -> ApplicationQuerySet:
    """Those that were sent, in the territories where one reads them: a draft is its author's."""
    own = Application.objects.of_user(user, permission)
    return own.exclude(state=State.DRAFT, submitted_at=None) | own.filter(user=user)


def committee_of(territory: Territory) -> list[User]:
    """Whom one asks for an opinion: everybody whose role in the territory gives it."""
    codename = GIVE_OPINION.partition(".")[2]
    groups = {
        "groups__name__startswith": group_prefix(territory),
        "groups__permissions__codename": codename,
        "groups__permissions__content_type__app_label": "labelling",
    }
    found = User.objects.filter(is_active=True, **groups).distinct()
    return list(found.order_by("last_name", "first_name", "username"))
