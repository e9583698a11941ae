"""Offering a change without an account, with a link that was mailed; on the territory's host."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from territories.links.links import UNKNOWN, LinkRefused, open_link
from territories.links.views import MailedLinkView, unlisted
from territories.proposals.forms import Offer
from territories.proposals.offering import LINK_PURPOSE, offer_change
from territories.proposals.sheets import kind_of


class OfferByLinkView(MailedLinkView):
    @cached_property
    def sheet(self) -> Page:
        link = open_link(self.kwargs["token"], LINK_PURPOSE)
        if link.territory_id != self.request.territory.pk:
            raise LinkRefused(UNKNOWN, 404)
        found = Page.objects.filter(pk=link.payload.get("page")).live().first()
        sheet = found.specific if found else None
        if sheet is not None and sheet.territory_id == link.territory_id:
            # The same row, whose switches are read already.
            sheet.territory = self.request.territory
        if sheet is None or sheet.territory_id != link.territory_id or kind_of(sheet) is None:
            raise LinkRefused(_("Cette fiche n’est plus sur le site."), 410)
        return sheet

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(Offer(self.sheet, kind_of(self.sheet), rich_text=False))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        offer = Offer(self.sheet, kind_of(self.sheet), data=request.POST, rich_text=False)
        if not offer.is_valid():
            return self.show(offer)
        try:
            offer_change(
                page=self.sheet,
                differences=offer.form.differences,
                note=offer.note.cleaned_data["note"],
                token=token,
            )
        except ValidationError as nothing:
            offer.form.add_error(None, nothing)
            return self.show(offer)
        return redirect("territories:proposed")

    def show(self, offer: Offer) -> HttpResponse:
        context = {"sheet": self.sheet, "offer": offer, "form": offer.form}
        # Sent back with errors, the answer is a form to correct and not a page that was found.
        status = 422 if offer.form.is_bound else 200
        return render(
            self.request, "territories/proposals/offer_by_link.html", context, status=status
        )


@never_cache
@require_safe
def proposed(request: HttpRequest) -> HttpResponse:
    if request.territory is None:
        raise Http404
    return unlisted(render(request, "territories/proposals/proposed.html"))
