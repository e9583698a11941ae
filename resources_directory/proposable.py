from __future__ import annotations

from typing import TYPE_CHECKING

from territories.plugins.contributions import Proposable

from .models import ActorPage, ServicePage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models.records import RecordQuerySet

# Codes and coordinates follow an address: the coordinator puts them right.
ADDRESS = ("address", "address_extra", "postcode", "commune")
WELCOME = ("step_free", "languages_spoken", "specific_care")
CONTACT = ("phone", "email", "opening_hours", "confirmed_on")


def actors_of(user: User) -> RecordQuerySet:
    return ActorPage.objects.filter(members__user=user)


def services_of(user: User) -> RecordQuerySet:
    return ServicePage.objects.filter(actor__members__user=user)


PROPOSABLES = [
    Proposable(
        "resources_directory.ActorPage",
        (
            *("title", "description", "website", "accessibility_url"),
            *(*WELCOME, *CONTACT, *ADDRESS),
        ),
        actors_of,
    ),
    Proposable(
        "resources_directory.ServicePage",
        (
            *("title", "description", "publics", "publics_details", "access_conditions"),
            *("fees", "fees_details", "to_bring", "reception_modes", "mobilisation_modes"),
            *("mobilisable_by", "mobilisation_details", "mobilisation_link", "contact_name"),
            *(*WELCOME, *CONTACT, *ADDRESS, "places"),
        ),
        services_of,
    ),
]
