from __future__ import annotations

from typing import TYPE_CHECKING

from territories.plugins.contributions import Proposable

from .models import EventPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .queries import EventQuerySet


def events_of(user: User) -> EventQuerySet:
    return EventPage.objects.filter(organiser__members__user=user)


PROPOSABLES = [
    Proposable(
        "agenda.EventPage",
        (
            *("title", "summary", "body", "dates", "status", "place", "place_name"),
            *("address", "address_extra", "postcode", "commune", "is_online", "online_url"),
            *("registration", "registration_phone", "registration_link"),
            *("is_free", "cost", "to_bring"),
        ),
        events_of,
    )
]
