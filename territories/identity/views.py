"""The pages of a territory's identity: each for those who may change that territory."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.admin.viewsets.model import ModelViewSet

from territories.appearance.address import theme_css
from territories.appearance.oklch import is_colour
from territories.appearance.readable import TEXTS
from territories.models import Territory
from territories.plugins.switching import PluginRefused
from territories.tenancy.roles import is_national, territories_where

from .fields import named, take_name
from .panels import IDENTITY
from .saving import save_identity

CHANGE = "territories.change_territory"


class OwnTerritory:
    """Before every view: Wagtail's ask whether one may change territories, and not which."""

    def dispatch(self, request, *args, **kwargs):
        if "pk" in kwargs and request.user.has_perm(CHANGE):
            # 404 and not 403: which territories there are is not told.
            get_object_or_404(territories_where(request.user, CHANGE), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class IndexView(generic.IndexView):
    add_item_label = gettext_lazy("Nouveau territoire")

    def get(self, request, *args, **kwargs):
        own = territories_where(request.user, CHANGE)
        if not is_national(request.user) and own.count() == 1:
            return redirect("territory:edit", own.get().pk)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return territories_where(self.request.user, CHANGE).select_related("site")


class EditView(generic.EditView):
    template_name = "territories/identity/edit.html"
    success_message = gettext_lazy("%(object)s : c’est enregistré, et visible sur le site.")
    error_message = gettext_lazy("Rien n’est enregistré : regardez les champs en rouge.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if "data" in kwargs and self.taken:
            kwargs["data"] = kwargs["data"].copy()
            for name in self.taken:
                kwargs["data"][name] = self.request.POST[take_name(name)]
        return kwargs

    @property
    def taken(self) -> list[str]:
        """The fields whose suggested colour was taken by its button."""
        return [name for name in TEXTS if take_name(name) in self.request.POST]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.taken:
            # Everything else that was typed is shown again; nothing is saved yet.
            messages.info(request, _("La couleur est remplacée. Enregistrez pour la garder."))
            self.form = self.get_form()
            return self.render_to_response(self.get_context_data())
        if "show" in request.POST:
            form = self.get_form()
            if not self.is_valid(form):
                return self.form_invalid(form)
            return form.save(commit=False).make_preview_request(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PluginRefused as refusal:
            # Nothing is saved; what was typed is shown again.
            form.add_error("plugins", str(refusal))
            return self.render_to_response(self.get_context_data())

    def save_instance(self):
        territory = save_identity(form=self.form, by=self.request.user)
        opened = territory.enabled_plugins - set(self.form.cleaned_data["plugins"])
        if opened:
            messages.info(
                self.request,
                _("Ouvert aussi, par nécessité : %(names)s.") % {"names": ", ".join(named(opened))},
            )
        return territory

    def get_success_url(self):
        return self.get_edit_url()

    def get_success_buttons(self):
        return [messages.button(self.object.root_url, _("Voir le site"), new_window=True)]

    def get_side_panels(self):
        panels = super().get_side_panels()
        address = reverse("territory:preview_on_edit", args=[self.object.pk])
        panels.append(PreviewSidePanel(self.object, self.request, preview_url=address))
        return panels


class PreviewTheme(PermissionCheckedMixin, View):
    """The stylesheet of colours that are not saved: a preview has no fingerprinted address."""

    model = Territory
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int, first: str, second: str) -> HttpResponse:
        colours = [f"#{first}", f"#{second}"]
        if not all(is_colour(colour) for colour in colours):
            raise Http404
        slug = Territory.objects.values_list("slug", flat=True).get(pk=pk)
        css, _fingerprint = theme_css(slug, *colours)
        return HttpResponse(css, content_type="text/css; charset=utf-8")


class TerritoryMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(CHANGE)

    def render_component(self, request):
        item = super().render_component(request)
        if not is_national(request.user):
            item.label = _("Mon territoire")
        return item


class TerritoryViewSet(ModelViewSet):
    """The wizard of provisioning makes one, and nothing deletes one: there are no views for it."""

    model = Territory
    icon = "site"
    menu_label = gettext_lazy("Territoires")
    menu_order = 250
    menu_item_class = TerritoryMenuItem
    add_to_admin_menu = True
    list_display = ["name", "town", Column("root_url", label=gettext_lazy("Adresse"))]
    search_fields = ["name", "town"]
    edit_handler = IDENTITY
    index_view_class = IndexView
    edit_view_class = EditView
    history_view_class = HistoryView

    def construct_view(self, view_class, **kwargs):
        guarded = type(view_class.__name__, (OwnTerritory, view_class), {"__module__": __name__})
        return super().construct_view(guarded, **kwargs)

    def get_common_view_kwargs(self, **kwargs):
        absent = ("delete", "copy", "usage")
        return {
            **super().get_common_view_kwargs(**kwargs),
            **{f"{name}_url_name": None for name in absent},
            "add_url_name": "provisioning:start",
        }

    def get_urlpatterns(self):
        form = self.get_form_class(for_update=True)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            path(
                "preview/<int:pk>/",
                self.construct_view(PreviewOnEdit, form_class=form),
                name="preview_on_edit",
            ),
            path(
                "preview/<int:pk>/<str:first>-<str:second>.css",
                self.construct_view(PreviewTheme),
                name="preview_theme",
            ),
        ]
