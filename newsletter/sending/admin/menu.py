"""What the hooks of the admin are made of: addresses, the menu's line, buttons on a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from newsletter.models import NewsletterPage, Sending, SendingState

from . import asking, following
from .own import ICON, LIST_TITLE, may, may_send, sending_of

patterns = [
    path("", following.SendingsView.as_view(), name="index"),
    path("results/", following.SendingsView.as_view(results_only=True), name="index_results"),
    path("<int:sending_id>/", following.SendingView.as_view(), name="read"),
    path("letter/<int:page_id>/", asking.SendView.as_view(), name="send"),
    path("letter/<int:page_id>/try/", asking.TryView.as_view(), name="try"),
    path("letter/<int:page_id>/file/<slug:kind>/", asking.FileView.as_view(), name="file"),
]
URLS = [path("sendings/", include((patterns, "sendings")))]
HELD = (SendingState.SCHEDULED, SendingState.SENDING, SendingState.PAUSED)


class SendingsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user)


def sendings_item() -> MenuItem:
    return SendingsItem(
        LIST_TITLE, reverse("sendings:index"), name="sendings", icon_name=ICON, order=20
    )


def buttons_of_letter(page: Page, user, *, priority: int) -> Iterator[Button]:
    if page.specific_class is not NewsletterPage:
        return
    letter = page.specific
    if not letter.is_record:
        return
    if letter.permissions_for_user(user).can_proofread():
        url = reverse("sendings:try", args=[letter.pk])
        yield Button(gettext_lazy("Lettre d’essai"), url, icon_name="user", priority=priority)
    if letter.is_template or not may_send(user, letter):
        return
    if sending := sending_of(letter):
        url = reverse("sendings:read", args=[sending.pk])
        yield Button(gettext_lazy("Suivre l’envoi"), url, icon_name=ICON, priority=priority + 1)
    elif letter.live and not letter.has_unpublished_changes:
        url = reverse("sendings:send", args=[letter.pk])
        yield Button(gettext_lazy("Envoyer"), url, icon_name=ICON, priority=priority + 1)


def keep_while_it_leaves(request: HttpRequest, page: Page, *other: Page) -> HttpResponse | None:
    """What is under way leads its readers to the letter: it stays where it is, and so does what it
    stands in."""
    branch = page.get_descendants(inclusive=True)
    held = Sending.objects.filter(letter__in=branch, state__in=HELD).first()
    if held is None:
        return None
    messages.error(
        request,
        _("Une lettre part d’ici en ce moment. Attendez la fin de l’envoi, ou annulez-le."),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_all_while_they_leave(
    request: HttpRequest, action: str, objects: Sequence[Model], view
) -> HttpResponse | None:
    if action not in {"delete", "move", "unpublish"}:
        return None
    for page in objects:
        if isinstance(page, Page) and (answer := keep_while_it_leaves(request, page)):
            return answer
    return None
