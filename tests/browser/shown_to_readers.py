"""What the readers of letters and alerts are mailed: addresses, and what is answered once a link is
used up. Imported by `shown_by_the_demo.py`, in the demo's settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from newsletter.models import Consent, Subscriber, SubscriberState
from newsletter.subscribing import joining, moving
from newsletter.subscribing.addresses import (
    choices_address,
    leave_address,
    stay_address,
    token_of,
)
from portal.search.alerts.joining import PURPOSE as ALERT
from portal.search.alerts.telling import alerts_address
from portal.search.models import Alert
from territories.links.links import address_of_link, make_link
from territories.models import Territory

QUESTION = "q=permis&gratuit=oui"


def make_reader(territory: Territory) -> Subscriber:
    reader = Subscriber.objects.create(
        territory=territory,
        email=f"lecture.{os.urandom(4).hex()}@example.org",
        state=SubscriberState.ACTIVE,
        confirmed_at=timezone.now(),
    )
    for question in (QUESTION, "q=garde"):
        Alert.objects.create(
            subscriber=reader, question=question, language="fr", next_at=timezone.now()
        )
    return reader


def addresses(territory: Territory) -> dict[str, str]:
    reader = make_reader(territory)
    consent = Consent.objects.create(
        subscriber=reader,
        source=Consent.Source.FORM,
        words="J’accepte de recevoir les lettres.",
        confirmed_at=timezone.now(),
    )

    def once(purpose: str, view: str, **payload: Any) -> str:
        link = make_link(
            purpose=purpose,
            territory=territory,
            payload={"subscriber": reader.pk, "consent": consent.pk, **payload},
            lasts=joining.LASTS,
        )
        return address_of_link(link, view, "fr")

    gone = Subscriber(territory=territory)
    return {
        "subscription": once(joining.PURPOSE, "newsletter:confirm"),
        "choices": choices_address(territory, reader.key, "fr"),
        "leave": leave_address(territory, reader.key, "fr"),
        "stay": stay_address(territory, reader.key, "fr"),
        "erased reader": choices_address(territory, gone.key, "fr"),
        "new address": once(moving.PURPOSE, "newsletter:address", email="autre@example.org"),
        "alert": once(ALERT, "portal_search:alert_confirm", question=QUESTION, language="fr"),
        "alerts": alerts_address(reader, "fr"),
    }


def answers(territory: Territory) -> dict[str, Callable[[], dict[str, Any]]]:
    """By template, the context of what is shown once: links open once, and visits come again."""
    key = Subscriber(territory=territory).key
    return {
        "newsletter/subscribing/confirmed.html": lambda: {"token": token_of(key)},
        "newsletter/subscribing/erased.html": dict,
        "portal_search/alerts/confirmed.html": lambda: {"looked_for": ["« permis »", "Gratuit"]},
    }
