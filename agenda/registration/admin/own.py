"""Whose registrations these are: 404 for a stranger, who does not learn that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from agenda.models import EventPage, Registration
from agenda.models.registrations import CHANGE, DELETE, READ
from territories.tenancy.roles import may_somewhere, territories_where

from .sections import Roll

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

LIST_TITLE = _("Inscriptions")
ICON = "group"


def own_territories(user: User, permission: str = READ) -> QuerySet:
    return territories_where(user, permission).with_plugin("agenda")


def may_read(user: User) -> bool:
    return may_somewhere(user, READ)


def own_events(user: User, permission: str = READ) -> QuerySet:
    """The events, drafts too, of the territories whose registrations one reads."""
    found = EventPage.objects.records().filter(territory__in=own_territories(user, permission))
    return found.select_related("territory__site")


class OwnEvent(WagtailAdminTemplateMixin):
    """`permission`: what one must be given on registrations in the event's territory."""

    header_icon = ICON
    permission = READ

    @cached_property
    def event(self) -> EventPage:
        own = own_events(self.request.user, self.permission)
        return get_object_or_404(own, pk=self.kwargs["page_id"])

    @cached_property
    def roll(self) -> Roll:
        rows = Registration.objects.of_user(self.request.user).filter(event=self.event.pk)
        return Roll(self.event, list(rows.select_related("event", "territory__site")))

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("registrations:index"), "label": LIST_TITLE},
            *event_crumb(self.event, self.page_title, is_last=self.permission == READ),
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "event": self.event, "roll": self.roll}


def event_crumb(event: EventPage, title: Any, *, is_last: bool) -> list[dict[str, Any]]:
    url = "" if is_last else reverse("registrations:event", args=[event.pk])
    crumbs = [{"url": url, "label": event.title}]
    return crumbs if is_last else [*crumbs, {"url": "", "label": title}]


class OwnRegistration(WagtailAdminTemplateMixin):
    header_icon = ICON
    permission = READ

    @cached_property
    def registration(self) -> Registration:
        found = Registration.objects.of_user(self.request.user, self.permission)
        found = found.select_related("event", "territory__site", "added_by")
        return get_object_or_404(found, pk=self.kwargs["registration_id"])

    def may(self, permission: str) -> bool:
        own = Registration.objects.of_user(self.request.user, permission)
        return own.filter(pk=self.registration.pk).exists()

    def get_page_subtitle(self) -> str:
        return str(self.registration)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("registrations:index"), "label": LIST_TITLE},
            *event_crumb(self.registration.event, str(self.registration), is_last=False),
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "registration": self.registration,
            "may_change": self.may(CHANGE),
            "may_delete": self.may(DELETE),
        }
