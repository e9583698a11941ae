"""Who fills a report in: whom it is asked of, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from agenda.models import EventPage
from cooperation.models import ActionActor
from labelling.models import Label, Report
from labelling.models.reports import CHANGE
from resources_directory.models import ActorMember, ActorPage
from territories.models import Territory

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def addresses_of(label: Label) -> list[str]:
    """E-mail addresses: of whoever asked for the label, and of who organises, carries or is it."""
    found = [label.application.email] if label.application else []
    page = label.page.specific
    if isinstance(page, EventPage):
        found.append(page.organiser.record.email if page.organiser else "")
    else:
        # An action and an actor have a contact of their own.
        found.append(page.email)
    known: dict[str, str] = {}
    for address in filter(None, found):
        known.setdefault(address.casefold(), address)
    return list(known.values())


def of_partner(user: User) -> QuerySet[Report]:
    """The reports that somebody fills in for themselves or for an actor they work for, whatever
    their role; of territories where the label is."""
    mine = ActorMember.objects.filter(user=user).values("actor")
    actors = ActorPage.objects.filter(pk__in=mine)
    events = EventPage.objects.filter(organiser__in=actors)
    actions = ActionActor.objects.filter(actor__in=actors, part=ActionActor.Part.CARRIER)
    return Report.objects.filter(
        Q(label__application__user=user)
        | Q(label__application__actor__in=actors)
        | Q(label__page__in=events.values("pk"))
        | Q(label__page__in=actions.values("action"))
        | Q(label__page__in=actors.values("pk")),
        territory__in=Territory.objects.with_plugin("labelling").values("pk"),
    )


def may_fill(user: User) -> QuerySet[Report]:
    """The reports of the whole that somebody may fill in: those of the coordination, and a
    partner's own."""
    pks = Report.objects.of_user(user, CHANGE).values("pk")
    mine = of_partner(user).values("pk")
    return Report.objects.filter(Q(pk__in=pks) | Q(pk__in=mine), happened_on=None)
