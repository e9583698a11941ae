"""The space of the professionals: working groups, their minutes, the meetings of the partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agenda.models import PartnerAgendaPage
from territories.models import ContentPage, PrivateSpacePage

from .publishing import publish

if TYPE_CHECKING:
    from wagtail.models import Page

    from .territory import TerritoryLoader


def load_private_space(loader: TerritoryLoader) -> None:
    facts, bodies = loader.content.private, loader.bodies
    space = loader.index(PrivateSpacePage)
    space.introduction = facts["introduction"]
    space.body = bodies.body("private", facts["body"])
    publish(space)
    put: dict[str, Page] = {}
    for fact in facts["page"]:
        put[fact["slug"]] = loader.put(
            put.get(fact.get("parent"), space),
            ContentPage,
            fact["slug"],
            title=fact["title"],
            introduction=fact["introduction"],
            body=bodies.body(f"private/{fact['slug']}", fact["body"]),
        )
    loader.put(space, PartnerAgendaPage, "calendrier", **facts["calendar"])
    load_meetings(loader)


def load_meetings(loader: TerritoryLoader) -> None:
    calendar = PartnerAgendaPage.objects.records().get(territory=loader.territory)
    loader.put_events(calendar, loader.content.private["event"])
