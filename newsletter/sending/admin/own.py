"""Whose sendings these are: 404 for a stranger, who does not learn that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from newsletter.models import NewsletterPage, Sending
from newsletter.models.sendings import CHANGE, READ
from newsletter.sending.backends.base import Backend
from newsletter.sending.backends.choosing import backend_of
from territories.pages.editor import BesideTheEditor
from territories.tenancy.roles import may_somewhere, territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LIST_TITLE = _("Envois")
ICON = "mail"


def may(user: User, permission: str = READ) -> bool:
    return may_somewhere(user, permission)


def may_send(user: User, letter: NewsletterPage) -> bool:
    """Who may put it on line, and sends letters there."""
    own = territories_where(user, CHANGE).with_plugin("newsletter")
    return (
        letter.permissions_for_user(user).can_publish()
        and own.filter(pk=letter.territory_id).exists()
    )


def sending_of(letter: NewsletterPage) -> Sending | None:
    """What became of it; None while nobody has asked for it, or when that came to nothing."""
    found = Sending.objects.filter(letter=letter).first()
    return None if found is None or found.is_void else found


class OfLetter(BesideTheEditor):
    """A screen about a letter, for who writes it."""

    header_icon = ICON

    @cached_property
    def letter(self) -> NewsletterPage:
        letters = NewsletterPage.objects.records().select_related("territory__site", "locale")
        letter = get_object_or_404(letters, pk=self.kwargs["page_id"])
        if not self.allows(letter):
            raise Http404
        return letter

    def allows(self, letter: NewsletterPage) -> bool:
        return letter.permissions_for_user(self.request.user).can_proofread()

    @property
    def backend(self) -> Backend:
        return backend_of(self.letter.territory)

    @property
    def edited(self) -> NewsletterPage:
        return self.letter

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "letter": self.letter}


class OfSending(WagtailAdminTemplateMixin):
    header_icon = ICON

    @cached_property
    def sending(self) -> Sending:
        own = Sending.objects.of_user(self.request.user)
        found = own.select_related("letter", "territory__site", "asked_by")
        return get_object_or_404(found, pk=self.kwargs["sending_id"])

    @cached_property
    def may_change(self) -> bool:
        return may_send(self.request.user, self.sending.letter)

    def get_page_subtitle(self) -> str:
        return self.sending.letter.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("sendings:index"), "label": LIST_TITLE},
            {"url": "", "label": self.get_page_subtitle()},
        ]
