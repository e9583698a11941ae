"""Who is what, and where.

Roles are contributed (`grants.ROLES`), the ground's own in `territories/grants.py`. Each territory
has a group for each of them; `rights.py` makes the groups and brings what they may do in line with
the tables. Nobody edits them by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from territories.plugins.contributions import Role
from territories.plugins.registry import contributions

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from territories.models import Territory

# What stands in place of a territory's slug in the names of the national team's groups.
NATIONAL = "national"


def owner_name(territory: Territory | None) -> str:
    """Whose groups, images and documents these are; None: the national team's."""
    return NATIONAL if territory is None else territory.slug


def roles_of(territory: Territory | None) -> dict[str, Role]:
    """All the roles one may have there by code, those of closed plugins included."""
    national = territory is None
    return {role.code: role for _, role in contributions("ROLES") if role.national == national}


def group_prefix(territory: Territory | None) -> str:
    return f"{owner_name(territory)}: "


def group_name(territory: Territory | None, role_code: str) -> str:
    # Wagtail shows every group's name in some forms: it must tell nothing but whose it is.
    return group_prefix(territory) + role_code


def role_group(territory: Territory | None, role_code: str) -> Group:
    return Group.objects.get(name=group_name(territory, role_code))


def is_national(user: User) -> bool:
    """Whether the person has a role of the national team, or may do everything."""
    if not user.is_active:
        return False
    return user.is_superuser or NATIONAL in {owner for owner, _permission in _given_to(user)}


def territories_where(user: User, permission: str) -> QuerySet[Territory]:
    """The territories in which one of the person's roles gives a permission on a model.

    `permission`: "app_label.codename". Django's `has_perm` says yes everywhere as soon as a role
    gives it in one place; ask here about what belongs to a territory. What a role of the national
    team gives, it gives in every territory.
    """
    from territories.models import Territory

    if not user.is_active:
        return Territory.objects.none()
    if user.is_superuser:
        return Territory.objects.all()
    owners = owners_where(user, permission)
    if NATIONAL in owners:
        return Territory.objects.all()
    return Territory.objects.filter(slug__in=owners)


def owners_where(user: User, permission: str) -> set[str]:
    """Whose roles give the person a permission: slugs, and NATIONAL, which here means the portal's
    own things and not every territory's."""
    if not user.is_active:
        return set()
    return {owner for owner, given in _given_to(user) if given == permission}


def may_somewhere(user: User, permission: str) -> bool:
    """Whether one of the person's roles gives a permission in some place: a screen, or a line of
    the menu, is for whoever it is in one, and then shows what is theirs. A role gives nothing of a
    plugin that is closed there. No query of its own."""
    return user.is_superuser or bool(owners_where(user, permission))


def _given_to(user: User) -> set[tuple[str, str]]:
    """Whose role gives what: (owner, permission). Read once for each user object, and so once a
    request, as Django's and Wagtail's own permissions are."""
    if not hasattr(user, "_given_by_roles"):
        rows = user.groups.values_list(
            "name", "permissions__content_type__app_label", "permissions__codename"
        )
        user._given_by_roles = {
            (name.partition(": ")[0], f"{app_label}.{codename}")
            for name, app_label, codename in rows
        }
    return user._given_by_roles


def forget_roles(user: User) -> None:
    """Read them again: those of the person at work have changed."""
    for kept in ("_given_by_roles", "_writes_in"):
        if hasattr(user, kept):
            delattr(user, kept)
