"""The start of a sending: what it says is fixed, and each reader gets a copy."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from newsletter.composing.mentions import record_mentions
from newsletter.models import Copy, Edition, NewsletterPage, Sending, SendingState, Subscriber
from newsletter.models.subscribers import SubscriberQuerySet
from newsletter.rendering.letter import BrokenLetter, render_letter

from .backends.base import ServerRefuses
from .outbox import Stopped, lease

WRITTEN_AT_ONCE = 2_000


class CannotStart(ServerRefuses):
    """The letter is not what it was when somebody asked for it to be sent."""


def languages_of(letter: NewsletterPage) -> QuerySet[NewsletterPage]:
    """The letter and its translations, as the public reads them."""
    found = letter.get_translations(inclusive=True).live().filter(alias_of=None)
    return found.select_related("locale", "territory__site")


def audience_of(sending: Sending) -> SubscriberQuerySet:
    return Subscriber.objects.receiving(
        sending.territory, themes=sending.themes, neighbourhoods=sending.neighbourhoods
    )


def readers_by_language(sending: Sending) -> dict[str, int]:
    """How many get it in which language: who reads another one gets the letter's own."""
    own = sending.letter.locale.language_code
    known = set(languages_of(sending.letter).values_list("locale__language_code", flat=True))
    found: dict[str, int] = {}
    counted = audience_of(sending).order_by().values_list("language").annotate(Count("pk"))
    for language, number in counted:
        shown = language if language in known else own
        found[shown] = found.get(shown, 0) + number
    return found


def start(sending: Sending, holder: str) -> None:
    """Raises CannotStart, and Stopped when it was cancelled meanwhile."""
    letter = sending.letter
    if not letter.live:
        raise CannotStart("La lettre n’est plus en ligne.")
    editions = [edition_of(sending, page) for page in languages_of(letter)]
    own = letter.locale.language_code
    known = {edition.language for edition in editions}
    now = timezone.now()
    with transaction.atomic():
        ours = Sending.objects.filter(
            pk=sending.pk, holder=holder, state=SendingState.SCHEDULED, started_at=None
        )
        fields = {"state": SendingState.SENDING, "started_at": now, "held_until": now + lease()}
        if not ours.update(**fields):
            raise Stopped
        Edition.objects.bulk_create(editions)
        rows = []
        readers = audience_of(sending).order_by("pk").values_list("pk", "language")
        for reader, language in readers.iterator(WRITTEN_AT_ONCE):
            shown = language if language in known else own
            rows.append(Copy(sending=sending, subscriber_id=reader, language=shown))
            if len(rows) == WRITTEN_AT_ONCE:
                Copy.objects.bulk_create(rows)
                rows = []
        Copy.objects.bulk_create(rows)
        record_mentions(letter)
    sending.state, sending.started_at = SendingState.SENDING, now


def edition_of(sending: Sending, page: NewsletterPage) -> Edition:
    try:
        letter = render_letter(page, for_readers=True)
    except BrokenLetter as error:
        raise CannotStart(str(error)) from error
    return Edition(
        sending=sending,
        language=page.locale.language_code,
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
    )
