"""« Réponses reçues » in the admin: list, read, take away, delete; one's own territories alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from cooperation.models import CallForProjectsPage, ProjectResponse, ResponseFile
from cooperation.models.responses import DELETE, MONTHS_KEPT, READ
from territories.contact.files import to_be_saved
from territories.spreadsheets.downloads import csv_button, csv_to_be_saved, dated
from territories.tenancy.lists import OwnList
from territories.tenancy.roles import may_somewhere

from .receiving import delete_response

LIST_TITLE = _("Réponses aux appels à projets")
SHOWN = 5
RECENT_DAYS = 14


def may_read(user) -> bool:
    return may_somewhere(user, READ)


def own_calls(request: HttpRequest | None):
    """The calls that one may filter by: those one reads the answers of."""
    if request is None:
        return CallForProjectsPage.objects.none()
    answered = ProjectResponse.objects.of_user(request.user).values("call")
    return CallForProjectsPage.objects.filter(pk__in=answered).order_by("-closes_at")


class ResponseFilterSet(WagtailFilterSet):
    call = django_filters.ModelChoiceFilter(label=_("Appel à projets"), queryset=own_calls)

    class Meta:
        model = ProjectResponse
        fields = ["call"]


class ResponsesView(OwnList):
    model = ProjectResponse
    page_title = LIST_TITLE
    header_icon = "clipboard-list"
    index_url_name = "cooperation_responses:index"
    index_results_url_name = "cooperation_responses:index_results"
    filterset_class = ResponseFilterSet
    default_ordering = "-sent_at"
    permission = READ
    columns = [
        TitleColumn("reference", label=_("Référence"), url_name="cooperation_responses:read"),
        Column("organisation", label=_("Organisme ou groupe")),
        Column("title", label=_("Projet")),
        Column("call", label=_("Appel à projets")),
        Column("territory", label=_("Territoire")),
        DateColumn("sent_at", label=_("Reçue"), sort_key="sent_at"),
    ]

    def get_base_queryset(self):
        found = ProjectResponse.objects.of_user(self.request.user)
        return found.select_related("call", "territory")

    @property
    def header_more_buttons(self) -> list[Button]:
        return [csv_button(reverse("cooperation_responses:export"), self.request.GET.urlencode())]


class ExportView(View):
    """The answers of the list as filtered, one a line, formulas made harmless."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        own = ProjectResponse.objects.of_user(request.user).select_related("call", "territory")
        chosen = ResponseFilterSet(request.GET, queryset=own, request=request)
        found = chosen.qs if chosen.is_valid() else own.none()
        status = 200 if chosen.is_valid() else 400
        told = rows(found.order_by("-sent_at"))
        return csv_to_be_saved(dated("reponses"), HEADINGS, told, status=status)


HEADINGS = (
    *(_("Référence"), _("Reçue"), _("Appel à projets"), _("Territoire")),
    *(_("Organisme ou groupe"), _("SIRET"), _("Personne à contacter"), _("Adresse e-mail")),
    *(_("Téléphone"), _("Projet"), _("Description"), _("Montant")),
)


def rows(found) -> Iterator[list[object]]:
    for one in found.iterator(chunk_size=200):
        received = one.sent_at.astimezone(one.territory.zone)
        yield [
            *(one.reference, f"{received:%Y-%m-%d %H:%M}", one.call.title, one.territory.name),
            *(one.organisation, one.siret, one.contact_name, one.email, one.phone),
            *(one.title, one.description, "" if one.amount is None else one.amount),
        ]


class OwnResponse(WagtailAdminTemplateMixin):
    """404 for a stranger, who does not learn that it exists."""

    header_icon = "clipboard-list"
    permission = READ

    @cached_property
    def response(self) -> ProjectResponse:
        found = ProjectResponse.objects.of_user(self.request.user, self.permission)
        found = found.select_related("call", "territory")
        return get_object_or_404(found, pk=self.kwargs["response_id"])

    def get_page_subtitle(self):
        return str(self.response)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("cooperation_responses:index"), "label": LIST_TITLE},
            {"url": "", "label": str(self.response)},
        ]


class ResponseView(OwnResponse, TemplateView):
    template_name = "cooperation/responses/read.html"
    page_title = _("Réponse reçue")

    def get_context_data(self, **kwargs):
        deletable = ProjectResponse.objects.of_user(self.request.user, DELETE)
        return {
            **super().get_context_data(**kwargs),
            "response": self.response,
            "files": list(self.response.files.order_by("pk")),
            "may_delete": deletable.filter(pk=self.response.pk).exists(),
            "months": MONTHS_KEPT,
        }


class DeleteResponseView(OwnResponse, TemplateView):
    template_name = "cooperation/responses/delete.html"
    page_title = _("Supprimer cette réponse")
    permission = DELETE

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        delete_response(response=self.response, deleted_by=request.user)
        messages.success(request, _("La réponse et ses fichiers sont supprimés."))
        return redirect("cooperation_responses:index")

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "response": self.response}


class FileView(View):
    """A file that came with an answer."""

    def get(self, request: HttpRequest, response_id: int, file_id: int) -> HttpResponse:
        own = ProjectResponse.objects.of_user(request.user).filter(pk=response_id)
        kept = get_object_or_404(ResponseFile, pk=file_id, response__in=own)
        return to_be_saved(kept.file, kept.name)


patterns = [
    path("", ResponsesView.as_view(), name="index"),
    path("results/", ResponsesView.as_view(results_only=True), name="index_results"),
    path("export/", ExportView.as_view(), name="export"),
    path("<int:response_id>/", ResponseView.as_view(), name="read"),
    path("<int:response_id>/delete/", DeleteResponseView.as_view(), name="delete"),
    path("<int:response_id>/files/<int:file_id>/", FileView.as_view(), name="file"),
]
URLS = [path("project-responses/", include((patterns, "cooperation_responses")))]


class ResponsesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def responses_item() -> MenuItem:
    return ResponsesItem(
        _("Réponses reçues"),
        reverse("cooperation_responses:index"),
        name="project-responses",
        icon_name="clipboard-list",
        order=146,
    )


def waiting_responses(request: HttpRequest) -> Mapping[str, Any] | None:
    """On the admin's home: what came in these last days."""
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    found = ProjectResponse.objects.of_user(request.user).filter(sent_at__gte=since)
    found = list(found.select_related("call").order_by("-sent_at")[: SHOWN + 1])
    if not found:
        return None
    return {"responses": found[:SHOWN], "has_more": len(found) > SHOWN}
