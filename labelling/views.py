"""Giving and withdrawing the label, in the admin, from the page of the event."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
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

from .forms import GrantForm, WithdrawForm
from .granting import grant_label, withdraw_label
from .models import CriteriaGrid, Label


def can_bear_the_label(page: EventPage) -> bool:
    """Whether the label's mark works in the territory of the event."""
    if page.territory is None:
        return False
    return any(mark.name == "label" for mark in marks_of(EventPage, page.territory))


class LabelOfEventView(WagtailAdminTemplateMixin, FormView):
    header_icon = "tag"

    @cached_property
    def event(self) -> EventPage:
        """The record, whichever translation was asked. 404 for a stranger, who learns nothing."""
        page = get_object_or_404(EventPage, pk=self.kwargs["page_id"]).record
        permissions = page.permissions_for_user(self.request.user)
        if not (permissions.can_edit() or permissions.can_publish()):
            raise Http404
        if not can_bear_the_label(page):
            raise Http404
        if not permissions.can_publish():
            raise PermissionDenied
        return page

    @cached_property
    def label(self) -> Label | None:
        return Label.objects.active().filter(page=self.event).first()

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if refusal := self.refusal():
            messages.error(request, refusal)
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    def refusal(self) -> str:
        """Why this cannot be done now, in a sentence; "" when it can."""
        raise NotImplementedError

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.event.pk])

    def done(self, label: Label, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence % {"number": label.number})
        return redirect(self.edit_url)

    def get_page_subtitle(self):
        return self.event.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": self.event.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]


class GrantView(LabelOfEventView):
    form_class = GrantForm
    template_name = "labelling/grant.html"

    @cached_property
    def grid(self) -> CriteriaGrid | None:
        return CriteriaGrid.objects.current()

    def refusal(self) -> str:
        if self.label is not None:
            return _("Ce rendez-vous a déjà le label n° %(number)s.") % {
                "number": self.label.number
            }
        return "" if self.grid else _("L’équipe nationale n’a pas encore publié de grille.")

    def get_page_title(self):
        return _("Donner le label")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "grid": self.grid}

    def form_valid(self, form) -> HttpResponse:
        try:
            label = grant_label(
                page=self.event,
                grid=self.grid,
                criteria=form.criteria,
                granted_by=self.request.user,
                reasons=form.cleaned_data["reasons"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return self.done(label, _("Le label n° %(number)s est donné."))


class WithdrawView(LabelOfEventView):
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
