"""The messages about the letters, which are no letters: each to one address, on an action of
somebody's. They repeat nothing that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from territories.links.links import address_of_link
from territories.mail.sending import send_mail

from .addresses import choices_address, leave_address, stay_address

if TYPE_CHECKING:
    from newsletter.models import Subscriber
    from territories.links.models import SignedLink


def tell_confirm(subscriber: Subscriber, link: SignedLink, *, language: str, by_team: bool) -> None:
    mail(
        subscriber,
        "confirm",
        _("Confirmez votre abonnement"),
        language=language,
        url=address_of_link(link, "newsletter:confirm", language),
        by_team=by_team,
    )


def tell_known(subscriber: Subscriber, *, to: str = "") -> None:
    """That the letters come already: for whoever forgot, and no news to a stranger."""
    mail(subscriber, "known", _("Vous êtes déjà abonné"), to=to)


def tell_new_address(subscriber: Subscriber, link: SignedLink, *, to: str) -> None:
    url = address_of_link(link, "newsletter:address", subscriber.language)
    mail(subscriber, "address", _("Confirmez votre nouvelle adresse"), to=to, url=url)


def ask_whether_they_stay(subscriber: Subscriber) -> None:
    url = stay_address(subscriber.territory, subscriber.key, subscriber.language)
    mail(subscriber, "stay", _("Voulez-vous encore nos messages ?"), url=url)


def mail(
    subscriber: Subscriber, name: str, subject: Any, *, language: str = "", to: str = "", **said
) -> None:
    language = language or subscriber.language
    about = (subscriber.territory, subscriber.key, language)
    send_mail(
        territory=subscriber.territory,
        to=to or subscriber.email,
        subject=subject,
        template=f"newsletter/subscribing/mail/{name}",
        context={
            "choices_url": choices_address(*about),
            "leave_url": leave_address(*about),
            **said,
        },
        language=language,
    )
