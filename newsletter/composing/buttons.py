"""Where one begins a letter, and what one does with it: buttons beside its title in the admin."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from newsletter.models import NewsletterIndexPage, NewsletterPage


def composing_buttons(page, user, view_name, next_url=None) -> Iterator[Button]:
    if page.specific_class is NewsletterIndexPage:
        # A letter is written in the source language, then translated.
        if page.specific.is_record and page.permissions_for_user(user).can_add_subpage():
            yield Button(
                _("Nouvelle lettre"),
                reverse("newsletter_start", args=[page.pk]),
                icon_name="plus-inverse",
                priority=10,
            )
    elif page.specific_class is NewsletterPage and page.permissions_for_user(user).can_edit():
        letter = page.specific
        if letter.is_template:
            return
        yield Button(
            _("Remplir avec les nouveautés"),
            reverse("newsletter_fill", args=[page.pk]),
            icon_name="draft",
            priority=16,
        )
        if letter.is_record and page.get_parent().permissions_for_user(user).can_add_subpage():
            yield Button(
                _("Enregistrer comme modèle"),
                reverse("newsletter_template", args=[page.pk]),
                icon_name="copy",
                priority=17,
            )
