"""Guards that keep territories apart where Wagtail does not.

Wagtail's page chooser lists every page, drafts of other territories included; people who edit one
territory choose among its pages only. Each further leak has its guard here, and its test.
"""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet


def pages_of_user(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """The pages a person may explore, ancestors included so that browsing works."""
    explorable = page_permission_policy.explorable_instances(request.user)
    return pages.filter(pk__in=explorable.values_list("pk", flat=True))


def territories_of(user) -> list[int]:
    """Primary keys of the territories in which a person may add or change pages."""
    from territories.models import TerritoryHomePage

    if not user.is_active:
        return []
    homes: PageQuerySet = Page.objects.filter(depth=2)
    allowed = page_permission_policy.instances_user_has_any_permission_for(
        user, {"add", "change", "publish"}
    )
    homes = homes.filter(pk__in=allowed.values_list("pk", flat=True))
    return list(
        TerritoryHomePage.objects.filter(pk__in=homes, territory__isnull=False)
        .values_list("territory", flat=True)
        .distinct()
    )
