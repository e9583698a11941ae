"""Whose application this is: 404 for a stranger, who does not learn that it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from labelling.models import Application
from labelling.review.allowed import applications_read_by, parts_of
from labelling.review.transitions import Part

if TYPE_CHECKING:
    pass

LIST_TITLE = _("Demandes de label")
ICON = "clipboard-list"


class OwnApplication(WagtailAdminTemplateMixin):
    """`part`: what one must be to the application beside its reader; None: a reader is enough."""

    header_icon = ICON
    part: Part | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whose it is comes first: a stranger gets 404 for whatever they may or may not do.
        if self.application and self.part and self.part not in self.parts:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def application(self) -> Application:
        found = applications_read_by(self.request.user).select_related(
            "territory__site", "grid", "page", "user", "actor", "decided_by"
        )
        return get_object_or_404(found, pk=self.kwargs["application_id"])

    @cached_property
    def parts(self) -> frozenset[Part]:
        return parts_of(self.request.user, self.application)

    @property
    def address(self) -> str:
        return reverse("label_applications:read", args=[self.application.pk])

    def get_page_subtitle(self) -> str:
        return f"{self.application.reference} : {self.application.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        is_last = self.part is None
        crumbs = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_applications:index"), "label": LIST_TITLE},
            {"url": "" if is_last else self.address, "label": self.application.reference},
        ]
        return crumbs if is_last else [*crumbs, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "application": self.application}
