from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .archive.closing import hide_archived_document
from .audit import actions
from .audit import views as audit
from .contact import admin as contact
from .dashboard import wagtails
from .glossary.admin import GlossaryViewSet
from .identity.views import TerritoryViewSet
from .legal import views as legal
from .models import Term, Territory
from .pages.deletion import refuse_bulk_deletion, refuse_deletion
from .people import menu
from .people.urls import INSIDE as PEOPLE_URLS
from .plugins.registry import contributions
from .private_space.documents import let_readers_alone
from .private_space.moving import warn_before_it_moves
from .proofreading.panel import leave_to_the_proofreading
from .proposals import admin as proposals
from .review.menus import submit_only_what_one_may_not_publish
from .tenancy import translating
from .tenancy.guards import choosers, media, pages, reports
from .tenancy.policies import TerritoryPolicy
from .video.serving import serve_film
from .vocabulary.forms import WORDS_FIELDS, TermForm

# Before anybody asks for it.
register_permission_policy(Territory, TerritoryPolicy(Territory))
hooks.register("before_serve_document", hide_archived_document)
# Before Wagtail's own check, which it answers for.
hooks.register("before_serve_document", let_readers_alone, order=-10)
# After whatever asks who reads.
hooks.register("before_serve_document", serve_film, order=100)
hooks.register("before_move_page", warn_before_it_moves)
hooks.register("construct_wagtail_userbar", leave_to_the_proofreading)
hooks.register("construct_page_action_menu", submit_only_what_one_may_not_publish)


@hooks.register("insert_global_admin_css")
def lists_on_a_phone():
    return format_html('<link rel="stylesheet" href="{}">', static("territories/admin/lists.css"))


@hooks.register("register_log_actions")
def what_the_house_does(registry):
    actions.register(registry, actions.ACTIONS)


hooks.register("register_reports_menu_item", audit.journal_menu_item)


@hooks.register("register_admin_urls")
def legal_urls():
    return legal.URLS


@hooks.register("register_settings_menu_item")
def legal_menu_item():
    return legal.portal_legal_item()


@hooks.register("register_admin_urls")
def journal_urls():
    return audit.URLS


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(found, request):
    return choosers.pages_of_user(found, request)


@hooks.register("construct_admin_api", order=10)
def show_own_media_in_the_api(router):
    # In the place of Wagtail's own, of the same names.
    router.register_endpoint("images", media.OwnImages)
    router.register_endpoint("documents", media.OwnDocuments)


@hooks.register("register_admin_viewset")
def guarded_page_views():
    return pages.OwnPageViewSet()


hooks.register("before_delete_page", refuse_deletion)
hooks.register("before_bulk_action", refuse_bulk_deletion)


@hooks.register("construct_reports_menu")
def hide_everybodys_reports(request, menu_items):
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in reports.HIDDEN_REPORTS]


@hooks.register("register_admin_urls", order=-10)
def guarded_translation_urls():
    # Before wagtail-localize's own, at the same addresses.
    return [*translating.URLS, *reports.TRANSLATION_URLS]


@hooks.register("register_admin_urls")
def proposal_urls():
    return proposals.URLS


@hooks.register("register_admin_urls")
def provisioning_urls():
    return [path("provisioning/", include("territories.provisioning.wizard.urls"))]


@hooks.register("register_admin_menu_item")
def sheets_menu_item():
    return proposals.sheets_item()


@hooks.register("register_admin_menu_item")
def proposals_menu_item():
    return proposals.proposals_item()


@hooks.register("register_admin_urls")
def message_urls():
    return contact.URLS


@hooks.register("register_admin_menu_item")
def messages_menu_item():
    return contact.messages_item()


@hooks.register("register_page_header_buttons")
def proposal_buttons(page, user, view_name, next_url=None):
    return proposals.buttons_of(page, user)


@hooks.register("register_admin_urls")
def people_urls():
    return PEOPLE_URLS


@hooks.register("register_account_menu_item")
def second_factor_of_ones_account(request):
    return menu.second_factor_item()


@hooks.register("register_admin_menu_item")
def team_menu_item():
    return menu.TeamMenuItem()


class ContributedPanel(Component):
    """A plugin's section of the admin's home page."""

    def __init__(self, panel, context) -> None:
        self.template_name = panel.template
        self.order = panel.order
        self.context = context

    def get_context_data(self, parent_context):
        return self.context


# Last, after those that bring something to it.
hooks.register("construct_homepage_summary_items", wagtails.no_summary, order=100)


@hooks.register("construct_homepage_panels")
def add_contributed_panels(request, panels):
    wagtails.narrow(panels)
    for _plugin, panel in contributions("DASHBOARD"):
        context = panel.context(request)
        if context is not None:
            panels.append(ContributedPanel(panel, context))


@hooks.register("register_admin_viewset")
def territory_viewset():
    return TerritoryViewSet("territory")


@hooks.register("register_admin_viewset")
def glossary_viewset():
    return GlossaryViewSet("glossary_entries")


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Vocabulaire")
    list_display = ["label", "resident_label", "kind", "code"]
    list_filter = ["kind", "is_retired"]
    search_fields = ["label", "resident_label", "code"]
    # Kinds and codes are facts of the vocabulary file: only the words may be changed here.
    panels = [
        FieldPanel("label", read_only=True),
        FieldPanel("resident_label"),
        MultiFieldPanel([FieldPanel(name) for name in WORDS_FIELDS], heading=_("Autres langues")),
        FieldPanel("icon"),
        FieldPanel("position"),
        FieldPanel("is_retired"),
    ]
    edit_handler = ObjectList(panels, base_form_class=TermForm)


register_snippet(TermViewSet)
