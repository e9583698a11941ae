"""« Mes fiches »: what a partner speaks for, and what they have offered to change."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from territories.proposals.forms import Offer
from territories.proposals.models import Proposal
from territories.proposals.offering import offer_change, withdraw_proposal
from territories.proposals.sheets import (
    PROPOSE,
    Kind,
    kind_of,
    labels_of,
    sheet_of,
    sheets_of,
)
from territories.tenancy.roles import territories_where

SHOWN = 50


def proposals_of(user):
    """What this person has offered, the latest first, with the names of the fields."""
    found = Proposal.objects.open().filter(user=user).exclude(state="withdrawn")
    proposals = list(found.select_related("page__content_type")[:SHOWN])
    for proposal in proposals:
        proposal.labels = labels_of(proposal, proposal.changes)
        proposal.taken = labels_of(proposal, proposal.applied)
    return proposals


class SheetsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "territories/proposals/sheets.html"
    header_icon = "edit"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not territories_where(request.user, PROPOSE).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Mes fiches")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Mes fiches")}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        waiting = set(Proposal.objects.waiting().filter(user=user).values_list("page", flat=True))
        groups = [
            (kind.model._meta.verbose_name_plural, list(sheets.select_related("territory__site")))
            for kind, sheets in sheets_of(user)
        ]
        return {
            **super().get_context_data(**kwargs),
            "groups": groups,
            "has_sheets": any(sheets for _name, sheets in groups),
            "waiting": waiting,
            "proposals": proposals_of(user),
        }


class ProposeView(WagtailAdminTemplateMixin, TemplateView):
    """The fields of one sheet that may be offered, as they are published."""

    template_name = "territories/proposals/propose.html"
    header_icon = "edit"

    @cached_property
    def sheet(self) -> Page:
        return sheet_of(self.request.user, self.kwargs["page_id"])

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.sheet)

    @cached_property
    def waiting(self) -> Proposal | None:
        found = Proposal.objects.waiting().filter(page=self.sheet.pk, user=self.request.user)
        return found.first()

    @cached_property
    def offer(self) -> Offer:
        data = self.request.POST if self.request.method == "POST" else None
        return Offer(self.sheet, self.kind, data=data, waiting=self.waiting)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.offer.is_valid():
            messages.error(request, _("Il reste quelque chose à corriger. Rien n’est perdu."))
            return self.render_to_response(self.get_context_data())
        differences = self.offer.form.differences
        if not differences:
            messages.warning(request, _("Rien n’a changé : il n’y a rien à proposer."))
            return self.render_to_response(self.get_context_data())
        with transaction.atomic():
            offer_change(
                page=self.sheet,
                differences=differences,
                note=self.offer.note.cleaned_data["note"],
                user=request.user,
            )
        messages.success(
            request,
            _("Votre proposition est envoyée. La coordination vous répondra ; d’ici là, rien ne "
              "change sur le site."),
        )  # fmt: skip
        return redirect("proposals:sheets")

    def get_page_title(self):
        return _("Proposer une modification")

    def get_page_subtitle(self):
        return self.sheet.title

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("proposals:sheets"), "label": _("Mes fiches")},
            {"url": "", "label": self.sheet.title},
        ]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "offer": self.offer,
            "form": self.offer.form,
            "waiting": self.waiting,
            "media": self.offer.form.media,
        }


class WithdrawView(View):
    def post(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        own = Proposal.objects.open().filter(user=request.user)
        proposal = get_object_or_404(own, pk=proposal_id)
        if not territories_where(request.user, PROPOSE).filter(pk=proposal.territory_id).exists():
            raise Http404
        if withdraw_proposal(proposal=proposal):
            messages.success(request, _("Votre proposition est retirée."))
        else:
            messages.error(request, _("Cette proposition a déjà reçu une réponse."))
        return redirect("proposals:sheets")
