from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import DashboardPanel, Figure, Panel

from .actions import actions_of
from .models import ActionPage
from .responses.admin import waiting_responses


def actions_of_actor(request, page):
    found = actions_of(page.record)
    return {"actions": found} if found else None


def actions(territories):
    return ActionPage.objects.findable().per_territory(territories)


PANELS = [
    Panel(
        "actions_of_actor",
        "resources_directory.ActorPage",
        "cooperation/panels/actions_of_actor.html",
        actions_of_actor,
        order=60,
    )
]

DASHBOARD = [
    DashboardPanel(
        "project_responses", "cooperation/responses/waiting.html", waiting_responses, order=30
    )
]

FIGURES = [
    Figure(
        "actions",
        _("actions présentées"),
        actions,
        add=_("Présenter une action"),
        adds="cooperation.ActionPage",
        under="cooperation.ActionsPage",
        order=40,
    )
]
