from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from territories.plugins.contributions import Proposable

from .models import EventPage, EventPartner

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .queries import EventQuerySet


def events_of(user: User) -> EventQuerySet:
    """Those that an actor of theirs organises, alone or with others."""
    shared = EventPartner.objects.filter(
        actor__members__user=user, role=EventPartner.Role.ORGANISER
    )
    first = EventPage.objects.filter(organiser__members__user=user)
    return EventPage.objects.filter(Q(pk__in=first.values("pk")) | Q(pk__in=shared.values("event")))


PROPOSABLES = [
    Proposable(
        "agenda.EventPage",
        (
            *("title", "summary", "body", "dates", "changes", "status", "place", "place_name"),
            *("address", "address_extra", "postcode", "commune", "is_online", "online_url"),
            *("publics", "aimed_at", "sectors"),
            *("registration", "registration_phone", "registration_email", "registration_link"),
            *("is_free", "cost", "conditions", "to_bring"),
            *("accessibility", "access_details", "childcare", "mobility_help"),
            *("contact_name", "phone", "email"),
        ),
        events_of,
    )
]
