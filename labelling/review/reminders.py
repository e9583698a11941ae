"""Who is reminded of an application that waits: each at most once a week, whatever runs twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.applying.links import address_for_applicant
from labelling.models import Application, Reminder, State
from territories.mail.sending import send_mail
from territories.models import Territory

from .allowed import committee_of, is_applicant
from .opinions import opinion_of, rules_of
from .telling import address_in_admin, address_of_applicant, mail

if TYPE_CHECKING:
    from datetime import datetime

WEEK = timedelta(days=7)


class Due(NamedTuple):
    """`key`: of `Reminder`. `to`: an address."""

    application: Application
    key: str
    to: str


def remind() -> int:
    """The scheduled job; returns how many mails are written."""
    sent, now = 0, timezone.now()
    waiting = Application.objects.filter(
        state__in=(State.SUBMITTED, State.IN_COMMITTEE, State.RETURNED)
    )
    territories = Territory.objects.with_plugin("labelling").filter(
        pk__in=waiting.order_by().values("territory")
    )
    for territory in territories.select_related("site"):
        with transaction.atomic():
            found = list(waiting.filter(territory=territory).select_related("user"))
            for one in found:
                one.territory = territory
            sent += remind_territory(territory, found, now)
    return sent


def remind_territory(territory: Territory, waiting: list[Application], now: datetime) -> int:
    within = rules_of(territory).answer_within
    late = claimed(late_decisions(territory, waiting, within, now), now)
    awaited = claimed(awaited_opinions(territory, waiting, now), now)
    returned = claimed(forgotten_questions(waiting, now), now)
    for template, subject, dues in (
        ("late", _("Des demandes de label attendent votre décision"), late),
        ("awaited", _("Votre avis est attendu sur des demandes de label"), awaited),
    ):
        for to, applications in by_address(dues).items():
            listed = [
                {"reference": one.reference, "url": address_in_admin(one)} for one in applications
            ]
            send_mail(
                territory=territory,
                to=to,
                subject=subject,
                template=f"labelling/mail/{template}",
                context={"applications": listed, "within": within},
            )
    for due in returned:
        mail(
            due.application,
            due.to,
            "waiting",
            _("Votre demande de label vous attend : %(reference)s"),
            language=due.application.language or "fr",
            link=address_for_applicant(due.application),
        )
    return len(by_address(late)) + len(by_address(awaited)) + len(returned)


def late_decisions(
    territory: Territory, waiting: Iterable[Application], within: int, now: datetime
) -> Iterator[Due]:
    """Half of the time in which the territory means to answer has passed."""
    for one in waiting:
        is_ours = one.state in (State.SUBMITTED, State.IN_COMMITTEE)
        if is_ours and territory.contact_email and last_sent(one) <= now - timedelta(within) / 2:
            yield Due(one, "coordination", territory.contact_email)


def awaited_opinions(
    territory: Territory, waiting: Iterable[Application], now: datetime
) -> Iterator[Due]:
    """Whoever was asked a week ago, and has neither given an opinion nor declared a tie."""
    asked = [one for one in waiting if one.state == State.IN_COMMITTEE]
    committee = committee_of(territory) if asked else []
    for one in asked:
        opened = one.steps.filter(name="open").order_by("-at").values_list("at", flat=True).first()
        if opened is None or opened > now - WEEK:
            continue
        for member in committee:
            is_asked = member.email and not is_applicant(member, one)
            if is_asked and opinion_of(member, one) is None:
                yield Due(one, f"member:{member.pk}", member.email)


def forgotten_questions(waiting: Iterable[Application], now: datetime) -> Iterator[Due]:
    for one in waiting:
        if one.state != State.RETURNED:
            continue
        step = one.steps.filter(name="return").order_by("-at").first()
        to = address_of_applicant(one)
        if to and step is not None and step.at <= now - WEEK:
            yield Due(one, "applicant", to)


def last_sent(application: Application) -> datetime:
    step = application.steps.filter(name="send").order_by("-at").first()
    return step.at if step else application.submitted_at or application.begun_at


def claimed(dues: Iterable[Due], now: datetime) -> list[Due]:
    """Those whose week is over; of two jobs that run at once, one gets each."""
    found = []
    for due in dues:
        Reminder.objects.get_or_create(application=due.application, key=due.key)
        rested = Reminder.objects.filter(application=due.application, key=due.key)
        rested = rested.filter(Q(sent_at=None) | Q(sent_at__lte=now - WEEK))
        if rested.update(sent_at=now):
            found.append(due)
    return found


def by_address(dues: Iterable[Due]) -> dict[str, list[Application]]:
    found = defaultdict(list)
    for due in dues:
        found[due.to].append(due.application)
    return dict(found)
