"""A coordinator asks somebody without an account whether a sheet is still right."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.models import Page

from territories.pages.editor import BesideTheEditor
from territories.proposals.offering import ask_for_change
from territories.proposals.sheets import kind_of, may_decide


class AskForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Adresse e-mail"),
        help_text=gettext_lazy("La personne recevra un lien pour cette fiche, valable une fois."),
    )
    message = forms.CharField(
        label=gettext_lazy("Votre message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )


class AskView(BesideTheEditor, FormView):
    form_class = AskForm
    template_name = "territories/proposals/ask.html"
    header_icon = "mail"

    @cached_property
    def sheet(self) -> Page:
        """The record, whichever translation was asked. 404 for a stranger, who learns nothing."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        page = getattr(page, "record", page)
        if kind_of(page) is None:
            raise Http404
        if not may_decide(self.request.user, page):
            if page.permissions_for_user(self.request.user).can_edit():
                raise PermissionDenied
            raise Http404
        return page

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not self.sheet.live:
            messages.error(request, _("Cette fiche n’est pas en ligne : personne ne peut la lire."))
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    @property
    def edited(self) -> Page:
        return self.sheet

    def get_initial(self):
        return {"email": getattr(self.sheet, "email", "")}

    def form_valid(self, form) -> HttpResponse:
        ask_for_change(page=self.sheet, asked_by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            _("Le lien est envoyé à %(email)s. Il sert une fois, pendant quatorze jours.")
            % {"email": form.cleaned_data["email"]},
        )
        return redirect(self.back)

    def get_page_title(self):
        return _("Demander une mise à jour par e-mail")
