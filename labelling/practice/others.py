"""« Fiches actions des autres territoires » in the admin: found by words and facets, taken up."""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from agenda.models import EventPage
from labelling.models import PracticeReuse, PracticeSheetPage
from territories.models import Term, Territory
from territories.tenancy.guards import territories_of
from territories.tenancy.roles import is_national
from territories.vocabulary.families import families

from .reusing import shared_sheets
from .views import LIST_TITLE, SheetView, TakeFactsView, WriteFromReportView

# More words than anybody searches for.
MOST_WORDS = 10
SEARCHED = ("title", "summary", "context", "partners", "results", "advice", "to_know")


def own_territories(user) -> list[int]:
    """Read once for each user object, and so once a request: the menu asks on each page."""
    if not hasattr(user, "_labels_in"):
        edited = Territory.objects.with_plugin("labelling").filter(pk__in=territories_of(user))
        user._labels_in = list(edited.values_list("pk", flat=True))
    return list(user._labels_in)


def may_look(user) -> bool:
    """Whoever writes pages somewhere where the label is open, and the national team."""
    return user.is_active and (is_national(user) or bool(own_territories(user)))


def sheets_for(user):
    """Those of the others; of all, for who writes in several territories, or in none."""
    own = own_territories(user)
    sheets = shared_sheets()
    return sheets.exclude(territory=own[0]) if len(own) == 1 else sheets


def sharing_territories(request: HttpRequest | None):
    if request is None:
        return Territory.objects.none()
    return Territory.objects.filter(pk__in=sheets_for(request.user).values("territory"))


def terms_of(kind: str):
    return lambda request: Term.objects.of(kind).filter(is_retired=False)


def family_choices() -> list[tuple[str, str]]:
    """Read when the form is shown: the vocabulary is data."""
    return [(term.code, term.words) for term in families().values()]


class InWords(django_filters.ModelChoiceFilter):
    class Field(django_filters.fields.ModelChoiceField):
        def label_from_instance(self, term: Term) -> str:
            return term.words

    field_class = Field


class SheetFilterSet(WagtailFilterSet):
    theme = django_filters.ChoiceFilter(
        label=_("Pour quel besoin ?"), choices=family_choices, method="of_family"
    )
    public = InWords(label=_("Pour qui ?"), queryset=terms_of(Term.Kind.PUBLIC), method="for_whom")
    format = InWords(label=_("Quel format ?"), queryset=terms_of(Term.Kind.EVENT_FORMAT))
    territory = django_filters.ModelChoiceFilter(
        label=_("Quel territoire ?"), queryset=sharing_territories
    )

    class Meta:
        model = PracticeSheetPage
        fields = ["theme", "public", "format", "territory"]

    def of_family(self, found, name, value):
        carrying = PracticeSheetPage.objects.filter(themes__parent__code=value)
        return found.filter(pk__in=carrying.values("pk"))

    def for_whom(self, found, name, value):
        carrying = PracticeSheetPage.objects.filter(publics=value)
        return found.filter(pk__in=carrying.values("pk"))


class OtherSheetsView(IndexView):
    model = PracticeSheetPage
    page_title = LIST_TITLE
    header_icon = "clipboard-list"
    index_url_name = "labelling_practice:index"
    index_results_url_name = "labelling_practice:index_results"
    filterset_class = SheetFilterSet
    default_ordering = "-first_published_at"
    paginate_by = 25
    is_searchable = True
    search_fields = SEARCHED
    # Records alone: there is nothing to choose between languages.
    i18n_enabled = False
    columns = [
        TitleColumn("title", label=_("Fiche action"), url_name="labelling_practice:sheet"),
        Column("summary", label=_("Résumé")),
        Column("territory", label=_("Territoire")),
        Column("reused", label=_("Reprises publiées")),
        DateColumn("first_published_at", label=_("Publiée"), sort_key="first_published_at"),
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        published = EventPage.objects.findable().filter(pk=OuterRef("page"))
        reuses = PracticeReuse.objects.filter(Exists(published), sheet=OuterRef("pk"))
        number = reuses.order_by().values("sheet").annotate(number=Count("pk")).values("number")
        return sheets_for(self.request.user).annotate(reused=Coalesce(Subquery(number), 0))

    def search_queryset(self, queryset):
        """Each word, wherever it stands: several words are no sentence of the sheet."""
        for word in (self.search_query or "").split()[:MOST_WORDS]:
            found = Q()
            for name in SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


patterns = [
    path("", OtherSheetsView.as_view(), name="index"),
    path("results/", OtherSheetsView.as_view(results_only=True), name="index_results"),
    path("from/<int:report_id>/", WriteFromReportView.as_view(), name="write"),
    path("<int:page_id>/", SheetView.as_view(), name="sheet"),
    path("<int:page_id>/facts/", TakeFactsView.as_view(), name="take_facts"),
]
URLS = [path("labelling/fiches/", include((patterns, "labelling_practice")))]


class OtherSheetsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


def other_sheets_item() -> MenuItem:
    return OtherSheetsItem(
        _("Fiches des autres territoires"),
        reverse("labelling_practice:index"),
        name="practice-sheets",
        icon_name="copy",
        order=60,
    )
