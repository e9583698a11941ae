"""Bringing what the groups of a territory may do in line with its roles: no less, and no more.

`plan_rights` compares what stands with what the tables of roles and grants say; `carry_out` makes
it so. Provisioning, switches and `sync_roles` all go this way. The number of queries does not grow
with the roles or the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
)

from territories.pages.homes import homes_of
from territories.plugins.contributions import PageGrant, Role
from territories.plugins.registry import contributed

from .roles import group_name, group_prefix, owner_name, roles_of

if TYPE_CHECKING:
    from territories.models import Territory

MEDIA = (("wagtailimages", "image"), ("wagtaildocs", "document"))
# Wagtail shows pages to whoever may do something with them, and has no right to see alone. This
# one does nothing by itself: deleting several pages also asks for the right to change them.
EXPLORE = "bulk_delete"


class Named(NamedTuple):
    """A permission by its name, until its row is read."""

    app_label: str
    model: str
    codename: str

    @classmethod
    def of(cls, app_label: str, model: str, action: str) -> Named:
        return cls(app_label, model, f"{action}_{model}")


class Right(NamedTuple):
    """What a group may do: `permission` on `target`, a page for instance, or a model as a whole."""

    group: str
    kind: str
    target: int | None
    permission: Any


class Table(NamedTuple):
    """Where one kind of rights is kept, and under which name their targets."""

    model: Any
    target: str


TABLES = {
    "model": Table(Group.permissions.through, ""),
    "page": Table(GroupPagePermission, "page_id"),
    "collection": Table(GroupCollectionPermission, "collection_id"),
    # No role has settings of a site to change: whatever stands there came by hand.
    "site": Table(GroupSitePermission, "site_id"),
}


@dataclass(frozen=True)
class Changes:
    """What parts a territory's groups from the tables. `removed`: the rows that hold the rights."""

    groups: Sequence[str] = ()
    added: Sequence[Right] = ()
    removed: dict[Right, int] = field(default_factory=dict)
    lacks_collection: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups or self.added or self.removed or self.lacks_collection)


@transaction.atomic
def put_right(territory: Territory | None) -> Changes:
    """Make the groups of a territory (None: the national team) what they must be; safe to run
    twice. Returns what was changed."""
    lacks_collection = find_collection(territory) is None
    if lacks_collection:
        make_collection(territory)
    changes = replace(plan_rights(territory), lacks_collection=lacks_collection)
    carry_out(changes)
    return changes


def plan_rights(territory: Territory | None) -> Changes:
    collection = find_collection(territory)
    wanted = with_permissions(wanted_rights(territory, collection))
    groups = dict(
        Group.objects.filter(name__startswith=group_prefix(territory)).values_list("pk", "name")
    )
    standing = standing_rights(groups)
    names = [group_name(territory, code) for code in roles_of(territory)]
    return Changes(
        groups=[name for name in names if name not in groups.values()],
        added=[right for right in wanted if right not in standing],
        removed={right: pk for right, pk in standing.items() if right not in wanted},
        lacks_collection=collection is None,
    )


@transaction.atomic
def carry_out(changes: Changes) -> None:
    Group.objects.bulk_create([Group(name=name) for name in changes.groups])
    names = {right.group for right in changes.added}
    groups = dict(Group.objects.filter(name__in=names).values_list("name", "pk")) if names else {}
    for kind, (model, target) in TABLES.items():
        gone = [pk for right, pk in changes.removed.items() if right.kind == kind]
        if gone:
            model.objects.filter(pk__in=gone).delete()
        model.objects.bulk_create(
            model(
                group_id=groups[right.group],
                permission_id=right.permission,
                **({target: right.target} if target else {}),
            )
            for right in changes.added
            if right.kind == kind
        )


def wanted_rights(territory: Territory | None, collection: Collection | None) -> Iterator[Right]:
    if territory is not None and territory.archived_on:
        # Its people keep their groups, which may do nothing until it is brought back.
        return
    homes = homes_of(territory)
    # A plugin that is on but hidden, since what it requires was closed, gives nothing meanwhile.
    open_roles = {role.code: role for role in contributed("ROLES", territory)}
    grants = list(contributed("GRANTS", territory))
    page_grants = list(contributed("PAGE_GRANTS", territory))
    parts = pages_of_type(homes, {grant.under for grant in page_grants})
    for code in roles_of(territory).keys() & open_roles.keys():
        name = group_name(territory, code)
        yield Right(name, "model", None, Named.of("wagtailadmin", "admin", "access"))
        for grant in grants:
            if grant.role == code:
                app_label, model = grant.model.lower().split(".")
                for action in grant.actions:
                    yield Right(name, "model", None, Named.of(app_label, model, action))
        for page, action in page_rights(open_roles[code], homes, page_grants, parts):
            yield Right(name, "page", page, Named.of("wagtailcore", "page", action))
        for app_label, model in MEDIA if collection else ():
            for action in open_roles[code].media_actions:
                named = Named.of(app_label, model, action)
                yield Right(name, "collection", collection.pk, named)


def page_rights(
    role: Role,
    homes: Sequence[Page],
    grants: Sequence[PageGrant],
    parts: dict[str, list[int]],
) -> Iterator[tuple[int, str]]:
    for home in homes:
        for action in role.page_actions:
            yield home.pk, wagtail_action(action)
    for grant in grants:
        for page in parts[grant.under] if grant.role == role.code else ():
            for action in grant.actions:
                yield page, wagtail_action(action)


def wagtail_action(action: str) -> str:
    return EXPLORE if action == "explore" else action


def pages_of_type(homes: Sequence[Page], types: Iterable[str]) -> dict[str, list[int]]:
    """Under the homes, the pages of each type ("app_label.Model"), in one query for all types."""
    found: dict[str, list[int]] = {name: [] for name in types}
    if not homes or not found:
        return found
    content_types = ContentType.objects.get_for_models(*map(apps.get_model, found))
    names = {content_types[apps.get_model(name)].pk: name for name in found}
    below = Q()
    for home in homes:
        below |= Q(path__startswith=home.path)
    pages = Page.objects.filter(below, content_type__in=names)
    for content_type, pk in pages.values_list("content_type", "pk"):
        found[names[content_type]].append(pk)
    return found


def with_permissions(rights: Iterable[Right]) -> set[Right]:
    """The rights with the keys of their permissions. An unknown name stops everything, loudly."""
    rights = list(rights)
    rows = Permission.objects.filter(
        content_type__app_label__in={right.permission.app_label for right in rights},
        codename__in={right.permission.codename for right in rights},
    ).values_list("content_type__app_label", "content_type__model", "codename", "pk")
    known = {Named(*names): pk for *names, pk in rows}
    for right in rights:
        if right.permission not in known:
            raise LookupError(
                f"{right.group}: no permission {'.'.join(right.permission)}; see its grants.py."
            )
    return {right._replace(permission=known[right.permission]) for right in rights}


def standing_rights(groups: dict[int, str]) -> dict[Right, int]:
    """What the groups may do now, with the row that says so."""
    return {
        Right(groups[row["group_id"]], kind, row.get(target), row["permission_id"]): row["pk"]
        for kind, (model, target) in TABLES.items()
        for row in model.objects.filter(group__in=groups).values(
            "pk", "group_id", "permission_id", *([target] if target else [])
        )
    }


def find_collection(territory: Territory | None) -> Collection | None:
    """Where the territory keeps its images and documents."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=owner_name(territory)).first()


@transaction.atomic
def make_collection(territory: Territory | None) -> Collection:
    """The one there is, or a new one after all others: Wagtail's own way sorts by name and moves
    what comes after one by one, which takes longer the more territories there are."""
    if found := find_collection(territory):
        return found
    root = Collection.objects.select_for_update().get(depth=1)
    last = root.get_last_child()
    path = last._inc_path() if last else Collection._get_path(root.path, 2, 1)
    Collection.objects.filter(pk=root.pk).update(numchild=F("numchild") + 1)
    return Collection.objects.create(name=owner_name(territory), path=path, depth=2)
