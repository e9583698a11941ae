"""The events one registers for, those of an event, one registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from agenda.models import EventPage, Occurrence, Registration
from agenda.models.registrations import CHANGE, DELETE, MONTHS_KEPT, READ, State
from agenda.registration.registering import cancel_registration, delete_registration
from agenda.registration.telling import date_words
from territories.people.members import name_of
from territories.tenancy.lists import OwnList
from territories.words import moment_words

from .own import ICON, LIST_TITLE, OwnEvent, OwnRegistration, own_events, own_territories

ANSWERS = {"yes": True, "no": False, "": None}


def people_in(state: State) -> Subquery:
    """Of the dates to come."""
    found = Registration.objects.filter(
        event=OuterRef("pk"), state=state, kept_from__gt=timezone.now()
    )
    return Subquery(found.order_by().values("event").annotate(sum=Sum("people")).values("sum"))


def next_words(event: EventPage) -> str:
    start = event.next_start
    return moment_words(start, None, event.zone, year=True) if start else ""


class EventsView(OwnList):
    """The next to take place first; those that are over come last."""

    model = EventPage
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "registrations:index"
    index_results_url_name = "registrations:index_results"
    default_ordering = "next_start"
    # Few of them, the next first: a search engine would not order them so.
    is_searchable = False
    permission = READ
    columns = [
        TitleColumn("title", label=_("Rendez-vous"), url_name="registrations:event"),
        Column("territory", label=_("Territoire")),
        Column("next_start", label=_("Prochaine date"), accessor=next_words),
        Column("registered", label=_("Inscrits"), accessor=lambda one: one.registered or 0),
        Column("waiting", label=_("En attente"), accessor=lambda one: one.waiting or 0),
        Column("capacity", label=_("Places"), accessor=lambda one: one.capacity or "–"),
    ]

    def get_base_queryset(self):
        coming = Occurrence.objects.filter(event=OuterRef("pk"), over_at__gt=timezone.now())
        some = Exists(Registration.objects.filter(event=OuterRef("pk")))
        found = own_events(self.request.user).filter(Q(registration_is_open=True) | Q(some))
        return found.annotate(
            next_start=Subquery(coming.order_by("start").values("start")[:1]),
            registered=people_in(State.REGISTERED),
            waiting=people_in(State.WAITING),
        )

    def order_queryset(self, queryset):
        return queryset.order_by(F("next_start").asc(nulls_last=True), "title", "pk")


class EventView(OwnEvent, TemplateView):
    """Who comes, date by date, and who came."""

    template_name = "agenda/registration/admin/event.html"
    page_title = LIST_TITLE

    @cached_property
    def may_change(self) -> bool:
        own = own_territories(self.request.user, CHANGE)
        return own.filter(pk=self.event.territory_id).exists()

    @property
    def header_more_buttons(self) -> list[Button]:
        pages = (
            ("export", _("Télécharger en CSV"), "download"),
            ("print", _("Liste à imprimer"), "list-ul"),
        )
        return [
            Button(label, reverse(f"registrations:{name}", args=[self.event.pk]), icon_name=icon)
            for name, label, icon in pages
        ]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        changed = 0
        for one in self.roll.rows:
            answer = request.POST.get(f"came-{one.pk}")
            if answer in ANSWERS and one.came is not ANSWERS[answer]:
                one.came = ANSWERS[answer]
                one.save(update_fields=["came"])
                changed += 1
        if changed:
            messages.success(request, _("Les présences sont notées."))
        else:
            messages.info(request, _("Rien n’est changé."))
        return redirect("registrations:event", self.event.pk)

    def get_context_data(self, **kwargs) -> Mapping[str, Any]:
        with_past = self.request.GET.get("passes") == "1"
        return {
            **super().get_context_data(**kwargs),
            "sections": self.roll.shown(with_past=with_past),
            "with_past": with_past,
            "may_change": self.may_change,
            "months": MONTHS_KEPT,
        }


class RegistrationView(OwnRegistration, TemplateView):
    template_name = "agenda/registration/admin/read.html"
    page_title = _("Inscription")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        registration = self.registration
        if not self.may(CHANGE):
            raise PermissionDenied
        if request.POST.get("action") == "cancel":
            cancel_registration(registration=registration, user=request.user)
            messages.success(request, _("L’inscription est annulée, la place est rendue."))
        else:
            messages.error(request, _("Rien n’est changé : choisissez l’un des boutons."))
        return redirect("registrations:event", registration.event_id)

    def get_context_data(self, **kwargs) -> Mapping[str, Any]:
        one = self.registration
        occurrence = one.event.occurrences.filter(key=one.occurrence_key).first()
        return {
            **super().get_context_data(**kwargs),
            "when": date_words(one.event, one, occurrence),
            "added_by": name_of(one.added_by) if one.added_by else "",
            "months": MONTHS_KEPT,
        }


class DeleteRegistrationView(OwnRegistration, TemplateView):
    template_name = "agenda/registration/admin/delete.html"
    page_title = _("Effacer cette inscription")
    permission = DELETE

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.registration.event_id
        delete_registration(registration=self.registration, deleted_by=request.user)
        messages.success(request, _("L’inscription est effacée."))
        return redirect("registrations:event", event)
