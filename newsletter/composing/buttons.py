"""Where one begins a letter, and what one does with it: buttons beside its title in the admin."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

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


def begin_with_a_choice(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Wagtail’s own « + » leads to « Nouvelle lettre » too; `?blank=1`, from there, to a blank page
    for whoever wants one."""
    if request.method != "GET" or request.GET.get("blank") == "1":
        return None
    if page_class is not NewsletterPage or not parent_page.specific.is_record:
        return None
    return redirect("newsletter_start", parent_page.pk)
