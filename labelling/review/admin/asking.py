"""What the coordination does with an application of its own, as its applicant."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin import messages

from labelling.applying.answering import OPEN
from labelling.applying.links import address_for_applicant
from labelling.applying.sending import send_application
from labelling.review.moving import move, sentence_of_last_step
from labelling.review.transitions import Part

from .moves import MoveView
from .own import OwnApplication


class SendView(MoveView):
    """Complete, as anybody's must be."""

    name = "send"
    page_title = button = _("Envoyer la demande")
    success = _("La demande est envoyée. Vous pouvez maintenant l’étudier.")

    def act(self, form: forms.Form) -> None:
        send_application(
            application=self.application,
            user=self.request.user,
            words=form.cleaned_data["words"],
        )


class CompleteView(OwnApplication, View):
    """The one form of an application, for whoever began it from the admin."""

    http_method_names = ["post"]
    part = Part.APPLICANT
    page_title = _("Compléter la demande")

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        if self.application.state not in OPEN:
            messages.error(request, sentence_of_last_step(self.application))
            return redirect(self.address)
        return redirect(address_for_applicant(self.application))


class AbandonView(MoveView):
    name = "abandon"
    page_title = button = _("Abandonner la demande")
    success = _("La demande est abandonnée.")
    explanation = _("La demande s’arrête là. Ce qui est écrit reste lisible ici.")

    def act(self, form: forms.Form) -> None:
        move(
            application=self.application,
            name=self.name,
            part=Part.APPLICANT,
            user=self.request.user,
            words=form.cleaned_data["words"],
        )
