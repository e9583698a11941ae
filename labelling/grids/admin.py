"""The shared grids in the admin: the national team writes them, coordinators read them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, InspectView, SnippetViewSet

from labelling.models import CriteriaGrid
from labelling.models.grids import FROZEN
from territories.audit.recording import record
from territories.tenancy.roles import NATIONAL, owners_where

from .files import file_of, write_grid
from .forms import GridFileForm, WordsForm
from .importing import GridPlan, make_grid, plan_grid
from .reading import LARGEST, BadGrid
from .words import OTHER_LANGUAGES

ADD, CHANGE = "labelling.add_criteriagrid", "labelling.change_criteriagrid"
LIST = "wagtailsnippets_labelling_criteriagrid:list"


def keeps_the_grids(user, permission: str = CHANGE) -> bool:
    return user.is_superuser or NATIONAL in owners_where(user, permission)


def buttons_of(grid: CriteriaGrid, user) -> list[Button]:
    found = [
        Button(
            gettext_lazy("Télécharger en fichier"),
            url=reverse("criteria_grids:export", args=[grid.pk]),
            icon_name="download",
            priority=100,
        )
    ]
    if keeps_the_grids(user):
        found += [
            Button(
                gettext_lazy("Mots en %(language)s") % {"language": str(name)},
                url=reverse("criteria_grids:words", args=[grid.pk, code]),
                icon_name="wagtail-localize-language",
                priority=110,
            )
            for code, name in OTHER_LANGUAGES.items()
        ]
    return found


class GridsView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        found = list(super().header_more_buttons)
        if keeps_the_grids(self.request.user, ADD):
            url = reverse("criteria_grids:import")
            found.append(
                Button(
                    gettext_lazy("Importer un fichier"), url=url, icon_name="upload", priority=90
                )
            )
        return found


class EditGridView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        found = buttons_of(self.object, self.request.user)
        return [*super().header_more_buttons, *found]


class ReadGridView(InspectView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        found = buttons_of(self.object, self.request.user)
        return [*super().header_more_buttons, *found]


class CriteriaGridViewSet(SnippetViewSet):
    model = CriteriaGrid
    icon = "list-ul"
    menu_label = gettext_lazy("Grilles du label")
    list_display = ["name", "version", "published_on"]
    inspect_view_enabled = True
    # A copy would carry the criteria of the grid that served away with it.
    copy_view_enabled = False
    index_view_class = GridsView
    edit_view_class = EditGridView
    inspect_view_class = ReadGridView
    inspect_template_name = "labelling/inspect_grid.html"
    inspect_view_fields = ["name", "version", "published_on", "introduction"]


def keep_the_grids_in_use(request: HttpRequest, instances) -> HttpResponse | None:
    """For the hook `before_delete_snippet`."""
    grids = [one for one in instances if isinstance(one, CriteriaGrid)]
    if any(one.is_frozen for one in grids):
        messages.error(request, FROZEN)
    elif any(is_adopted(one) for one in grids):
        messages.error(request, _("Un territoire a choisi cette grille : elle ne s’efface plus."))
    else:
        return None
    return redirect(LIST)


def is_adopted(grid: CriteriaGrid) -> bool:
    completed = CriteriaGrid.with_additions.filter(completes=grid)
    return grid.adoptions.exists() or completed.exists()


class ExportView(View):
    """As a file, for whoever may read the grid."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("labelling.view_criteriagrid"):
            raise PermissionDenied
        grid = get_object_or_404(CriteriaGrid, pk=pk)
        answer = HttpResponse(
            write_grid(file_of(grid)), content_type="application/toml; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="grille-{grid.version}.toml"'
        return answer


class NationalView(WagtailAdminTemplateMixin, FormView):
    header_icon = "list-ul"
    permission = CHANGE

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not keeps_the_grids(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Grilles du label")},
            {"url": "", "label": self.get_page_title()},
        ]


class WordsView(NationalView):
    """A page of its own for each language: the French stays in sight above each text."""

    template_name = "labelling/grids/words.html"
    form_class = WordsForm

    def get_page_title(self):
        return _("Mots en %(language)s") % {"language": self.language_name}

    def get_page_subtitle(self):
        return str(self.grid)

    @cached_property
    def grid(self) -> CriteriaGrid:
        return get_object_or_404(CriteriaGrid, pk=self.kwargs["pk"])

    @property
    def language_name(self) -> str:
        if self.kwargs["language"] not in OTHER_LANGUAGES:
            raise Http404
        return str(OTHER_LANGUAGES[self.kwargs["language"]])

    def get_form_kwargs(self) -> dict[str, Any]:
        language = self.kwargs["language"]
        return {**super().get_form_kwargs(), "grid": self.grid, "language": language}

    @transaction.atomic
    def form_valid(self, form: WordsForm) -> HttpResponse:
        partly = form.save()
        record(
            territory=None,
            action="labelling.translate_grid",
            user=self.request.user,
            about=self.grid,
            version=self.grid.version,
            language=self.language_name,
        )
        if partly:
            sentence = _("C’est enregistré. Pas encore dits en entier, donc montrés en français : ")
            messages.warning(self.request, f"{sentence}{' ; '.join(partly)}.")
        else:
            messages.success(self.request, _("C’est enregistré."))
        return redirect(self.request.path)


class ImportView(NationalView):
    """First what the file would make, then, once confirmed, the grid."""

    template_name = "labelling/grids/import.html"
    page_title = gettext_lazy("Importer une grille")
    permission = ADD
    form_class = GridFileForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "content" in request.POST:
            return self.make(request.POST["content"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: GridFileForm) -> HttpResponse:
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            plan = plan_grid(content)
        except BadGrid as refused:
            return self.refuse(form, refused)
        text = content.decode("utf-8-sig")
        return self.render_to_response(self.get_context_data(form=form, plan=plan, content=text))

    def make(self, content: str) -> HttpResponse:
        try:
            plan: GridPlan = plan_grid(content.encode())
        except (BadGrid, UnicodeEncodeError) as refused:
            return self.refuse(GridFileForm(), refused)
        if plan.is_new:
            grid = make_grid(file=plan.file)
            record(
                territory=None,
                action="labelling.import_grid",
                user=self.request.user,
                about=grid,
                version=grid.version,
            )
            sentence = _("La version %(version)s est là.")
            messages.success(self.request, sentence % {"version": grid.version})
        return redirect(LIST)

    def refuse(self, form: GridFileForm, refused: Exception) -> HttpResponse:
        sentences = getattr(refused, "sentences", [_("Ce fichier n’est pas du texte en UTF-8.")])
        context = self.get_context_data(form=form, refusals=sentences)
        return self.render_to_response(context, status=400)


class GridsItem(MenuItem):
    """The versions that all territories choose from, for whoever keeps them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_the_grids(request.user)


def grids_item() -> MenuItem:
    return GridsItem(
        gettext_lazy("Grilles de critères"),
        reverse(LIST),
        name="criteria-grids",
        icon_name="list-ul",
        order=75,
    )


patterns = [
    path("import/", ImportView.as_view(), name="import"),
    path("<int:pk>/export/", ExportView.as_view(), name="export"),
    path("<int:pk>/words/<slug:language>/", WordsView.as_view(), name="words"),
]
URLS = [path("criteria-grids/", include((patterns, "criteria_grids")))]
