"""Sheets that their source has no more: somebody closes or keeps each. Nothing closes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin import messages

from territories.audit.recording import record
from territories.models import Territory
from territories.tenancy.roles import territories_where

from .models import ImportedResource

PLUGIN = "resources_directory"
CLOSE = "resources_directory.change_importedresource"
SHOWN = 10


def proposed(user: User) -> QuerySet[ImportedResource]:
    """The sheets on line that a person may close, the longest gone first."""
    own = Territory.objects.with_plugin(PLUGIN).filter(pk__in=territories_where(user, CLOSE))
    return (
        ImportedResource.objects.filter(
            territory__in=own, gone_on__isnull=False, is_kept=False, page__live=True
        )
        .select_related("page", "territory")
        .order_by("gone_on", "page__title", "pk")
    )


def gone_sheets(request: HttpRequest) -> Mapping[str, Any] | None:
    """On the admin's home."""
    found = list(proposed(request.user)[: SHOWN + 1])
    if not found:
        return None
    more = proposed(request.user).count() - SHOWN if len(found) > SHOWN else 0
    return {"sheets": found[:SHOWN], "more": more}


@transaction.atomic
def close_sheet(*, sheet: ImportedResource, closed_by: User) -> None:
    """Take it off line, in every language; its page stays, and may be published again."""
    page = sheet.page.specific
    for one in (page, *page.get_translations(inclusive=False)):
        if one.live:
            one.specific.unpublish(user=closed_by)


@transaction.atomic
def keep_sheet(*, sheet: ImportedResource, kept_by: User) -> None:
    """It stays on line, and is proposed no more, until its source has it again and loses it."""
    ImportedResource.objects.filter(pk=sheet.pk).update(is_kept=True)
    record(
        territory=sheet.territory,
        action="resources.keep",
        user=kept_by,
        about=sheet.page.specific,
        source=sheet.source,
    )


class DecideView(View):
    """For whoever may close the sheet; 404 for a stranger, who learns nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, sheet_id: int) -> HttpResponse:
        sheet = get_object_or_404(proposed(request.user), pk=sheet_id)
        if not sheet.page.specific.permissions_for_user(request.user).can_unpublish():
            raise PermissionDenied
        said = self.decide(sheet)
        messages.success(request, said % {"title": sheet.page.title})
        return redirect("wagtailadmin_home")

    def decide(self, sheet: ImportedResource) -> str:
        raise Http404


class CloseView(DecideView):
    def decide(self, sheet: ImportedResource) -> str:
        close_sheet(sheet=sheet, closed_by=self.request.user)
        return _("La fiche « %(title)s » est fermée : elle n’est plus en ligne.")


class KeepView(DecideView):
    def decide(self, sheet: ImportedResource) -> str:
        keep_sheet(sheet=sheet, kept_by=self.request.user)
        return _("La fiche « %(title)s » reste en ligne.")


URLS = [
    path(
        "resources-directory/gone/<int:sheet_id>/close/",
        CloseView.as_view(),
        name="resources_directory_close",
    ),
    path(
        "resources-directory/gone/<int:sheet_id>/keep/",
        KeepView.as_view(),
        name="resources_directory_keep",
    ),
]
