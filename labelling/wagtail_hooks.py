from typing import NamedTuple

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from agenda.models import EventPage
from territories.audit import actions
from territories.tenancy.roles import territories_where

from .grids import admin as grids_admin
from .grids import journal as grids_journal
from .grids import views as grids_views
from .menu import label_item
from .models import Label
from .practice.buttons import sheet_buttons_of_page
from .practice.history import practice_in_the_history
from .practice.others import URLS as PRACTICE_URLS
from .practice.others import other_sheets_item
from .reports.admin import menu as reports
from .views import GIVE, WITHDRAW, GrantView, WithdrawView, can_bear_the_label, may_judge

register_snippet(grids_admin.CriteriaGridViewSet)


@hooks.register("register_admin_menu_item")
def label_menu_item():
    return label_item()


hooks.register("before_delete_snippet", grids_admin.keep_the_grids_in_use)
hooks.register("register_admin_urls", lambda: [*grids_admin.URLS, *grids_views.URLS])
hooks.register("register_label_menu_item", grids_views.grid_item)
hooks.register("register_log_actions", grids_journal.register)

hooks.register("register_admin_urls", lambda: PRACTICE_URLS)
hooks.register("register_label_menu_item", other_sheets_item)
hooks.register("register_page_header_buttons", sheet_buttons_of_page)
hooks.register("register_log_actions", practice_in_the_history)


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("labelling/<int:page_id>/grant/", GrantView.as_view(), name="labelling_grant"),
        path(
            "labelling/<int:page_id>/withdraw/", WithdrawView.as_view(), name="labelling_withdraw"
        ),
    ]


@hooks.register("register_admin_urls")
def report_urls():
    return reports.URLS


@hooks.register("register_label_menu_item")
def reports_menu_item():
    return reports.reports_item()


@hooks.register("register_page_header_buttons")
def label_button(page, user, view_name, next_url=None):
    if page.specific_class is not EventPage:
        return
    event = page.specific.record
    if not can_bear_the_label(event):
        return
    labelled = Label.objects.active().filter(page=event.pk).exists()
    if may_judge(user, event, WITHDRAW if labelled else GIVE):
        yield button(event.pk, labelled, priority=17)


@hooks.register("register_page_listing_more_buttons")
def label_button_in_a_list(page, user, next_url=None):
    """For whoever judges and does not edit: the list is where they find the event."""
    if isinstance(page, EventPage) and page.is_record:
        judged = judged_by(user)
        if page.territory_id in judged.territories:
            yield button(page.pk, page.pk in judged.labelled, priority=45)


def button(pk: int, labelled: bool, priority: int) -> Button:
    return Button(
        _("Retirer le label") if labelled else _("Donner le label"),
        reverse("labelling_withdraw" if labelled else "labelling_grant", args=[pk]),
        icon_name="tag",
        priority=priority,
    )


class Judged(NamedTuple):
    """Where a person may give the label, and the events that have it there."""

    territories: frozenset[int]
    labelled: frozenset[int]


def judged_by(user) -> Judged:
    """Read once a request, on whose user it is kept, as Wagtail's own permissions are."""
    if not hasattr(user, "_judged"):
        territories = frozenset(
            territories_where(user, GIVE).with_plugin("labelling").values_list("pk", flat=True)
        )
        active = Label.objects.active().filter(territory__in=territories)
        user._judged = Judged(territories, frozenset(active.values_list("page_id", flat=True)))
    return user._judged


@hooks.register("register_log_actions")
def label_steps_in_the_history_of_a_page(registry):
    sentences = {
        "labelling.grant": (_("Donner le label"), _("Label n° %(number)s donné")),
        "labelling.withdraw": (_("Retirer le label"), _("Label n° %(number)s retiré")),
        "labelling.report": (_("Recevoir un bilan"), _("Bilan du label %(subject)s reçu")),
        "labelling.import_reports": (
            _("Reprendre des bilans d’un tableur"),
            _("Bilans repris de %(source)s : %(made)s nouveaux, %(changed)s changés"),
        ),
    }
    actions.register(registry, sentences)
