"""How far a sending is, and what one decides of it; the list of all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn

from newsletter.models import CopyState, Sending, SendingState
from newsletter.models.sendings import READ
from newsletter.sending import deciding
from newsletter.sending.deciding import NotNow
from newsletter.sending.progress import progress_of
from territories.tenancy.lists import OwnList

from .own import ICON, LIST_TITLE, OfSending

GOES_ON = {SendingState.SCHEDULED, SendingState.SENDING}
LISTED = 50


class SendingView(OfSending, TemplateView):
    template_name = "newsletter/sending/read.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        action, copy = request.POST.get("action", ""), request.POST.get("copy", "")
        if copy and not copy.isdigit():
            copy, action = "", ""
        try:
            sentence = self.decide(action, int(copy[:18]) if copy else None)
        except NotNow:
            messages.warning(request, _("L’envoi a changé entre-temps : regardez où il en est."))
        else:
            if sentence:
                messages.success(request, sentence)
        return redirect("sendings:read", self.sending.pk)

    def decide(self, action: str, copy: int | None) -> str:
        """What to say of what was done; "" when nothing was asked for."""
        sending, by = self.sending, self.request.user
        if action == "pause":
            deciding.pause(sending, by)
            return _("L’envoi est en pause.")
        if action == "resume":
            deciding.resume(sending, by)
            return _("L’envoi reprend.")
        if action == "cancel":
            deciding.cancel(sending, by)
            return _("L’envoi est annulé. Ce qui est parti est parti.")
        if action == "consider":
            number = deciding.consider_sent(sending, by, copy)
            return ngettext(
                "%(count)d lettre est considérée comme partie.",
                "%(count)d lettres sont considérées comme parties.",
                number,
            ) % {"count": number}
        if action == "again":
            number = deciding.send_again(sending, by, copy)
            return ngettext(
                "%(count)d lettre part de nouveau.", "%(count)d lettres partent de nouveau.", number
            ) % {"count": number}
        return ""

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        sending = self.sending
        doubts = sending.copies.filter(state=CopyState.UNCERTAIN).select_related("subscriber")
        pages = Paginator(doubts.order_by("pk"), LISTED)
        refusals = sending.copies.filter(state=CopyState.REFUSED).select_related("subscriber")
        return super().get_context_data(
            sending=sending,
            object=sending,
            progress=progress_of(sending),
            goes_on=sending.state in GOES_ON,
            may_change=self.may_change,
            doubts=pages.get_page(self.request.GET.get("p")),
            refusals=refusals.order_by("-done_at", "-pk")[:LISTED],
            zone=sending.territory.zone,
            waits_until=waits_until(sending),
            **kwargs,
        )

    def get_page_title(self) -> str:
        return _("Envoi de la lettre")


def waits_until(sending: Sending) -> datetime | None:
    """Its turn with the mail server, where letters leave at a pace."""
    if sending.state != SendingState.SENDING or sending.turn_at is None:
        return None
    return sending.turn_at if sending.turn_at > timezone.now() else None


def begins(sending: Sending) -> str:
    moment = timezone.localtime(sending.begins_at, sending.territory.zone)
    return date_format(moment, "j F Y H:i")


def how_far(sending: Sending) -> str:
    if not sending.all_copies:
        return "–"
    return f"{sending.sent_copies} / {sending.all_copies}"


class SendingsView(OwnList):
    model = Sending
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "sendings:index"
    index_results_url_name = "sendings:index_results"
    default_ordering = "-begins_at"
    is_searchable = False
    permission = READ
    columns = [
        TitleColumn(
            "letter",
            label=gettext_lazy("Lettre"),
            accessor="letter.title",
            url_name="sendings:read",
        ),
        Column("territory", label=gettext_lazy("Territoire")),
        Column("state", label=gettext_lazy("État"), accessor="get_state_display"),
        Column("begins_at", label=gettext_lazy("Départ"), accessor=begins),
        Column("sent", label=gettext_lazy("Parties"), accessor=how_far),
        Column("doubts", label=gettext_lazy("Incertaines"), accessor="doubtful_copies"),
    ]

    def get_base_queryset(self):
        found = Sending.objects.of_user(self.request.user)
        return found.select_related("letter", "territory").annotate(
            all_copies=Count("copies"),
            sent_copies=Count("copies", filter=Q(copies__state=CopyState.SENT)),
            doubtful_copies=Count("copies", filter=Q(copies__state=CopyState.UNCERTAIN)),
        )

    def order_queryset(self, queryset):
        return queryset.order_by("-begins_at", "-pk")
