"""« Relecture » beside the editor of a page: what to mend, each leading to its field.

The draft is read again each time it is saved, by hand or by itself; nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from territories.pages.base import TerritoryPage

from .checking import check, level_of

# What Wagtail's own checks say of the page as drawn, and these of the field where it is typed.
SAID_HERE = frozenset({"alt-text-quality", "empty-heading", "heading-order"})
LEVELS = {
    "easy": _("Ce texte se lit facilement."),
    "fair": _("Ce texte se lit assez bien."),
    "hard": _("Ce texte est difficile à lire."),
}


class ProofreadingPanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Ouvrir ou fermer la relecture")
        icon_name = "edit"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "count": len(self.panel.findings)}

    name = "proofreading"
    title = _("Relecture")
    template_name = "territories/proofreading/panel.html"
    order = 340

    def __init__(self, page: Page, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.findings = check(page) if page.pk else []

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        may_add = self.request.user.has_perm("territories.add_glossaryentry")
        return {
            **super().get_context_data(parent_context),
            "findings": self.findings,
            "level": LEVELS.get(level_of(self.object), "") if self.object.pk else "",
            "may_add_words": may_add,
        }


class Proofread:
    """An editor of pages with the panel."""

    def saved_page(self) -> Page:
        """After a form was sent, the page as it was kept: one that was refused may name what is
        another territory's, and its title must not be read here."""
        if self.request.method != "POST" or not self.page.pk:
            return self.page
        return type(self.page).objects.get(pk=self.page.pk).get_latest_revision_as_object()

    def get_side_panels(self):
        panels = super().get_side_panels()
        if isinstance(self.page, TerritoryPage):
            panels.append(ProofreadingPanel(self.saved_page(), self.request))
        return panels


class ProofreadCreate(Proofread, CreateView):
    pass


class ProofreadEdit(Proofread, EditView):
    pass


def leave_to_the_proofreading(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Nothing is said twice in the editor."""
    for item in items:
        if isinstance(item, ContentCheckerItem) and item.in_editor:
            item.axe_run_only = [rule for rule in item.axe_run_only if rule not in SAID_HERE]
