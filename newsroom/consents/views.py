"""The consent of a story in the admin: written down, looked at, taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View
from wagtail.admin import messages

from newsroom.models import Consent, SuccessStoryPage
from territories.pages.editor import BesideTheEditor
from territories.tenancy.roles import territories_where

from .forms import ConsentForm, WithdrawForm
from .rules import keep_consent, withdraw_consent

MAY_KEEP = "newsroom.change_consent"


def may_keep_consents(story: SuccessStoryPage, user) -> bool:
    """Whether a role lets this person read and change the consents of the story's territory."""
    own = territories_where(user, MAY_KEEP).with_plugin("newsroom")
    return own.filter(pk=story.territory_id).exists()


class OfAStory:
    """`story`: the record, whichever translation was asked. 404 for a stranger."""

    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def story(self) -> SuccessStoryPage:
        story = get_object_or_404(SuccessStoryPage, pk=self.kwargs["page_id"]).record
        if may_keep_consents(story, self.request.user):
            return story
        if story.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        raise Http404

    @cached_property
    def consent(self) -> Consent | None:
        return Consent.objects.filter(story=self.story).first()


class ConsentFormView(OfAStory, BesideTheEditor, FormView):
    header_icon = "doc-full-inverse"

    @property
    def edited(self) -> SuccessStoryPage:
        return self.story

    @cached_property
    def consent_url(self) -> str:
        return reverse("newsroom_consent", args=[self.story.pk])


class ConsentView(ConsentFormView):
    form_class = ConsentForm
    template_name = "newsroom/consent/keep.html"

    def get_page_title(self):
        return _("Accord écrit")

    def get_form_kwargs(self):
        # A withdrawn consent is not brought back: another one is written down in its place.
        held = self.consent if self.consent and not self.consent.is_withdrawn else None
        return {**super().get_form_kwargs(), "instance": held or Consent(story=self.story)}

    def form_valid(self, form) -> HttpResponse:
        consent = form.instance
        if self.consent is not None:
            consent.pk = self.consent.pk
            consent._state.adding = False
        left = keep_consent(consent=consent, user=self.request.user)
        if left:
            messages.warning(
                self.request,
                _("L’accord est enregistré. Le parcours allait plus loin : il quitte le site."),
            )
        else:
            messages.success(self.request, _("L’accord est enregistré."))
        return redirect(self.back)


class WithdrawView(ConsentFormView):
    form_class = WithdrawForm
    template_name = "newsroom/consent/withdraw.html"

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if self.consent is None or self.consent.is_withdrawn:
            messages.error(request, _("Ce parcours n’a pas d’accord en cours."))
            return redirect(self.consent_url)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Consentement retiré")

    def get_initial(self):
        return {"day": timezone.localdate()}

    def form_valid(self, form) -> HttpResponse:
        number = withdraw_consent(
            consent=self.consent,
            reason=form.cleaned_data["reason"],
            user=self.request.user,
            on=form.cleaned_data["day"],
        )
        messages.success(
            self.request,
            ngettext(
                "L’accord est retiré. %(number)s page a quitté le site.",
                "L’accord est retiré. %(number)s pages ont quitté le site.",
                number,
            )
            % {"number": number},
        )
        return redirect(self.consent_url)


class ScanView(OfAStory, View):
    """The scanned consent, for those who keep the consents of its territory."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs) -> FileResponse:
        if self.consent is None or not self.consent.scan:
            raise Http404
        name = self.consent.scan.name.rpartition("/")[2]
        try:
            file = self.consent.scan.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        return FileResponse(file, as_attachment=True, filename=name)
