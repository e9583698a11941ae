"""Who speaks for an actor: a row, and the role of partner in the actor's territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from territories.people.members import name_of
from territories.tenancy.roles import role_group

from .models import ActorMember, ActorPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PARTNER = "partner"


@transaction.atomic
def add_partner(*, actor: ActorPage, user: User, named_by: User | None = None) -> ActorMember:
    """Let somebody offer changes to an actor's sheets; safe to run twice.

    `named_by`: None when they accepted an invitation. Raises ValidationError for an actor of the
    national portal, which has no partners.
    """
    actor = actor.record
    if actor.territory is None:
        raise ValidationError(_("Seul un acteur d’un territoire a des partenaires."))
    member, is_new = ActorMember.objects.get_or_create(actor=actor, user=user)
    user.groups.add(role_group(actor.territory, PARTNER))
    if is_new:
        log(actor, "partners.add", user=named_by, data={"who": name_of(user)})
    return member


@transaction.atomic
def remove_partner(*, actor: ActorPage, user: User, removed_by: User | None = None) -> None:
    """Take an actor's sheets back from somebody, and the role with the last one of a territory."""
    actor = actor.record
    if ActorMember.objects.filter(actor=actor, user=user).delete()[0]:
        log(actor, "partners.remove", user=removed_by, data={"who": name_of(user)})
    territory = actor.territory
    if not ActorMember.objects.filter(actor__territory=territory, user=user).exists():
        user.groups.remove(role_group(territory, PARTNER))
