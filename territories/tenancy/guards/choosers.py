"""Choosers: Wagtail's lists every page, drafts of other territories included."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.query import PageQuerySet

from territories.tenancy.policies import choosable_pages


def pages_of_user(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return pages.filter(pk__in=choosable_pages(request.user).values_list("pk", flat=True))


class ChosenOwnPages(ChosenMultipleView):
    """Wagtail's tells the title of any page whose number is asked for."""

    def get(self, request: HttpRequest):
        asked = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        own = choosable_pages(request.user).filter(pk__in=asked)
        request.GET = request.GET.copy()
        request.GET.setlist("id", [str(pk) for pk in own.values_list("pk", flat=True)])
        return super().get(request)
