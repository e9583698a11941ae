from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Page

from territories.pages.base import TerritoryPage

from .address import picture_path
from .keeping import picture_of
from .poster import poster_of


@require_safe
def picture(request: HttpRequest, pk: int, fingerprint: str) -> HttpResponse:
    """The picture of a page that anybody may read on this host; 404 for every other page.

    Only the present fingerprint is drawn: other addresses lead to it, and cost no drawing.
    """
    page = get_object_or_404(Page.objects.live(), pk=pk).specific
    territory = request.territory
    if (
        not isinstance(page, TerritoryPage)
        or page.territory_id != (territory.pk if territory else None)
        or page.get_view_restrictions().exists()
        or not page.record.live
    ):
        raise Http404
    # The page's own say, and its plugin's: 404 as at its address.
    page.route(request, [])
    if territory is not None:
        page.territory = territory
    poster = poster_of(page, request)
    if poster.fingerprint != fingerprint:
        return HttpResponseRedirect(picture_path(page, request))
    return HttpResponse(
        picture_of(poster),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
