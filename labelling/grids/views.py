"""« Grille du label »: the version in force, what a newer one changes, criteria of one's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import CriteriaGrid, Criterion
from labelling.rights import own_territories
from territories.models import Territory
from territories.tenancy.roles import may_somewhere

from .adding import additions_of, keep_addition, new_addition, remove_addition
from .adopting import adopt_grid, adoption_of, grid_of, grid_to_adopt
from .differing import difference
from .forms import AdditionForm, AdoptForm

ADOPT = "labelling.add_gridadoption"
TITLE = gettext_lazy("Grille du label")


class TerritoriesView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever coordinates several; with one, straight to its grid."""

    template_name = "labelling/grids/territories.html"
    page_title = TITLE
    header_icon = "list-ul"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.territories = list(own_territories(request.user, ADOPT))
        if not self.territories:
            raise PermissionDenied
        if len(self.territories) == 1:
            return redirect("label_grid:read", self.territories[0].slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "territories": self.territories}


class OwnGrid(WagtailAdminTemplateMixin):
    """404 for a stranger, who does not learn what a territory asks."""

    header_icon = "list-ul"
    page_title = TITLE

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = own_territories(request.user, ADOPT)
        self.territory: Territory = get_object_or_404(own, slug=self.kwargs["owner"])

    @cached_property
    def grid(self) -> CriteriaGrid | None:
        return grid_of(self.territory)

    def get_page_subtitle(self):
        return _("Grille du label : %(name)s") % {"name": self.territory.name}

    def get_breadcrumbs_items(self):
        home = super().get_breadcrumbs_items()
        if self.page_title == TITLE:
            return [*home, {"url": "", "label": TITLE}]
        address = reverse("label_grid:read", args=[self.territory.slug])
        return [*home, {"url": address, "label": TITLE}, {"url": "", "label": self.page_title}]

    def back(self) -> HttpResponse:
        return redirect("label_grid:read", self.territory.slug)


class GridView(OwnGrid, FormView):
    """GET says what a newer version changes, POST adopts it."""

    template_name = "labelling/grids/own.html"
    form_class = AdoptForm

    @cached_property
    def newer(self) -> CriteriaGrid | None:
        return grid_to_adopt(self.territory)

    @cached_property
    def additions(self):
        return additions_of(self.territory, self.grid)

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"version": self.newer.version if self.newer else ""}
        return {**super().get_form_kwargs(), "initial": initial, "additions": self.additions}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {
            "territory": self.territory,
            "grid": self.grid,
            "adoption": adoption_of(self.territory),
            "additions": list(self.additions),
            "newer": self.newer,
        }
        if self.newer:
            before, after = self.grid.criteria.all(), self.newer.criteria.all()
            context["difference"] = difference(before, after)
        return context

    def form_valid(self, form: AdoptForm) -> HttpResponse:
        asked = form.cleaned_data["version"]
        if self.newer is None or self.newer.version != asked:
            messages.error(
                self.request, _("La version proposée a changé entre-temps : relisez-la ci-dessous.")
            )
            return self.back()
        try:
            adopt_grid(
                territory=self.territory,
                grid=self.newer,
                carries=form.cleaned_data.get("carries", ()),
                adopted_by=self.request.user,
            )
        except ValidationError as refused:
            messages.error(self.request, " ".join(refused.messages))
            return self.back()
        messages.success(
            self.request,
            _("La version %(version)s est en vigueur.") % {"version": self.newer.version},
        )
        return self.back()


class AdditionView(OwnGrid, FormView):
    """A new criterion of one's own, or one that nobody has answered yet."""

    template_name = "labelling/grids/addition.html"
    form_class = AdditionForm
    page_title = gettext_lazy("Un critère à vous")

    @cached_property
    def criterion(self) -> Criterion:
        """Only of the version in force: those of older versions are history."""
        if "criterion_id" not in self.kwargs:
            if self.grid is None:
                raise PermissionDenied
            return new_addition(self.territory, self.grid)
        own = additions_of(self.territory, self.grid)
        return get_object_or_404(own, pk=self.kwargs["criterion_id"])

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.criterion.is_frozen:
            messages.error(request, self.criterion.why_frozen)
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        given = super().get_form_kwargs()
        return {**given, "instance": self.criterion, "for_user": self.request.user}

    def form_valid(self, form: AdditionForm) -> HttpResponse:
        try:
            keep_addition(criterion=form.instance, user=self.request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Le critère est enregistré."))
        return self.back()


class RemoveAdditionView(AdditionView):
    template_name = "labelling/grids/remove.html"
    page_title = gettext_lazy("Supprimer ce critère")

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "criterion": self.criterion, "territory": self.territory}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            remove_addition(criterion=self.criterion, user=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Le critère est supprimé."))
        return self.back()


patterns = [
    path("", TerritoriesView.as_view(), name="index"),
    path("<slug:owner>/", GridView.as_view(), name="read"),
    path("<slug:owner>/add/", AdditionView.as_view(), name="add"),
    path("<slug:owner>/<int:criterion_id>/", AdditionView.as_view(), name="change"),
    path("<slug:owner>/<int:criterion_id>/delete/", RemoveAdditionView.as_view(), name="delete"),
]
URLS = [path("label-grid/", include((patterns, "label_grid")))]


class GridItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, ADOPT)


def grid_item() -> MenuItem:
    return GridItem(
        TITLE,
        reverse("label_grid:index"),
        name="label-grid",
        icon_name="list-ul",
        order=80,
    )
