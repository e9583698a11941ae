from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from territories.audit import actions

from .composing.buttons import begin_with_a_choice, composing_buttons
from .composing.listing import without_templates
from .composing.start_views import start_item
from .composing.urls import URLS as COMPOSING_URLS
from .counting import switching
from .menu import letter_item
from .models import NewsletterPage
from .rendering.proofs import ProofView, proof_of_letter
from .sending.admin import menu as sending
from .sending.journal import SENTENCES
from .subscribing.admin import menu as subscribers


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("newsletter/<int:page_id>/proof/", ProofView.as_view(), name="newsletter_proof"),
        path(
            "newsletter/<int:page_id>/proof/letter/",
            proof_of_letter,
            name="newsletter_proof_letter",
        ),
        path("newsletter/<int:page_id>/count/", switching.switch, name="newsletter_count_links"),
    ]


hooks.register("register_admin_urls", lambda: COMPOSING_URLS)
hooks.register("register_page_header_buttons", composing_buttons)
hooks.register("before_create_page", begin_with_a_choice)
hooks.register("register_letter_menu_item", start_item)
hooks.register("construct_explorer_page_queryset", without_templates)


@hooks.register("register_page_header_buttons")
def proof_button(page, user, view_name, next_url=None):
    if page.specific_class is not NewsletterPage:
        return
    if page.specific.permissions_for_user(user).can_proofread():
        yield Button(
            _("Relire la lettre"),
            reverse("newsletter_proof", args=[page.pk]),
            icon_name="view",
            priority=15,
        )


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    return letter_item()


@hooks.register("register_log_actions")
def sendings_in_the_journal(registry):
    actions.register(registry, SENTENCES)


hooks.register("register_admin_urls", lambda: subscribers.URLS)
hooks.register("register_letter_menu_item", subscribers.subscribers_item)


@hooks.register("register_log_actions")
def subscribers_in_the_journal(registry):
    actions.register(registry, subscribers.SENTENCES)


@hooks.register("register_log_actions")
def counting_in_the_journal(registry):
    actions.register(registry, switching.SENTENCES)


@hooks.register("register_admin_urls")
def sending_urls():
    return sending.URLS


@hooks.register("register_letter_menu_item")
def sendings_menu_item():
    return sending.sendings_item()


@hooks.register("register_page_header_buttons")
def sending_buttons(page, user, view_name, next_url=None):
    return sending.buttons_of_letter(page, user, priority=13)


for moment in ("before_delete_page", "before_unpublish_page", "before_move_page"):
    hooks.register(moment, sending.keep_while_it_leaves)
hooks.register("before_bulk_action", sending.keep_all_while_they_leave)
