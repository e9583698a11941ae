"""Deleting pages: what a site rests on stays, and a refusal names what still needs the page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import router
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .homes import HomePage
from .index import IndexPage

NAMED = 5


def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    if sentence := deletion_refusal(page):
        messages.error(request, sentence)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refuse_bulk_deletion(
    request: HttpRequest, action: str, objects: Sequence[Model], view
) -> HttpResponse | None:
    if action != "delete":
        return None
    for page in objects:
        if isinstance(page, Page) and (answer := refuse_deletion(request, page)):
            return answer
    return None


def deletion_refusal(page: Page) -> str:
    """Why a page and what stands under it cannot be deleted, in a sentence; "" when they can."""
    if issubclass(page.specific_class, HomePage | IndexPage):
        return _(
            "« %(title)s » fait partie du site et ne se supprime pas. Vous pouvez la dépublier."
        ) % {"title": page.get_admin_display_title()}
    branch = page.get_descendants(inclusive=True)
    try:
        Collector(using=router.db_for_write(Page), origin=branch).collect(branch)
    except ProtectedError as error:
        names = sorted({str(found) for found in error.protected_objects})
        return _("« %(title)s » sert encore ailleurs : %(names)s. Changez d’abord ces pages.") % {
            "title": page.get_admin_display_title(),
            "names": ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else ""),
        }
    return ""
