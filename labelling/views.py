"""Withdrawing the label, in the admin, from the page of the event."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from agenda.models import EventPage
from territories.plugins.marks import marks_of
from territories.tenancy.roles import territories_where

from .forms import WithdrawForm
from .labels.granting import withdraw_label
from .models import Label


def can_bear_the_label(page: EventPage) -> bool:
    """Whether the label's mark works in the territory of the event."""
    if page.territory is None:
        return False
    return any(mark.name == "label" for mark in marks_of(EventPage, page.territory))


WITHDRAW = "labelling.change_label"


def may_judge(user, page: EventPage, permission: str) -> bool:
    """Whether a role gives this person the permission on labels where the event belongs."""
    return territories_where(user, permission).filter(pk=page.territory_id).exists()


class LabelOfEventView(WagtailAdminTemplateMixin, FormView):
    header_icon = "tag"
    # The permission on labels that a role must give in the territory of the event.
    permission_required = ""

    @cached_property
    def event(self) -> EventPage:
        """The record, whichever translation was asked. 404 for a stranger, who learns nothing."""
        page = get_object_or_404(EventPage, pk=self.kwargs["page_id"]).record
        is_judge = may_judge(self.request.user, page, self.permission_required)
        if not (is_judge or page.permissions_for_user(self.request.user).can_edit()):
            raise Http404
        if not can_bear_the_label(page):
            raise Http404
        if not is_judge:
            raise PermissionDenied
        return page

    @cached_property
    def label(self) -> Label | None:
        return Label.objects.active().filter(page=self.event).first()

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if refusal := self.refusal():
            messages.error(request, refusal)
            return redirect(self.event_url)
        return super().dispatch(request, *args, **kwargs)

    def refusal(self) -> str:
        """Why this cannot be done now, in a sentence; "" when it can."""
        raise NotImplementedError

    @cached_property
    def event_url(self) -> str:
        """Where the event is edited, or listed for who may not edit it."""
        if self.event.permissions_for_user(self.request.user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[self.event.pk])
        return reverse("wagtailadmin_explore", args=[self.event.get_parent().pk])

    def done(self, label: Label, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence % {"number": label.number})
        return redirect(self.event_url)

    def get_page_subtitle(self):
        return self.event.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.event_url, "label": self.event.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]


class WithdrawView(LabelOfEventView):
    permission_required = WITHDRAW
    form_class = WithdrawForm
    template_name = "labelling/withdraw.html"

    def refusal(self) -> str:
        return "" if self.label else _("Ce rendez-vous n’a pas de label en cours.")

    def get_page_title(self):
        return _("Retirer le label")

    def form_valid(self, form) -> HttpResponse:
        withdraw_label(
            label=self.label,
            reasons=form.cleaned_data["reasons"],
            withdrawn_by=self.request.user,
        )
        return self.done(self.label, _("Le label n° %(number)s est retiré."))
