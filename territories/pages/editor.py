"""The editor of a page, and the screens of the admin that lead back to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class BesideTheEditor(WagtailAdminTemplateMixin):
    """A screen about one page, named after it. Whose page it is, the view asks."""

    @property
    def edited(self) -> Page:
        raise NotImplementedError

    @property
    def back(self) -> str:
        return edit_url(self.edited)

    def get_page_subtitle(self) -> str:
        return self.edited.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.back, "label": self.edited.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]
