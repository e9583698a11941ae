"""The demo's actions, groups, calls, trainings and partners, with dates relative to today."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cooperation.models import (
    ActionActor,
    ActionPage,
    ActionsPage,
    CallForProjectsPage,
    CallsPage,
    Correspondent,
    GroupMember,
    Partner,
    PartnersPage,
    TrainingDate,
    TrainingPage,
    TrainingsPage,
    WorkingGroupPage,
    WorkingGroupsPage,
)

from .publishing import publish
from .records import fields

if TYPE_CHECKING:
    from wagtail.models import Page

    from territories.models import Neighbourhood

    from .territory import TerritoryLoader

# What a translation says in another language, by the table of translations.<language>.toml.
WORDS = {
    "action": ("title", "summary", "results"),
    "group": ("title", "aim", "rhythm"),
    "call": ("title", "summary", "for_whom", "amounts", "criteria"),
    "training": (*("title", "summary", "audience", "dates_text", "cost", "registration"),),
}
INDEXES = {
    "action": ActionsPage,
    "group": WorkingGroupsPage,
    "call": CallsPage,
    "training": TrainingsPage,
}
CONTACT = ("phone", "email")
GIVER = ("giver_name", "place", "seats")


def load_cooperation(loader: TerritoryLoader) -> None:
    facts = loader.content.cooperation
    for fact in facts["action"]:
        put_action(loader, fact)
    for fact in facts["group"]:
        put_group(loader, fact)
    for fact in facts["call"]:
        put_call(loader, fact)
    for fact in facts["training"]:
        put_training(loader, fact)
    put_correspondents(loader, facts["correspondent"])
    put_partners(loader, facts["partner"])


def put_action(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    put(
        loader,
        ActionPage,
        "action",
        fact,
        axis=loader.vocabulary.term("axis", fact["axis"]),
        neighbourhoods=neighbourhoods(loader, fact["neighbourhoods"]),
        publics=loader.vocabulary.terms("public", fact["publics"]),
        sectors=loader.vocabulary.terms("sector", fact["sectors"]),
        starts_on=day(loader, fact["starts_day"]),
        ends_on=day(loader, fact["ends_day"]) if "ends_day" in fact else None,
        actors=[
            ActionActor(actor=loader.actors[slug], part=part)
            for part, slugs in (("carrier", fact["carriers"]), ("partner", fact["partners"]))
            for slug in slugs
        ],
    )


def put_group(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    put(
        loader,
        WorkingGroupPage,
        "group",
        fact,
        neighbourhoods=neighbourhoods(loader, fact["neighbourhoods"]),
        leader=loader.actors[fact["leader"]],
        next_meeting=moment(loader, fact["next_day"], "09:30"),
        meeting_place=fact["place"],
        members=[GroupMember(actor=loader.actors[slug]) for slug in fact["members"]],
    )


def put_call(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    put(
        loader,
        CallForProjectsPage,
        "call",
        fact,
        opens_at=moment(loader, fact["opens_day"], "09:00"),
        closes_at=moment(loader, fact["closes_day"], f"{fact['hour']:02}:00"),
        results=fact["results"],
    )


def put_training(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    put(
        loader,
        TrainingPage,
        "training",
        fact,
        **fields(fact, dict(zip(GIVER, GIVER, strict=True))),
        giver=loader.actors.get(fact.get("giver", "")),
        dates=[
            TrainingDate(
                start=moment(loader, when["day"], when["start"]),
                end=moment(loader, when["day"], when["end"]),
            )
            for when in fact["dates"]
        ],
    )


def put_correspondents(loader: TerritoryLoader, facts: list[dict[str, Any]]) -> None:
    page = loader.index(WorkingGroupsPage)
    page.correspondents = [
        Correspondent(
            **fields(fact, {name: name for name in ("name", "role", *CONTACT)}),
            neighbourhood=next(iter(neighbourhoods(loader, [fact.get("neighbourhood", "")])), None),
            actor=loader.actors.get(fact.get("actor", "")),
            agreed_on=date(2026, 1, 15),
        )
        for fact in facts
    ]
    publish(page)


def put_partners(loader: TerritoryLoader, facts: list[dict[str, Any]]) -> None:
    page = loader.index(PartnersPage)
    page.partners = [
        Partner(
            category=fact["category"],
            name=fact.get("name", ""),
            actor=loader.actors.get(fact.get("actor", "")),
        )
        for fact in facts
    ]
    publish(page)


def put(
    loader: TerritoryLoader, model: type[Page], kind: str, fact: dict[str, Any], **values: Any
) -> None:
    words = {name: name for name in (*WORDS[kind], *CONTACT)}
    body = loader.bodies.body(f"{kind}/{fact['slug']}", fact["body"])
    parent = loader.index(INDEXES[kind])
    loader.put(parent, model, fact["slug"], **fields(fact, words), body=body, **values)


def pages_by_kind(loader: TerritoryLoader) -> dict[str, dict[str, Page]]:
    return {kind: loader.pages_under(loader.index(model)) for kind, model in INDEXES.items()}


def neighbourhoods(loader: TerritoryLoader, names: list[str]) -> list[Neighbourhood]:
    return list(loader.territory.neighbourhoods.filter(name__in=names))


def day(loader: TerritoryLoader, offset: int) -> date:
    return loader.today + timedelta(days=offset)


def moment(loader: TerritoryLoader, offset: int, hour: str) -> datetime:
    return datetime.combine(day(loader, offset), time.fromisoformat(hour), loader.territory.zone)
