"""Readers of letters, as the form and the team make them."""

from django.utils import timezone

from newsletter.models import Consent, Subscriber, SubscriberState


def make_subscriber(territory, email="samira@example.org", words="Oui.", **fields):
    """A reader who has confirmed, with the proof of it."""
    now = timezone.now()
    facts = {"state": SubscriberState.ACTIVE, "confirmed_at": now, **fields}
    reader = Subscriber.objects.create(territory=territory, email=email, **facts)
    Consent.objects.create(
        subscriber=reader, source=Consent.Source.FORM, words=words, confirmed_at=now
    )
    return reader
