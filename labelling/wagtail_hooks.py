from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from territories.audit import actions

from .labels.bearers import BEARERS
from .menu import label_item
from .models import CriteriaGrid
from .models.grids import FROZEN
from .review.admin import menu as review
from .views import WithdrawView


class CriteriaGridViewSet(SnippetViewSet):
    """The national team writes the grid; coordinators read it."""

    model = CriteriaGrid
    icon = "list-ul"
    menu_label = _("Grilles du label")
    list_display = ["name", "version", "published_on"]
    inspect_view_enabled = True
    # A copy would carry the criteria of the grid that served away with it.
    copy_view_enabled = False
    inspect_template_name = "labelling/inspect_grid.html"
    inspect_view_fields = ["name", "version", "published_on", "introduction"]


register_snippet(CriteriaGridViewSet)


@hooks.register("register_admin_menu_item")
def label_menu_item():
    return label_item()


@hooks.register("before_delete_snippet")
def keep_the_grids_that_served(request, instances):
    if any(isinstance(one, CriteriaGrid) and one.is_frozen for one in instances):
        messages.error(request, FROZEN)
        return redirect("wagtailsnippets_labelling_criteriagrid:list")


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        *review.URLS,
        path(
            "labelling/<int:page_id>/withdraw/", WithdrawView.as_view(), name="labelling_withdraw"
        ),
    ]


@hooks.register("register_label_menu_item")
def applications_menu_item():
    return review.applications_item()


@hooks.register("register_label_menu_item")
def review_rules_menu_item():
    return review.rules_item()


@hooks.register("register_page_header_buttons")
def label_button(page, user, view_name, next_url=None):
    if issubclass(page.specific_class or Page, BEARERS):
        yield from review.buttons_of(page.specific.record, user, priority=17)


@hooks.register("register_page_listing_more_buttons")
def label_button_in_a_list(page, user, next_url=None):
    """For whoever judges and does not edit: the list is where they find the page."""
    if isinstance(page, BEARERS) and page.is_record:
        yield from review.buttons_of(page, user, priority=45)


@hooks.register("register_log_actions")
def label_steps_in_the_history_of_a_page(registry):
    sentences = {
        "labelling.grant": (_("Donner le label"), _("Label n° %(number)s donné")),
        "labelling.withdraw": (_("Retirer le label"), _("Label n° %(number)s retiré")),
        "labelling.report": (_("Recevoir un bilan"), _("Bilan du label %(subject)s reçu")),
        **review.SENTENCES,
    }
    actions.register(registry, sentences)
