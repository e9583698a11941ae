from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from .composing.views import FillView
from .menu import letter_item
from .models import NewsletterPage


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("newsletter/<int:page_id>/fill/", FillView.as_view(), name="newsletter_fill"),
    ]


@hooks.register("register_page_header_buttons")
def fill_button(page, user, view_name, next_url=None):
    if page.specific_class is NewsletterPage and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Remplir avec les nouveautés"),
            reverse("newsletter_fill", args=[page.pk]),
            icon_name="draft",
            priority=16,
        )


@hooks.register("register_admin_menu_item")
def letter_menu_item():
    return letter_item()
