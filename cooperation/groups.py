"""Working groups, and correspondents by neighbourhood and by institution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from resources_directory.models import ActorPage
from resources_directory.sheets import facts, written
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import Listing
from territories.pages.translations import said_in
from territories.territory import zone_of
from territories.words import listed, moment_words, sentence

from .directory import shown_actors
from .models import Correspondent, WorkingGroupPage, WorkingGroupsPage


@dataclass
class Door:
    """Where to knock: a neighbourhood, or an institution, and who answers there."""

    title: str
    language: str
    is_place: bool
    people: list[Correspondent] = field(default_factory=list)


def groups_of(request: HttpRequest) -> dict[str, Any]:
    found = WorkingGroupPage.objects.findable().in_territory(request.territory)
    listing = Listing(
        request,
        found.select_related("leader").prefetch_related("neighbourhoods"),
        ordering=["title", "pk"],
    )
    return {"listing": listing, "doors": doors_of(request.territory)}


def doors_of(territory: Territory | None) -> list[Door]:
    """Neighbourhoods first, by name, then institutions. They are of one territory: the national
    portal names nobody."""
    if territory is None:
        return []
    pages = WorkingGroupsPage.objects.findable().in_territory(territory)
    people = list(
        Correspondent.objects.filter(page__in=pages.values("pk"))
        .select_related("neighbourhood")
        .order_by("neighbourhood__name", "sort_order", "pk")
    )
    actors = shown_actors(person.actor_id for person in people)
    for person in people:
        person.shown_actor = actors.get(person.actor_id)
    return doors(people)


def doors(people: Iterable[Correspondent]) -> list[Door]:
    places: dict[str, Door] = {}
    institutions: dict[str, Door] = {}
    for person in people:
        if person.neighbourhood:
            name = person.neighbourhood.name
            places.setdefault(name, Door(name, SOURCE_LANGUAGE, True)).people.append(person)
            continue
        actor: ActorPage | None = person.shown_actor
        title = actor.shown.title if actor else _("Sur tout le territoire")
        language = actor.shown.language if actor else get_language() or ""
        institutions.setdefault(title, Door(title, language, False)).people.append(person)
    return [*places.values(), *institutions.values()]


def group_sheet(page: WorkingGroupPage) -> dict[str, Any]:
    record = page.record
    members = [member.actor_id for member in record.members.all()]
    shown = shown_actors([record.leader_id, *members])
    leader = shown.get(record.leader_id)
    return {
        "leader": leader,
        "members": [shown[key] for key in members if key in shown],
        "facts": group_facts(page, record),
    }


def group_facts(page: WorkingGroupPage, record: WorkingGroupPage) -> list[dict]:
    names = [place.name for place in record.neighbourhoods.all()]
    return facts(
        [
            (
                "pin",
                _("Où"),
                [said_in(listed(names), SOURCE_LANGUAGE) if names else _("Sur tout le territoire")],
            ),
            ("clock", _("Rythme"), [written(page, sentence(page.rhythm))]),
            ("calendar", _("Prochaine réunion"), [next_meeting(record)]),
        ]
    )


def next_meeting(record: WorkingGroupPage) -> str:
    """When and where; nothing once it is over."""
    moment = record.next_meeting
    if moment is None or moment < timezone.now():
        return ""
    when = sentence(moment_words(moment, None, zone_of(record.territory), year=True))
    if not record.meeting_place:
        return when
    place = said_in(record.meeting_place, SOURCE_LANGUAGE)
    return format_html("{}{}{}", when, pgettext("liste", ", "), place)
