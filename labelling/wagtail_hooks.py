from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from territories.audit import actions

from .applying import own as applying
from .figures import admin as figures
from .grids import admin as grids_admin
from .grids import journal as grids_journal
from .grids import views as grids_views
from .labels.admin import menu as labels
from .labels.bearers import BEARERS
from .menu import label_item
from .practice.buttons import sheet_buttons_of_page
from .practice.history import practice_in_the_history
from .practice.others import URLS as PRACTICE_URLS
from .practice.others import other_sheets_item
from .reports.admin import menu as reports
from .review.admin import menu as review

register_snippet(grids_admin.CriteriaGridViewSet)


@hooks.register("register_admin_menu_item")
def label_menu_item():
    return label_item()


hooks.register("register_admin_urls", lambda: applying.URLS)
hooks.register("register_label_menu_item", applying.applications_item)

hooks.register("register_admin_urls", lambda: figures.URLS)
hooks.register("register_label_menu_item", figures.figures_item)

hooks.register("before_delete_snippet", grids_admin.keep_the_grids_in_use)
hooks.register("register_admin_urls", lambda: [*grids_admin.URLS, *grids_views.URLS])
hooks.register("register_label_menu_item", grids_views.grid_item)
hooks.register("register_label_menu_item", grids_admin.grids_item)
hooks.register("register_log_actions", grids_journal.register)

hooks.register("register_admin_urls", lambda: PRACTICE_URLS)
hooks.register("register_label_menu_item", other_sheets_item)
hooks.register("register_page_header_buttons", sheet_buttons_of_page)
hooks.register("register_log_actions", practice_in_the_history)


@hooks.register("register_admin_urls")
def admin_urls():
    return [*review.URLS, *labels.URLS]


@hooks.register("register_admin_urls")
def report_urls():
    return reports.URLS


@hooks.register("register_label_menu_item")
def reports_menu_item():
    return reports.reports_item()


@hooks.register("register_label_menu_item")
def labels_menu_item():
    return labels.labels_item()


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
        "labelling.import_reports": (
            _("Reprendre des bilans d’un tableur"),
            _("Bilans repris de %(source)s : %(made)s nouveaux, %(changed)s changés"),
        ),
        **review.SENTENCES,
    }
    actions.register(registry, sentences)
