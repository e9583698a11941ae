"""What each role may do in its territory.

Groups and permissions are made from this table and from the GRANTS of the plugins that work in the
territory; nobody edits them by hand. `provisioning` runs `grant_roles` for every territory and each
switch `grant_plugins`: whatever was done before, the groups hold what the table and the switches
say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from territories.plugins.registry import contributed

if TYPE_CHECKING:
    from territories.models import Territory


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    page_actions: tuple[str, ...]
    media_actions: tuple[str, ...]


ROLES = {
    role.code: role
    for role in (
        Role(
            "coordinator",
            _("coordination"),
            ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
            ("add", "change", "choose"),
        ),
        Role("editor", _("rédaction"), ("add", "change"), ("add", "choose")),
    )
}


def group_name(territory: Territory, role: Role) -> str:
    # Wagtail shows every group's name in some forms: it must tell nothing but whose it is.
    return f"{territory.slug}: {role.code}"


def role_group(territory: Territory, role_code: str) -> Group:
    return Group.objects.get(name=group_name(territory, ROLES[role_code]))


def grant_roles(*, territory: Territory, homes: Sequence[Page], collection: Collection) -> None:
    """Make the territory's groups and bring their permissions in line with the table."""
    for role in ROLES.values():
        group = grant_models(territory, role)
        for home in homes:
            for action in role.page_actions:
                GroupPagePermission.objects.get_or_create(
                    group=group, page=home, permission=permission("wagtailcore", "page", action)
                )
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in role.media_actions:
                GroupCollectionPermission.objects.get_or_create(
                    group=group,
                    collection=collection,
                    permission=permission(app_label, model, action),
                )


def grant_plugins(territory: Territory) -> None:
    """Bring what the roles may do with plugins' models in line with the switches."""
    for role in ROLES.values():
        grant_models(territory, role)


def grant_models(territory: Territory, role: Role) -> Group:
    """The role's group, made when it lacks, with the grants of the plugins that work there."""
    group, _created = Group.objects.get_or_create(name=group_name(territory, role))
    access = permission("wagtailadmin", "admin", "access")
    group.permissions.set([access, *granted(territory, role)])
    return group


def granted(territory: Territory, role: Role) -> list[Permission]:
    """Permissions on models that are not pages, from the plugins that work in the territory.

    A plugin that is on but hidden, since what it requires was closed, grants nothing meanwhile.
    """
    return [
        permission(*grant.model.lower().split("."), action)
        for grant in contributed("GRANTS", territory)
        if grant.role == role.code
        for action in grant.actions
    ]


def permission(app_label: str, model: str, action: str) -> Permission:
    content_type = ContentType.objects.get_by_natural_key(app_label, model)
    return Permission.objects.get(content_type=content_type, codename=f"{action}_{model}")
