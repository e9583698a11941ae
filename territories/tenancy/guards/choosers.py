"""Choosers: Wagtail's lists every page, drafts of other territories included."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.query import PageQuerySet

from territories.tenancy.policies import choosable_pages


def pages_of_user(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return pages.filter(pk__in=choosable_pages(request.user).values_list("pk", flat=True))


class BrowseOwnPages(BrowseView):
    """Wagtail's tells the title of any page under which one asks to choose."""

    def get(self, request: HttpRequest, parent_page_id: int):
        if not choosable_pages(request.user).filter(pk=parent_page_id).exists():
            raise Http404
        return super().get(request, parent_page_id)


class ChosenOwnPages(ChosenMultipleView):
    """Wagtail's tells the title of any page whose number is asked for."""

    def get(self, request: HttpRequest):
        asked = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        own = choosable_pages(request.user).filter(pk__in=asked)
        request.GET = request.GET.copy()
        request.GET.setlist("id", [str(pk) for pk in own.values_list("pk", flat=True)])
        return super().get(request)
