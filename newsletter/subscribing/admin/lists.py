"""The readers of one's own territories, and one of them with the proof of their consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from newsletter.models import Consent, Subscriber, SubscriberState
from newsletter.models.subscribers import ADD, CHANGE, DELETE, READ
from newsletter.subscribing.silence import MONTHS
from newsletter.subscribing.wishes import neighbourhood_choices
from territories.people.members import name_of
from territories.tenancy.lists import OwnList
from territories.vocabulary.families import families

from .keeping import erase_by_hand, send_again, stop_by_hand
from .own import FILES, ICON, LIST_TITLE, OwnSubscriber, may

LANGUAGES = dict(settings.LANGUAGES)


class SubscriberFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("État"), choices=SubscriberState.choices, empty_label=_("Tous")
    )
    language = django_filters.ChoiceFilter(
        label=_("Langue"), choices=settings.LANGUAGES, empty_label=_("Toutes")
    )
    source = django_filters.ChoiceFilter(
        label=_("Origine"),
        choices=Consent.Source.choices,
        method="from_source",
        empty_label=_("Toutes"),
    )

    class Meta:
        model = Subscriber
        fields: list[str] = []

    def from_source(self, found, name: str, value: str):
        return found.filter(Exists(Consent.objects.filter(subscriber=OuterRef("pk"), source=value)))


class SubscribersView(OwnList):
    model = Subscriber
    page_title = LIST_TITLE
    header_icon = ICON
    index_url_name = "subscribers:index"
    index_results_url_name = "subscribers:index_results"
    filterset_class = SubscriberFilterSet
    default_ordering = "-created_at"
    permission = READ
    # In the database alone: no search engine learns an address.
    search_fields = ("email",)
    search_backend_name = None
    columns = [
        TitleColumn("email", label=_("Adresse e-mail"), url_name="subscribers:read"),
        Column("territory", label=_("Territoire")),
        Column("state", label=_("État"), accessor="get_state_display"),
        Column("language", label=_("Langue"), accessor=lambda one: LANGUAGES.get(one.language, "")),
        DateColumn("created_at", label=_("Inscrit"), sort_key="created_at"),
    ]

    def get_base_queryset(self):
        return Subscriber.objects.of_user(self.request.user).select_related("territory")

    def get_page_subtitle(self) -> str:
        """« 128 abonnés, 4 à confirmer »."""
        own = Subscriber.objects.of_user(self.request.user)
        rows = own.order_by().values_list("state").annotate(Count("pk"))
        counts = dict(rows)
        active = counts.get(SubscriberState.ACTIVE, 0)
        said = ngettext("%(count)d abonné", "%(count)d abonnés", active) % {"count": active}
        if waiting := counts.get(SubscriberState.PENDING, 0):
            said += ", " + gettext("%(count)d à confirmer") % {"count": waiting}
        return said

    @property
    def header_buttons(self) -> list[Button]:
        user, found = self.request.user, []
        if may(user, ADD):
            url = reverse("subscribers:add")
            found.append(HeaderButton(_("Ajouter une personne"), url, icon_name="plus"))
        return found

    @property
    def header_more_buttons(self) -> list[Button]:
        if not may(self.request.user, FILES):
            return []
        export = reverse("subscribers:export")
        return [
            Button(_("Reprendre un fichier"), reverse("subscribers:import"), icon_name="upload"),
            Button(_("Télécharger en CSV"), f"{export}?format=csv", icon_name="download"),
            Button(_("Télécharger en XLSX"), f"{export}?format=xlsx", icon_name="download"),
        ]


class SubscriberView(OwnSubscriber, TemplateView):
    template_name = "newsletter/subscribing/admin/read.html"
    page_title = _("Abonné")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        one, action = self.subscriber, request.POST.get("action")
        if action == "stop" and self.may(CHANGE):
            stop_by_hand(one, request.user)
            messages.success(request, _("Cette personne ne reçoit plus de lettre."))
        elif action == "again" and self.may(ADD):
            if send_again(one):
                messages.success(request, _("Le message est parti de nouveau."))
            else:
                messages.warning(request, _("Un message est déjà parti il y a moins d’une heure."))
        elif action in {"stop", "again"}:
            raise PermissionDenied
        else:
            messages.error(request, _("Rien n’est changé : choisissez l’un des boutons."))
        return redirect("subscribers:read", one.pk)

    def get_context_data(self, **kwargs) -> Mapping[str, Any]:
        one, terms = self.subscriber, families()
        proofs = list(one.consents.select_related("added_by"))
        for proof in proofs:
            proof.who = name_of(proof.added_by) if proof.added_by else ""
        quarters = dict(neighbourhood_choices(one.territory)) if one.neighbourhood else {}
        return {
            **super().get_context_data(**kwargs),
            "proofs": proofs,
            "themes": [terms[code].words for code in one.themes if code in terms],
            "quarter": quarters.get(one.neighbourhood, one.neighbourhood),
            "language": LANGUAGES.get(one.language, one.language),
            "months": MONTHS,
        }


class EraseView(OwnSubscriber, TemplateView):
    template_name = "newsletter/subscribing/admin/erase.html"
    page_title = _("Effacer cet abonné")
    permission = DELETE

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        erase_by_hand(self.subscriber, request.user)
        messages.success(request, _("L’abonné est effacé."))
        return redirect("subscribers:index")
