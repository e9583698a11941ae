"""From a search to an alert: nobody gets one before their own mailbox has said yes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.models import Consent, Subscriber, SubscriberState
from newsletter.subscribing.brakes import may_mail
from newsletter.subscribing.joining import LASTS, asked_for, make_active, pending_or_known
from portal.search.models import Alert
from territories.links.links import LinkRefused, address_of_link, make_link
from territories.mail.sending import send_mail
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import said_in, woven

from .question import words_of

if TYPE_CHECKING:
    from territories.links.models import SignedLink
    from territories.models import Territory

# Begins as those of the letters do: who leaves before it is followed has left.
PURPOSE = "newsletter-alert"
EVERY = timedelta(days=7)
MOST_OF_A_READER = 10
TOO_MANY = gettext_lazy(
    "Vous avez déjà 10 alertes. Arrêtez-en une avec le lien d’un message reçu, puis recommencez."
)


def consent_words(question: str, territory: Territory) -> str:
    """Kept word for word as the proof: in the language in which it was read."""
    words = ", ".join(words_of(question, territory))
    return sentence() % {"territory": territory.full_name, "search": words}


def consent_shown(question: str, territory: Territory) -> SafeString:
    """The same on a page, where a name in another language says so."""
    name = said_in(territory.full_name, SOURCE_LANGUAGE)
    words = format_html("<bdi>{}</bdi>", ", ".join(words_of(question, territory)))
    return woven(sentence(), territory=name, search=words)


def sentence() -> str:
    return _(
        "J’accepte de recevoir par e-mail, une fois par semaine au plus, les nouveautés de "
        "« %(territory)s » qui répondent à ma recherche : %(search)s. Je peux arrêter à tout "
        "moment."
    )


@transaction.atomic
def ask_to_confirm(
    *, territory: Territory, email: str, question: str, language: str, page: str
) -> None:
    """Mail a link to an address. Whoever asked learns nothing of the address."""
    if not may_mail(territory, email, about="alert"):
        return
    subscriber = pending_or_known(territory, email, language)
    consent = Consent.objects.create(
        subscriber=subscriber,
        source=Consent.Source.FORM,
        words=consent_words(question, territory),
        page=page[:250],
    )
    payload: dict[str, Any] = {
        "subscriber": subscriber.pk,
        "consent": consent.pk,
        "question": question,
        "language": language,
    }
    link = make_link(purpose=PURPOSE, territory=territory, payload=payload, lasts=LASTS)
    send_mail(
        territory=territory,
        to=email,
        subject=gettext_lazy("Confirmez votre alerte"),
        template="portal_search/alerts/mail/confirm",
        context={"url": address_of_link(link, "portal_search:alert_confirm", language)},
        language=language,
    )


@transaction.atomic
def confirm(link: SignedLink) -> Alert:
    """The owner of the mailbox has said yes. Asked twice, a search is one alert.

    Raises LinkRefused.
    """
    subscriber, consent = asked_for(link)
    question, now = link.payload["question"], timezone.now()
    known = Alert.objects.filter(subscriber=subscriber)
    if not known.filter(question=question).exists() and known.count() >= MOST_OF_A_READER:
        raise LinkRefused(TOO_MANY, 409)
    consent.confirmed_at = now
    consent.save(update_fields=["confirmed_at"])
    wake(subscriber)
    alert, _made = Alert.objects.update_or_create(
        subscriber=subscriber,
        question=question,
        defaults={
            "language": link.payload["language"],
            "told_until": now,
            "next_at": next_turn(subscriber) or now + EVERY,
        },
    )
    return alert


def wake(subscriber: Subscriber) -> None:
    """An alert is no letter: who gets none goes on getting none."""
    if subscriber.state != SubscriberState.ACTIVE:
        subscriber.wants_letters = False
        make_active(subscriber)


def next_turn(subscriber: Subscriber) -> Any:
    """All the alerts of a reader come in one message."""
    rows = Alert.objects.filter(subscriber=subscriber, next_at__gt=timezone.now())
    return rows.order_by("next_at").values_list("next_at", flat=True).first()
