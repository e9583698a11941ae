"""What a person may see and do, as Wagtail's permission policies say.

Wagtail calls their interface internal and may change it in any version: it is used here and nowhere
else, and the walk of `tests/territories/test_leaks.py` goes through each of these functions.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from territories.pages.privacy import is_private

from .roles import is_national, territories_where

CHOOSING = ("choose", "add", "change", "delete")


def explorable_pages(user: User) -> PageQuerySet:
    """The pages a person may explore, ancestors included so that browsing works."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def choosable_pages(user: User) -> PageQuerySet:
    """The pages a person may show or link to: those explored, and all of where the person writes.

    Whoever writes letters, and nothing else, leads their readers to any page of the territory. The
    national team's pages lead to what every territory has published.
    """
    explored = explorable_pages(user)
    if user.is_superuser or not user.is_active:
        return explored
    policy = policy_registry.get_by_type(Page)
    writing = {"add_page", "change_page"}
    homes = {
        permission.page.path[: 2 * Page.steplen]
        for permission in policy.get_cached_permissions_for_user(user)
        if permission.permission.codename in writing
    }
    found = Q(pk__in=explored.values_list("pk", flat=True))
    for path in homes:
        found |= Q(path__startswith=path)
    if is_national(user):
        found |= Q(live=True) & ~Q(is_private())
    return Page.objects.filter(found)


def pages_with(user: User, actions: Iterable[str]) -> PageQuerySet:
    """The pages on which a person may do one of the actions."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, set(actions))


def media_of(user: User, model: type) -> QuerySet:
    """The images (or the documents) a person may choose or change."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, CHOOSING)


def media_models() -> tuple[type, type]:
    return get_image_model(), get_document_model()


def colleagues_of(user: User) -> QuerySet[User]:
    """Oneself and the people of one's own groups; everybody for who may do everything."""
    people = User.objects.all()
    if user.is_superuser:
        return people
    return people.filter(pk__in=User.groups.through.objects.filter(
        group__in=user.groups.all()
    ).values("user"))  # fmt: skip


def territories_of(user: User) -> list[int]:
    """Primary keys of the territories in which a person may add or change pages. Read once for each
    user object, and so once a request, as what their roles give is."""
    from territories.models import TerritoryHomePage

    if not user.is_active:
        return []
    if not hasattr(user, "_writes_in"):
        allowed = pages_with(user, ("add", "change", "publish")).values_list("pk", flat=True)
        homes: PageQuerySet = Page.objects.filter(depth=2, pk__in=allowed)
        found = TerritoryHomePage.objects.filter(pk__in=homes, territory__isnull=False)
        user._writes_in = list(found.values_list("territory", flat=True).distinct())
    return list(user._writes_in)


class TerritoryPolicy(ModelPermissionPolicy):
    """A territory is for those whose role there gives the right; Wagtail's says all or none."""

    def instances_user_has_any_permission_for(self, user, actions):
        found = self.model.objects.none()
        for action in actions:
            found |= territories_where(user, self._get_permission_name(action))
        return found

    def user_has_permission_for_instance(self, user, action, instance):
        own = self.instances_user_has_any_permission_for(user, [action])
        return own.filter(pk=instance.pk).exists()
