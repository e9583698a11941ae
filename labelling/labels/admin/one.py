"""One label in the admin: what it is, and what may be done with it: renew it, take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from labelling.labels.bearers import can_bear_the_label
from labelling.labels.granting import withdraw_label
from labelling.labels.public import public_url
from labelling.labels.renewing import ask_for_renewal, why_not_renewed
from labelling.models import Label
from territories.pages.editor import BesideTheEditor, edit_url
from territories.tenancy.roles import territories_where

from .own import CHANGE, ICON, LIST_TITLE, OwnLabel, labels_read_by, may_change


class LabelView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = ICON
    template_name = "labelling/labels/admin/label.html"

    @cached_property
    def label(self) -> Label:
        found = labels_read_by(self.request.user).select_related(
            "page", "territory__site", "grid", "application", "renews", "granted_by"
        )
        return get_object_or_404(found, pk=self.kwargs["label_id"])

    def get_page_title(self) -> str:
        return _("Label n° %(number)s") % {"number": self.label.number}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("label_labels:index"), "label": LIST_TITLE},
            {"url": "", "label": self.label.number},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = self.label
        is_changed = may_change(self.request.user, label)
        return {
            **super().get_context_data(**kwargs),
            "label": label,
            "public_url": public_url(label),
            "pack_url": public_url(label, "pack"),
            "checks": label.checks.select_related("criterion"),
            "renewed_by": label.renewed_by.first(),
            "may_withdraw": is_changed and label.is_active,
            "may_renew": is_changed and not why_not_renewed(label),
        }


class RenewView(OwnLabel, TemplateView):
    """Asks first, then opens the application that asks to renew the label."""

    template_name = "labelling/labels/admin/renew.html"
    page_title = gettext_lazy("Renouveler le label")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refusal := why_not_renewed(self.label):
            messages.error(request, refusal)
            return redirect("label_labels:read", self.label.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, label_id: int) -> HttpResponse:
        try:
            application = ask_for_renewal(label=self.label, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("label_labels:read", self.label.pk)
        messages.success(request, _("La demande de renouvellement est ouverte, à votre nom."))
        return redirect("label_applications:read", application.pk)

    def get_page_subtitle(self) -> str:
        return self.label.number


class WithdrawForm(forms.Form):
    reasons = forms.CharField(
        label=gettext_lazy("Pourquoi le retirer ?"),
        help_text=gettext_lazy("Une phrase. Elle est gardée avec le label, et ne se publie pas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class WithdrawView(BesideTheEditor, FormView):
    """From the page of what bears the label; whichever translation was asked, of its record."""

    header_icon = ICON
    form_class = WithdrawForm
    template_name = "labelling/withdraw.html"
    page_title = gettext_lazy("Retirer le label")

    @cached_property
    def page(self) -> Page:
        """404 for a stranger, who learns nothing."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not can_bear_the_label(page):
            raise Http404
        page = page.record
        user = self.request.user
        is_judge = territories_where(user, CHANGE).filter(pk=page.territory_id).exists()
        if not (is_judge or page.permissions_for_user(user).can_edit()):
            raise Http404
        if not is_judge:
            raise PermissionDenied
        return page

    @cached_property
    def label(self) -> Label | None:
        return Label.objects.active().filter(page=self.page.pk).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.page and self.label is None:
            messages.error(request, _("Il n’y a pas de label en cours ici."))
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    @property
    def edited(self) -> Page:
        return self.page

    @cached_property
    def back(self) -> str:
        """Where the page is edited, or listed for who may not edit it."""
        if self.page.permissions_for_user(self.request.user).can_edit():
            return edit_url(self.page)
        return reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        withdraw_label(
            label=self.label,
            reasons=form.cleaned_data["reasons"],
            withdrawn_by=self.request.user,
        )
        sentence = _("Le label n° %(number)s est retiré.")
        messages.success(self.request, sentence % {"number": self.label.number})
        return redirect(self.back)
