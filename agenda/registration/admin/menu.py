"""What the hooks of the admin are made of: addresses, menu, the buttons of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from agenda.models import EventPage, Occurrence, Registration
from agenda.models.registrations import CHANGE

from . import acts, lists
from .own import ICON, LIST_TITLE, may_read, own_territories
from .sections import Roll

if TYPE_CHECKING:
    from wagtail.models import Page

SHOWN = 5
patterns = [
    path("", lists.EventsView.as_view(), name="index"),
    path("results/", lists.EventsView.as_view(results_only=True), name="index_results"),
    path("of/<int:page_id>/", lists.EventView.as_view(), name="event"),
    path("of/<int:page_id>/add/", acts.AddView.as_view(), name="add"),
    path("of/<int:page_id>/tell/", acts.TellView.as_view(), name="tell"),
    path("of/<int:page_id>/export/", acts.ExportView.as_view(), name="export"),
    path("of/<int:page_id>/print/", acts.PrintView.as_view(), name="print"),
    path("<int:registration_id>/", lists.RegistrationView.as_view(), name="read"),
    path("<int:registration_id>/delete/", lists.DeleteRegistrationView.as_view(), name="delete"),
]
URLS = [path("registrations/", include((patterns, "registrations")))]


class RegistrationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def registrations_item() -> MenuItem:
    return RegistrationsItem(
        LIST_TITLE,
        reverse("registrations:index"),
        name="registrations",
        icon_name=ICON,
        order=144,
    )


def button_of_event(page: Page, user, *, priority: int) -> Iterator[Button]:
    """On the page of an event and in lists, for whoever reads its registrations."""
    if page.specific_class is not EventPage:
        return
    event = page.specific
    if not event.is_record:
        # A list in another language asks for no record: who comes is read with the French page.
        return
    if event.registration_is_open and event.territory_id in territories_read_by(user):
        url = reverse("registrations:event", args=[event.pk])
        yield Button(LIST_TITLE, url, icon_name=ICON, priority=priority)


def territories_read_by(user) -> frozenset[int]:
    """Read once a request, on whose user it is kept, as Wagtail's own permissions are."""
    if not hasattr(user, "_reads_registrations_in"):
        user._reads_registrations_in = frozenset(own_territories(user).values_list("pk", flat=True))
    return user._reads_registrations_in


def to_be_told(request: HttpRequest) -> Mapping[str, Any] | None:
    """On the admin's home page: events whose people do not know yet what has changed."""
    rows = Registration.objects.of_user(request.user, CHANGE).active()
    rows = rows.select_related("event__territory__site", "territory__site")
    by_event: dict[EventPage, list[Registration]] = {}
    for one in rows.filter(kept_from__gt=timezone.now()):
        by_event.setdefault(one.event, []).append(one)
    found = []
    occurrences: dict[int, dict[str, Occurrence]] = {event.pk: {} for event in by_event}
    for occurrence in Occurrence.objects.filter(event__in=by_event):
        occurrences[occurrence.event_id][occurrence.key] = occurrence
    for event, registrations in by_event.items():
        if number := len(Roll(event, registrations, occurrences[event.pk]).to_tell):
            found.append({"event": event, "number": number})
    if not found:
        return None
    return {"changed": found[:SHOWN], "has_more": len(found) > SHOWN}
