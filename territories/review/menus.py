from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem


def submit_only_what_one_may_not_publish(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, Any]
) -> None:
    """Whoever may publish a page does not wait for oneself."""
    page, parent = context.get("page"), context.get("parent_page")
    if page and page.pk:
        may_publish = page.permissions_for_user(request.user).can_publish()
    else:
        may_publish = parent.permissions_for_user(request.user).can_publish_subpage()
    if may_publish:
        menu_items[:] = [
            item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem)
        ]
