"""What Wagtail puts on the admin's home page: kept, narrowed, or left out."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from territories.tenancy.policies import explorable_pages


class OwnRecentEdits(RecentEditsPanel):
    """Wagtail's names what one edited in a territory that one has left."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        asked = [page.pk for _day, page in context["last_edits"]]
        if asked:
            user = parent_context["request"].user
            own = set(explorable_pages(user).filter(pk__in=asked).values_list("pk", flat=True))
            context["last_edits"] = [item for item in context["last_edits"] if item[1].pk in own]
        return context


class OwnLockedPages(LockedPagesPanel):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        own = explorable_pages(parent_context["request"].user)
        context["locked_pages"] = context["locked_pages"].filter(
            pk__in=own.values_list("pk", flat=True)
        )
        return context


# Ours cost the same for one submission and for a hundred; Wagtail's do not.
REPLACED = {
    RecentEditsPanel: OwnRecentEdits,
    LockedPagesPanel: OwnLockedPages,
    WorkflowObjectsToModeratePanel: None,
    UserObjectsInWorkflowModerationPanel: None,
}


def narrow(panels: list[Component]) -> None:
    kept = [(panel, REPLACED.get(type(panel), type(panel))) for panel in panels]
    panels[:] = [panel if own is type(panel) else own() for panel, own in kept if own is not None]


def no_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """For who works in two territories, Wagtail counts the pages of the whole country."""
    if not request.user.is_superuser:
        items.clear()
