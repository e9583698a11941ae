"""Thousands of actors and services, written as rows."""

from __future__ import annotations

from collections.abc import Sequence

from directory_factories import guide_of, map_of
from django.db import transaction
from django.utils import timezone
from rows import insert, write_pages, write_terms
from wagtail.models import Page

from resources_directory.codes import Fees, ServiceType
from resources_directory.models import ActorPage, ServicePage
from territories.models import Term, Territory

TOWNS = (("Toulouse", "31555"), ("Blagnac", "31069"), ("Colomiers", "31149"), ("Muret", "31395"))
DAYS = ("Mo-Fr", "Mo,Tu,Th", "We-Sa", "Mo-Fr", "Tu-Fr")
LANGUAGES = (["fr"], ["fr", "ar"], ["fr", "en", "tr"], [])
ZONES = ([], ["31555"], ["31"], ["france"], ["31069", "31149"])


@transaction.atomic
def write_actors(territory: Territory, number: int) -> list[Page]:
    pages = write_pages(map_of(territory), ActorPage, number, "Acteur")
    needs = list(Term.objects.filter(kind=Term.Kind.THEME_CATEGORY))
    insert(
        [
            ActorPage(
                page_ptr_id=page.pk,
                territory_id=territory.pk,
                description="On accueille, on écoute, on oriente. " * 4,
                category_id=needs[rank % len(needs)].pk if rank % 3 else None,
                opening_hours=hours(rank),
                languages_spoken=LANGUAGES[rank % len(LANGUAGES)],
                confirmed_on=timezone.localdate(),
                **somewhere(rank),
            )
            for rank, page in enumerate(pages)
        ]
    )
    networks = list(Term.objects.filter(kind=Term.Kind.NETWORK))
    through = ActorPage.networks.through
    through.objects.bulk_create(
        (
            through(actorpage_id=page.pk, term=networks[rank % len(networks)])
            for rank, page in enumerate(pages)
        ),
        batch_size=400,
    )
    return pages


@transaction.atomic
def write_services(territory: Territory, actors: Sequence[Page], number: int) -> None:
    """Services of the actors in turn. One in four has an address of its own, one in three its own
    hours, one in five is given at a distance."""
    pages = write_pages(guide_of(territory), ServicePage, number, "Aide")
    insert(
        [
            ServicePage(
                page_ptr_id=page.pk,
                territory_id=territory.pk,
                actor_id=actors[rank % len(actors)].pk,
                description="On vous explique, puis on le fait avec vous. " * 5,
                type=ServiceType.values[rank % len(ServiceType.values)],
                fees=Fees.values[rank % len(Fees.values)],
                opening_hours="" if rank % 3 else hours(rank),
                reception_modes=["a-distance"] if rank % 5 == 0 else ["en-presentiel"],
                eligibility_zone=ZONES[rank % len(ZONES)],
                confirmed_on=timezone.localdate(),
                **({} if rank % 4 else somewhere(rank + 7)),
            )
            for rank, page in enumerate(pages)
        ]
    )
    write_terms(ServicePage, pages)


def somewhere(rank: int) -> dict[str, object]:
    town, code = TOWNS[rank % len(TOWNS)]
    return {
        "address": f"{rank % 200 + 1} rue du Lot",
        "postcode": "31000",
        "commune": town,
        "insee_code": code,
        "latitude": 43.5 + (rank * 37 % 2003) / 10_000,
        "longitude": 1.3 + (rank * 61 % 1999) / 8_000,
    }


def hours(rank: int) -> str:
    """Some hundreds of different texts, as people write them."""
    morning, noon = 8 + rank % 3, f"12:{rank % 4 * 15:02}"
    return f"{DAYS[rank % len(DAYS)]} {morning:02}:{rank % 6 * 10:02}-{noon},14:00-17:30; PH off"
