"""Three lists in the admin: services and actors, with what nobody has confirmed for a year, and
routes."""

from __future__ import annotations

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button

from territories.audit import actions
from territories.models import Territory
from territories.tenancy.guards import territories_of

from . import closing, partners
from .models import ActorPage, RoutePage, ServicePage

PLUGIN = "resources_directory"


def narrow_to_stale(queryset, name, value):
    return queryset.stale() if value else queryset


# Wagtail's own filters name the authors and the sites of every territory: none is taken over.
class ActorFilterSet(WagtailFilterSet):
    stale = django_filters.BooleanFilter(
        label=_("Pas confirmé depuis un an"), method=narrow_to_stale
    )

    class Meta:
        model = ActorPage
        fields = ["step_free"]


class ServiceFilterSet(ActorFilterSet):
    class Meta:
        model = ServicePage
        fields = ["type", "fees"]


class RecordsView(IndexView):
    """The records that a person may explore; translations are reached through their record."""

    def get_base_queryset(self):
        return super().get_base_queryset().filter(pk__in=self.model.objects.records())


class RecordsViewSet(PageListingViewSet):
    index_view_class = RecordsView
    columns = [
        *IndexView.base_columns,
        Column("confirmed_on", label=_("Confirmé le"), sort_key="confirmed_on"),
    ]
    list_per_page = 50


class ServiceViewSet(RecordsViewSet):
    model = ServicePage
    name = "services"
    icon = "list-ul"
    menu_label = _("Services")
    filterset_class = ServiceFilterSet


class ActorViewSet(RecordsViewSet):
    model = ActorPage
    name = "actors"
    icon = "group"
    menu_label = _("Acteurs")
    filterset_class = ActorFilterSet


class RouteFilterSet(WagtailFilterSet):
    class Meta:
        model = RoutePage
        fields = ["mode"]


class RouteViewSet(RecordsViewSet):
    model = RoutePage
    name = "routes"
    icon = "list-ol"
    menu_label = _("Parcours")
    columns = IndexView.base_columns
    filterset_class = RouteFilterSet


class DirectoryViewSetGroup(ViewSetGroup):
    menu_label = _("Guide et carte")
    menu_icon = "list-ul"
    menu_order = 130
    items = (ServiceViewSet("services"), ActorViewSet("actors"), RouteViewSet("routes"))

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        shown = item.is_shown
        item.is_shown = lambda request: shown(request) and is_open_for(request.user)
        return item


def is_open_for(user) -> bool:
    """Whether the guide is open in one of the territories of a person."""
    if user.is_superuser:
        return True
    return Territory.objects.with_plugin(PLUGIN).filter(pk__in=territories_of(user)).exists()


@hooks.register("register_admin_viewset")
def directory_viewsets():
    return DirectoryViewSetGroup()


@hooks.register("register_admin_urls")
def own_urls():
    return [*partners.URLS, *closing.URLS]


@hooks.register("register_page_header_buttons")
def partners_button(page, user, view_name, next_url=None):
    if page.specific_class is ActorPage and partners.names_partners(user, page.specific.record):
        yield Button(
            _("Partenaires de cette fiche"),
            reverse("resources_directory_partners", args=[page.pk]),
            icon_name="group",
            priority=20,
        )


@hooks.register("register_log_actions")
def sentences_of_the_journal(registry):
    sentences = {
        "resources.import": (
            _("Importer des fiches"),
            _(
                "Fiches importées de %(source)s : %(made)s nouvelles, %(changed)s changées, "
                "%(proposed)s disparues"
            ),
        ),
        "resources.keep": (
            _("Garder une fiche disparue de sa source"),
            _("Gardée, bien que disparue de %(source)s"),
        ),
        "partners.add": (
            _("Nommer un partenaire"),
            _("%(who)s propose désormais des changements"),
        ),
        "partners.remove": (
            _("Retirer un partenaire"),
            _("%(who)s ne propose plus de changements"),
        ),
    }
    actions.register(registry, sentences)
