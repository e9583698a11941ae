"""Who looks after the people of which territory.

A coordinator: those of its territories, all roles. The national team: those of every territory,
the role of coordination alone. Its own members are a superuser's affair: a role that could make
others of its kind would grow with nobody above to see it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import QuerySet

from territories.tenancy.roles import NATIONAL, group_prefix, roles_of, territories_where

from .members import COORDINATOR

if TYPE_CHECKING:
    from territories.models import Territory

INVITES = "territories.add_invitation"


def territories_overseen(user: User) -> QuerySet[Territory]:
    return territories_where(user, INVITES)


def oversees_people(user: User) -> bool:
    """Whether the menu « Équipe » has anything for this person; read once a request."""
    if not hasattr(user, "_oversees_people"):
        user._oversees_people = territories_overseen(user).exists()
    return user._oversees_people


def find_overseen(user: User, slug: str) -> tuple[Territory | None, Collection[str]] | None:
    """The territory of an address (None: the national team) and the roles that may be given there.

    None when this person has nothing to see there, whether or not it exists.
    """
    if slug == NATIONAL:
        return (None, roles_of(None).keys()) if user.is_active and user.is_superuser else None
    territory = territories_overseen(user).filter(slug=slug).select_related("site").first()
    if territory is None:
        return None
    user._oversees_people = True
    if user.is_superuser or invites_as_a_member(user, territory):
        return territory, roles_of(territory).keys()
    return territory, {COORDINATOR}


def invites_as_a_member(user: User, territory: Territory) -> bool:
    """Whether it is a role in this territory, and not the national team's, that lets invite."""
    app_label, _dot, codename = INVITES.partition(".")
    return user.groups.filter(
        name__startswith=group_prefix(territory),
        permissions__content_type__app_label=app_label,
        permissions__codename=codename,
    ).exists()
