"""Another e-mail address for an application: it counts once its owner has said yes.

Until then nothing goes there but the question, which tells nothing of the application.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labelling.models import Application
from labelling.models.applications import OVER
from territories.links.links import (
    UNKNOWN,
    LinkRefused,
    address_of_link,
    make_link,
    open_link,
    use_link,
)
from territories.links.views import MailedLinkView
from territories.mail.sending import send_mail
from territories.models import SignedLink, Territory

from .links import FINISHED
from .sending import mail_link
from .views import crumbs

PURPOSE = "label-application-address"
LASTS = timedelta(days=7)
# A day, for one application: whoever holds its link writes to strangers no more than that.
MOST = 5


def ask_address(*, application: Application, email: str) -> None:
    """Write to the address. Raises ValidationError when too many were tried today."""
    tried = SignedLink.objects.filter(
        purpose=PURPOSE,
        payload__application=application.pk,
        created_at__gt=timezone.now() - timedelta(days=1),
    )
    if tried.count() >= MOST:
        raise ValidationError(
            _("Vous avez essayé plusieurs adresses aujourd’hui. Attendez demain, ou appelez-nous.")
        )
    send_mail(
        territory=application.territory,
        to=email,
        subject=gettext_lazy("Est-ce votre adresse e-mail ?"),
        template="labelling/applying/mail/address",
        context={"application": application, "url": link_to_confirm(application, email)},
        language=application.language or "fr",
    )


def link_to_confirm(application: Application, email: str) -> str:
    link = make_link(
        purpose=PURPOSE,
        territory=application.territory,
        payload={"application": application.pk},
        lasts=LASTS,
        email=email,
    )
    return address_of_link(link, "labelling:application_address", application.language or "fr")


@transaction.atomic
def confirm_address(token: str, territory: Territory) -> None:
    """The application's link leaves for the address at once. Raises LinkRefused."""
    application = asked_for(use_link(token, PURPOSE), territory)
    application.save(update_fields=["email"])
    mail_link(application)


def asked_for(link: SignedLink, territory: Territory) -> Application:
    """The application of such a link, with the address it asks about. Raises LinkRefused."""
    found = Application.objects.filter(pk=link.payload.get("application"), territory=territory)
    application = found.first()
    if application is None:
        raise LinkRefused(UNKNOWN, 404)
    if application.state in OVER:
        raise LinkRefused(FINISHED, 410)
    application.territory, application.email = territory, link.email
    return application


class AddressView(MailedLinkView):
    """Asks whoever reads the mail of an address whether we may write there."""

    @cached_property
    def application(self) -> Application:
        return asked_for(open_link(self.kwargs["token"], PURPOSE), self.request.territory)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {"application": self.application, "crumbs": crumbs(request)}
        return render(request, "labelling/applying/address.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        confirm_address(token, request.territory)
        return HttpResponseRedirect(reverse("labelling:apply_begun"))
