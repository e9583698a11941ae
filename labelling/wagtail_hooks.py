from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from agenda.models import EventPage

from .models import CriteriaGrid, Label
from .models.grids import FROZEN
from .views import GrantView, WithdrawView, can_bear_the_label


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


@hooks.register("before_delete_snippet")
def keep_the_grids_that_served(request, instances):
    if any(isinstance(one, CriteriaGrid) and one.is_frozen for one in instances):
        messages.error(request, FROZEN)
        return redirect("wagtailsnippets_labelling_criteriagrid:list")


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("labelling/<int:page_id>/grant/", GrantView.as_view(), name="labelling_grant"),
        path(
            "labelling/<int:page_id>/withdraw/", WithdrawView.as_view(), name="labelling_withdraw"
        ),
    ]


@hooks.register("register_page_header_buttons")
def label_button(page, user, view_name, next_url=None):
    if page.specific_class is not EventPage or not page.permissions_for_user(user).can_publish():
        return
    event = page.specific.record
    if not can_bear_the_label(event):
        return
    labelled = Label.objects.active().filter(page=event.pk).exists()
    yield Button(
        _("Retirer le label") if labelled else _("Donner le label"),
        reverse("labelling_withdraw" if labelled else "labelling_grant", args=[event.pk]),
        icon_name="tag",
        priority=17,
    )


class NumberedStep(LogFormatter):
    def format_message(self, log_entry):
        return self.message % {"number": log_entry.data.get("number", "")}


@hooks.register("register_log_actions")
def label_steps_in_the_history_of_a_page(actions):
    @actions.register_action("labelling.grant")
    class Granted(NumberedStep):
        label = _("Donner le label")
        message = _("Label n° %(number)s donné")

    @actions.register_action("labelling.withdraw")
    class Withdrawn(NumberedStep):
        label = _("Retirer le label")
        message = _("Label n° %(number)s retiré")
