"""« Messages reçus »: what was written to one's own territories, in the admin."""

from __future__ import annotations

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from territories.people.members import name_of
from territories.tenancy.lists import OwnList
from territories.tenancy.roles import may_somewhere

from .inbox import delete_message, mark_answered, mark_waiting
from .models import ANSWER, DELETE, MONTHS_KEPT, READ, ContactMessage

LIST_TITLE = pgettext_lazy("d’une personne", "Messages reçus")
PORTAL = _("Portail national")


def may_read(user: User) -> bool:
    return may_somewhere(user, READ)


def whose(message: ContactMessage) -> str:
    return message.territory.name if message.territory else str(PORTAL)


class MessageFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=[("waiting", _("À répondre")), ("answered", _("Répondus"))],
        method="in_state",
        empty_label=_("Tous"),
    )

    class Meta:
        model = ContactMessage
        fields: list[str] = []

    def in_state(self, found, name: str, value: str):
        return found.filter(answered_at__isnull=value == "waiting")


class MessagesView(OwnList):
    model = ContactMessage
    page_title = LIST_TITLE
    header_icon = "mail"
    index_url_name = "contact_messages:index"
    index_results_url_name = "contact_messages:index_results"
    filterset_class = MessageFilterSet
    default_ordering = "-created_at"
    permission = READ
    columns = [
        TitleColumn("subject", label=_("Sujet"), url_name="contact_messages:read"),
        Column(
            "sender",
            label=_("De qui"),
            accessor=lambda message: message.name or message.email or message.phone,
        ),
        Column("territory", label=_("Territoire"), accessor=whose),
        Column(
            "state",
            label=_("État"),
            accessor=lambda message: _("répondu") if message.answered_at else _("à répondre"),
        ),
        DateColumn("created_at", label=_("Reçu"), sort_key="created_at"),
    ]

    def get_base_queryset(self):
        return ContactMessage.objects.of_user(self.request.user).select_related("territory")


class OwnMessage(WagtailAdminTemplateMixin, TemplateView):
    """404 for a stranger, who does not learn that it exists."""

    header_icon = "mail"
    permission = READ

    @cached_property
    def message(self) -> ContactMessage:
        found = ContactMessage.objects.of_user(self.request.user, self.permission)
        found = found.select_related("territory", "answered_by")
        return get_object_or_404(found, pk=self.kwargs["message_id"])

    def may(self, permission: str) -> bool:
        own = ContactMessage.objects.of_user(self.request.user, permission)
        return own.filter(pk=self.message.pk).exists()

    def get_page_subtitle(self):
        return str(self.message)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("contact_messages:index"), "label": LIST_TITLE},
            {"url": "", "label": str(self.message)},
        ]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "message": self.message}


class MessageView(OwnMessage):
    template_name = "territories/contact/read.html"
    page_title = pgettext_lazy("d’une personne", "Message reçu")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        message = self.message
        if not self.may(ANSWER):
            raise PermissionDenied
        if request.POST.get("action") == "answered":
            mark_answered(message=message, answered_by=request.user)
            messages.success(request, _("Ce message est marqué comme répondu."))
        elif request.POST.get("action") == "waiting":
            mark_waiting(message=message, changed_by=request.user)
            messages.success(request, _("Ce message attend de nouveau une réponse."))
        else:
            messages.error(request, _("Rien n’est changé : choisissez l’un des boutons."))
        return redirect("contact_messages:read", message.pk)

    def get_context_data(self, **kwargs):
        answered_by = self.message.answered_by
        return {
            **super().get_context_data(**kwargs),
            "whose": whose(self.message),
            "may_answer": self.may(ANSWER),
            "may_delete": self.may(DELETE),
            "answered_by": name_of(answered_by) if answered_by else "",
            "months": MONTHS_KEPT,
        }


class DeleteMessageView(OwnMessage):
    template_name = "territories/contact/delete.html"
    page_title = _("Supprimer ce message")
    permission = DELETE

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        delete_message(message=self.message, deleted_by=request.user)
        messages.success(request, _("Le message est supprimé."))
        return redirect("contact_messages:index")
