"""The weekly message: what is new and answers the searches of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy, override, pgettext

from newsletter.models import SubscriberState
from newsletter.subscribing.addresses import token_of
from portal.search.models import Alert, SearchDocument
from portal.search.results import kinds_shown, local
from territories.mail.sending import send_mail
from territories.models import Territory
from territories.words import moment_words

from .joining import EVERY
from .question import PLUGIN, new_answers, words_of

if TYPE_CHECKING:
    from newsletter.models import Subscriber


@dataclass(frozen=True)
class Told:
    """One search in a message. `answers`: title, kind, when and where, whole address."""

    words: str
    answers: list[dict[str, str]]
    search_url: str


def tell_readers(now: datetime | None = None) -> int:
    """Safe to run twice, and beside another. Returns how many messages were written."""
    now = now or timezone.now()
    open_ones = Territory.objects.online().with_plugin(PLUGIN)
    due = Alert.objects.filter(
        next_at__lte=now,
        subscriber__state=SubscriberState.ACTIVE,
        subscriber__territory__in=open_ones,
    )
    readers = due.order_by("subscriber").values_list("subscriber", flat=True).distinct()
    return sum(tell_reader(pk, now) for pk in list(readers))


@transaction.atomic
def tell_reader(subscriber: int, now: datetime) -> bool:
    """The turn is taken in the transaction that writes the message: both happen, or neither."""
    rows = Alert.objects.select_for_update().filter(subscriber=subscriber)
    alerts = list(
        rows.filter(next_at__lte=now).select_related("subscriber__territory__site").order_by("pk")
    )
    told = [one for alert in alerts if (one := tell(alert, now))]
    for alert in alerts:
        alert.told_until, alert.next_at = now, now + EVERY
    Alert.objects.bulk_update(alerts, ["told_until", "next_at"])
    if told:
        send(alerts[0].subscriber, told, language=alerts[0].language)
    return bool(told)


def tell(alert: Alert, now: datetime) -> Told | None:
    territory = alert.subscriber.territory
    with override(alert.language):
        answers = [say(row, territory) for row in new_answers(alert, territory, now)]
        if not answers:
            return None
        root = territory.root_url
        return Told(
            words=", ".join(words_of(alert.question, territory)),
            answers=answers,
            search_url=f"{root}{reverse('portal_search:search')}?{alert.question}",
        )


def say(document: SearchDocument, territory: Territory) -> dict[str, str]:
    kind = str(kinds_shown().get(document.kind, ("", ""))[0])
    moment = local(document.next_date, document)
    facts = [moment_words(moment, None, territory.zone) if moment else "", document.place]
    return {
        "title": document.title,
        "kind": kind,
        "facts": pgettext("liste", ", ").join(filter(None, facts)),
        "url": f"{territory.root_url}{document.path}",
    }


def send(subscriber: Subscriber, told: list[Told], *, language: str) -> None:
    number = sum(len(one.answers) for one in told)
    subject = ngettext_lazy(
        "%(count)d nouveauté pour vous", "%(count)d nouveautés pour vous", number
    ) % {"count": number}
    territory = subscriber.territory
    send_mail(
        territory=territory,
        to=subscriber.email,
        subject=subject,
        template="portal_search/alerts/mail/told",
        context={
            "told": told,
            "alerts_url": alerts_address(subscriber, language),
        },
        language=language,
        leave_url=alerts_address(subscriber, language),
    )


def alerts_address(subscriber: Subscriber, language: str) -> str:
    """Where a reader sees and stops their alerts; its POST alone stops them all (RFC 8058)."""
    with override(language):
        path = reverse("portal_search:alerts", args=[token_of(subscriber.key)])
    return f"{subscriber.territory.root_url}{path}"
