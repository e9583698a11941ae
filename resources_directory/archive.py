"""Who speaks for which actor travels by address; accounts belong to an installation, and stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from territories.models import Territory
from territories.plugins.contributions import Part
from territories.tenancy.roles import group_name

from .members import PARTNER
from .models import ActorMember, ActorPage


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = ActorMember.objects.filter(actor__territory=territory).order_by("pk")
    for member in found.select_related("actor", "user"):
        yield {"actor": str(member.actor.translation_key), "email": member.user.email}


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Knows again only whoever is a partner of the territory: an archive gives nobody a role."""
    partners = User.objects.filter(groups__name=group_name(territory, PARTNER))
    for row in rows:
        actor = (
            ActorPage.objects.records()
            .filter(territory=territory, translation_key=row["actor"])
            .first()
        )
        people = partners.filter(email__iexact=row["email"]) if row["email"] else ()
        if actor is not None and len(people) == 1:
            ActorMember.objects.get_or_create(actor=actor, user=people[0])


def erase(territory: Territory) -> int:
    found = ActorMember.objects.filter(actor__territory=territory)
    number = found.count()
    found.delete()
    return number


PARTS = [Part("members", export, restore, erase, stays=True)]
