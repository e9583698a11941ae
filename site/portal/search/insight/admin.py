"""« Ce que les habitants ont cherché sans trouver », in the admin."""

from __future__ import annotations

from urllib.parse import urlencode

import django_filters
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn

from portal.search.models import SearchTally, UnmetSearch
from portal.search.models.unmet import DEAL, READ
from portal.search.vocabulary.admin import ADD
from territories.tenancy.lists import OwnList
from territories.tenancy.roles import may_somewhere

from .counting import READABLE_FROM
from .dealing import deal_with, reopen
from .forgetting import MONTHS_KEPT

TITLE = _("Cherché sans trouver")


def may_read(user: User) -> bool:
    return may_somewhere(user, READ)


def whose(search: UnmetSearch) -> str:
    return search.territory.name if search.territory else str(_("Portail national"))


def as_written(search: UnmetSearch) -> str:
    return format_html('<bdi lang="{}">{}</bdi>', search.language, search.text)


class UnmetFilterSet(WagtailFilterSet):
    """Those that wait, unless others are asked for."""

    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=[("dealt", _("Traitées")), ("all", _("Toutes"))],
        method="in_state",
        empty_label=_("À traiter"),
    )

    class Meta:
        model = UnmetSearch
        fields: list[str] = []

    def in_state(self, found, name: str, value: str):
        return found.exclude(UnmetSearch.OPEN) if value == "dealt" else found

    def filter_queryset(self, found):
        found = super().filter_queryset(found)
        return found if self.form.cleaned_data.get("state") else found.filter(UnmetSearch.OPEN)


class WhatToDo(Column):
    cell_template_name = "portal_search/admin/what_to_do.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        user = context["request"].user
        asked = {"said": instance.text, "territory": instance.territory_id or ""}
        address = reverse("search_synonyms:add")
        return {
            **context,
            "search": instance,
            "which": format_html('<span class="w-sr-only">{}</span>', f" : {instance.text}"),
            "add_url": f"{address}?{urlencode(asked)}" if user.has_perm(ADD) else "",
            "may_deal": user.has_perm(DEAL),
            "is_open": instance.is_open,
        }


class UnmetView(OwnList):
    model = UnmetSearch
    page_title = TITLE
    header_icon = "search"
    index_url_name = "unmet_searches:index"
    index_results_url_name = "unmet_searches:index_results"
    results_template_name = "portal_search/admin/unmet_results.html"
    filterset_class = UnmetFilterSet
    default_ordering = ("-in_vain", "pk")
    permission = READ
    columns = [
        Column("text", label=_("Ce qui est cherché"), accessor=as_written),
        NumberColumn("in_vain", label=_("En vain")),
        NumberColumn("without_result", label=_("Sans résultat")),
        NumberColumn("without_click", label=_("Sans clic")),
        NumberColumn("opened", label=_("Fiche ouverte")),
        Column("last_week", label=_("Dernière fois, semaine du")),
        Column("territory", label=_("Territoire"), accessor=whose),
        WhatToDo("what", label=_("Que faire ?")),
    ]

    def get_base_queryset(self):
        found = UnmetSearch.objects.of_user(self.request.user).select_related("territory__site")
        return found.annotate(in_vain=F("without_result") + F("without_click"))

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "unreadable": SearchTally.objects.of_user(self.request.user).in_vain(),
            "readable_from": READABLE_FROM,
            "months": MONTHS_KEPT,
        }


class DealView(View):
    """404 for a stranger, who does not learn that it exists."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, search_id: int) -> HttpResponse:
        found = UnmetSearch.objects.of_user(request.user, DEAL)
        search = get_object_or_404(found, pk=search_id)
        if request.POST.get("action") == "dealt":
            deal_with(found.filter(pk=search.pk))
            said = _("« %(words)s » est traitée. Elle revient si on la cherche encore en vain.")
        else:
            reopen(search)
            said = _("« %(words)s » attend de nouveau.")
        messages.success(request, said % {"words": search.text})
        return redirect("unmet_searches:index")


patterns = [
    path("", UnmetView.as_view(), name="index"),
    path("results/", UnmetView.as_view(results_only=True), name="index_results"),
    path("<int:search_id>/", DealView.as_view(), name="deal"),
]
URLS = [path("unmet-searches/", include((patterns, "unmet_searches")))]


class UnmetItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def unmet_item() -> MenuItem:
    return UnmetItem(
        TITLE, reverse("unmet_searches:index"), name="unmet-searches", icon_name="search", order=10
    )
