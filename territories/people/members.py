"""Who belongs to a territory, as what; its roles given and taken back.

None stands for the national team, as elsewhere. Whether somebody may do these things is asked in
`oversight.py`, by whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from territories.audit.recording import record
from territories.tenancy.roles import group_name, group_prefix, is_national, roles_of

if TYPE_CHECKING:
    from territories.models import Territory

COORDINATOR = "coordinator"


def members_of(territory: Territory | None) -> QuerySet[User]:
    """The people who have a role there; each knows its groups there as `groups_here`."""
    here = Group.objects.filter(name__startswith=group_prefix(territory))
    return (
        User.objects.filter(pk__in=User.groups.through.objects.filter(group__in=here).values("user"))
        .prefetch_related(Prefetch("groups", queryset=here.order_by("pk"), to_attr="groups_here"))
        .order_by("last_name", "first_name", "username")
    )  # fmt: skip


def codes_here(member: User) -> set[str]:
    """Codes of the roles of somebody read by `members_of`, those of plugins that are gone too."""
    return {code_of(group.name) for group in member.groups_here}


def roles_here(member: User, territory: Territory | None) -> dict[str, Any]:
    """Codes and labels of these roles, in the order of the tables."""
    codes = codes_here(member)
    return {code: role.label for code, role in roles_of(territory).items() if code in codes}


@transaction.atomic
def change_roles(
    *,
    territory: Territory | None,
    user: User,
    roles: Iterable[str],
    changed_by: User,
    among: Iterable[str] | None = None,
) -> None:
    """Give somebody exactly these roles there; those outside `among` stay as they are.

    Raises ValidationError when the territory would be left without anybody to coordinate it.
    """
    known = roles_of(territory)
    among = known.keys() & set(known if among is None else among)
    wanted = {group_name(territory, code) for code in among & set(roles)}
    hold_coordinators(territory)
    names = {group_name(territory, code) for code in among}
    groups = {group.name: group for group in Group.objects.filter(name__in=names)}
    had = set(user.groups.filter(name__in=names).values_list("name", flat=True))
    user.groups.add(*(groups[name] for name in wanted - had))
    user.groups.remove(*(groups[name] for name in had - wanted))
    keep_a_coordinator(territory, changed_by)
    for action, changed in (("people.give_role", wanted - had), ("people.take_role", had - wanted)):
        if changed:
            labels = labels_of(territory, map(code_of, changed))
            record(territory=territory, action=action, user=changed_by, about=user, role=labels)


@transaction.atomic
def remove_member(*, territory: Territory | None, user: User, removed_by: User) -> None:
    """Take all the roles of somebody there. The account stays, and its roles elsewhere.

    The invitations that this person sent from there are withdrawn. Raises ValidationError, as
    `change_roles` does.
    """
    from .invitations import withdraw_invitations_of

    hold_coordinators(territory)
    groups = list(user.groups.filter(name__startswith=group_prefix(territory)))
    user.groups.remove(*groups)
    keep_a_coordinator(territory, removed_by)
    withdraw_invitations_of(user, territory)
    record(territory=territory, action="people.remove", user=removed_by, about=user)


def hold_coordinators(territory: Territory | None) -> None:
    """Two people who leave at the same moment must see each other."""
    list(Group.objects.select_for_update().filter(name=group_name(territory, COORDINATOR)))


def keep_a_coordinator(territory: Territory | None, changed_by: User) -> None:
    """Only whoever looks after every territory may leave one without coordination."""
    if territory is None or is_national(changed_by):
        return
    group = group_name(territory, COORDINATOR)
    if not User.objects.filter(groups__name=group, is_active=True).exists():
        raise ValidationError(
            _(
                "Il ne resterait personne pour coordonner « %(territory)s ». Donnez d’abord ce "
                "rôle à quelqu’un, ou passez le relais."
            ),
            params={"territory": territory.name},
        )


def name_of(user: User) -> str:
    return user.get_full_name() or user.email or user.get_username()


def labels_of(territory: Territory | None, codes: Iterable[str]) -> str:
    """Roles in words, one after another, as mails and the journal say them."""
    codes = set(codes)
    with override(settings.LANGUAGE_CODE):
        return ", ".join(
            str(role.label) for code, role in roles_of(territory).items() if code in codes
        )


def code_of(group: str) -> str:
    return group.partition(": ")[2]
