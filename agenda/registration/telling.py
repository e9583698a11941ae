"""What registered people are told, and when the team is told of them.

A mail repeats nothing that was typed: whoever gives somebody else's address cannot make the site
send them their words. What changed about a date is told on the team's action alone; what each
person was told last (`known_…`) says who is still to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from agenda.models import EventPage, Registration
from agenda.models.dates import Occurrence, Status
from agenda.models.registrations import MONTHS_KEPT, State
from territories.links.links import make_link
from territories.mail.sending import send_mail
from territories.pages.translations import in_language
from territories.words import moment_words, sentence

from .desk import words_of
from .places import ALL_DATES

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PURPOSE = "registration"
GONE = "gone"
# What a person is told of a date, beside that it takes place.
OFF = {Status.CANCELLED, Status.POSTPONED}
SUBJECTS = {
    Status.SCHEDULED: gettext_lazy("Du nouveau : %(title)s"),
    Status.CANCELLED: gettext_lazy("Annulé : %(title)s"),
    Status.POSTPONED: gettext_lazy("Reporté : %(title)s"),
    GONE: gettext_lazy("Annulé : %(title)s"),
}


class Now(NamedTuple):
    """What is true of somebody's date."""

    status: str
    start: datetime | None

    @property
    def is_off(self) -> bool:
        return self.status in {*OFF, GONE}


def date_now(
    event: EventPage, registration: Registration, occurrences: Mapping[str, Occurrence]
) -> Now:
    """`occurrences`: the event's, by key. For all dates at once, the event alone says."""
    waits = registration.state == State.WAITING
    if registration.occurrence_key == ALL_DATES:
        status = event.status if event.status in OFF else Status.SCHEDULED
        return Now(State.WAITING if waits and status not in OFF else status, None)
    occurrence = occurrences.get(registration.occurrence_key)
    if occurrence is None:
        return Now(GONE, registration.known_start)
    status = occurrence.status if occurrence.status in OFF else Status.SCHEDULED
    status = State.WAITING if waits and status not in OFF else status
    return Now(status, occurrence.start)


def is_to_be_told(registration: Registration, now: Now) -> bool:
    if registration.state == State.CANCELLED:
        return False
    moved = now.start is not None and now.start != registration.known_start
    return now.status != registration.known_status or (moved and not now.is_off)


def confirm(registration: Registration) -> None:
    waits = registration.state == State.WAITING
    subject = _("Liste d’attente : %(title)s") if waits else _("Inscription : %(title)s")
    mail(registration, "confirmed", subject, waits=waits)


def tell_of_freed_place(registration: Registration) -> None:
    mail(registration, "freed", gettext_lazy("Une place pour vous : %(title)s"))


def mail(registration: Registration, name: str, subject: Any, **said: Any) -> None:
    language = registration.language
    with override(language):
        [event] = in_language([registration.event], language)
        context = {
            **facts(event, registration),
            "registration": registration,
            "cancel_url": cancel_url(registration),
            "months": MONTHS_KEPT,
            **said,
        }
        send_mail(
            territory=registration.territory,
            to=registration.email,
            subject=str(subject) % {"title": event.shown.title},
            template=f"agenda/mail/{name}",
            context=context,
            language=language,
        )


def facts(event: EventPage, registration: Registration) -> dict[str, Any]:
    """What one must know to come, in the language of the mail."""
    from agenda.venues import venue_of

    root = registration.territory.root_url
    occurrence = event.occurrences.filter(key=registration.occurrence_key).first()
    is_public = EventPage.objects.findable().filter(pk=event.pk).exists()
    return {
        "event": event.shown,
        "when": date_words(event, registration, occurrence),
        "where": venue_of(event).full,
        "to_bring": [line.strip() for line in event.shown.to_bring.splitlines() if line.strip()],
        "event_url": event.shown.full_url,
        "calendar_url": f"{root}{reverse('agenda:event_feed', args=[event.slug])}"
        if is_public
        else "",
    }


def date_words(event: EventPage, registration: Registration, occurrence: Occurrence | None) -> str:
    if occurrence is None and registration.known_start is None:
        return ""
    if occurrence is None:
        words = moment_words(registration.known_start, None, event.zone, year=True)
    else:
        words = words_of(occurrence, event)
    if registration.occurrence_key == ALL_DATES:
        return _("Toutes les dates, dès le %(date)s") % {"date": words}
    return sentence(words)


def cancel_url(registration: Registration) -> str:
    """Where the person gives the place back, once, until the date is over."""
    lasts = max(registration.kept_from - timezone.now(), timedelta(hours=1))
    link = make_link(
        purpose=PURPOSE,
        territory=registration.territory,
        payload={"registration": registration.pk},
        lasts=lasts,
        email=registration.email,
    )
    path = reverse("agenda:cancel_registration", args=[link.token])
    return f"{registration.territory.root_url}{path}"


@transaction.atomic
def tell_changes(
    *,
    event: EventPage,
    registrations: Sequence[Registration],
    called: Iterable[int],
    word: str,
    told_by: User,
) -> int:
    """Mail what is new to those who have an e-mail, and note who was called; returns how many
    mails leave. `registrations`: the event's; `word`: what the team adds, in French."""
    from .registering import note

    occurrences = {one.key: one for one in event.occurrences.all()}
    called, sent = set(called), 0
    for one in registrations:
        now = date_now(event, one, occurrences)
        if one.email:
            tell(one, now, word)
            sent += 1
        elif one.pk not in called:
            continue
        one.known_status = now.status
        one.known_start = now.start or one.known_start
        if occurrence := occurrences.get(one.occurrence_key):
            one.kept_from = occurrence.over_at
        one.save(update_fields=["known_status", "known_start", "kept_from"])
    if registrations:
        note("registration.tell", registrations[0], told_by)
    return sent


def tell(registration: Registration, now: Now, word: str) -> None:
    moved = is_to_be_told(registration, now) and not now.is_off
    before = registration.known_start
    with override(registration.language):
        zone = registration.event.zone
        was = sentence(moment_words(before, None, zone, year=True)) if before else ""
        subject = SUBJECTS.get(now.status, SUBJECTS[Status.SCHEDULED])
    mail(
        registration,
        "changed",
        subject,
        status=now.status,
        is_off=now.is_off,
        was=was if moved and now.start and now.start != before else "",
        word=word,
    )


def announce_registrations() -> int:
    """Tell who follows each event that somebody has registered: one mail an event, each hour at
    most. It names nobody: the names are read in the admin. Returns how many leave."""
    fresh = Registration.objects.filter(is_announced=False)
    pks = list(fresh.values_list("event", flat=True).order_by().distinct())
    sent = 0
    for event in EventPage.objects.filter(pk__in=pks).select_related("territory__site"):
        with transaction.atomic():
            number = fresh.filter(event=event.pk).update(is_announced=True)
            recipient = event.registration_email or event.territory.contact_email
            if number and recipient:
                announce(event, number, recipient)
                sent += 1
    return sent


def announce(event: EventPage, number: int, recipient: str) -> None:
    counts = (
        Registration.objects.filter(event=event.pk, kept_from__gt=timezone.now())
        .values_list("state")
        .annotate(Sum("people"))
    )
    people = dict(counts.order_by())
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    send_mail(
        territory=event.territory,
        to=recipient,
        subject=gettext_lazy("Nouvelles inscriptions : %(title)s") % {"title": event.title},
        template="agenda/mail/announced",
        context={
            "event": event,
            "number": number,
            "registered": people.get(State.REGISTERED, 0),
            "waiting": people.get(State.WAITING, 0),
            "url": f"{admin}{reverse('registrations:event', args=[event.pk])}",
        },
    )
