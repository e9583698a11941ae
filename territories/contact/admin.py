"""What the hooks of the admin are made of: addresses, menu, what waits on the home page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem

from . import views
from .models import ANSWER, ContactMessage

SHOWN = 5

patterns = [
    path("", views.MessagesView.as_view(), name="index"),
    path("results/", views.MessagesView.as_view(results_only=True), name="index_results"),
    path("<int:message_id>/", views.MessageView.as_view(), name="read"),
    path("<int:message_id>/delete/", views.DeleteMessageView.as_view(), name="delete"),
]
URLS = [path("messages/", include((patterns, "contact_messages")))]


class MessagesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_read(request.user)


def messages_item() -> MenuItem:
    return MessagesItem(
        pgettext_lazy("d’une personne", "Messages reçus"),
        reverse("contact_messages:index"),
        name="messages",
        icon_name="mail",
        order=145,
    )


def waiting_messages(request: HttpRequest) -> Mapping[str, Any] | None:
    """On the admin's home: what nobody has answered, the oldest first."""
    found = ContactMessage.objects.of_user(request.user, ANSWER).waiting()
    found = list(found.select_related("territory").order_by("created_at")[: SHOWN + 1])
    if not found:
        return None
    return {"messages_received": found[:SHOWN], "has_more": len(found) > SHOWN}
