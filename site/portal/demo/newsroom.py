"""The demo's news and stories; a story has its consent before it is published, as everywhere."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from newsroom.models import (
    Consent,
    NewsIndexPage,
    NewsPage,
    StoryActor,
    StoryIndexPage,
    SuccessStoryPage,
)

from .publishing import publish
from .records import fields

if TYPE_CHECKING:
    from territories.models import Neighbourhood

    from .territory import TerritoryLoader

MORNING = time(9)
STORY_FIELDS = {name: name for name in ("first_name", "title", "summary", "quote", "steps", "body")}


def load_newsroom(loader: TerritoryLoader) -> None:
    for fact in loader.content.news:
        put_news(loader, fact)
    for fact in loader.content.stories:
        put_story(loader, fact)


def put_news(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    today = loader.today
    front = fact.get("front_days")
    day = today + timedelta(days=fact["day"])
    loader.put(
        loader.index(NewsIndexPage),
        NewsPage,
        fact["slug"],
        title=fact["title"],
        summary=fact["summary"],
        date=datetime.combine(day, MORNING, loader.territory.zone),
        body=loader.bodies.body(fact["slug"], fact["body"]),
        themes=loader.vocabulary.terms("theme", fact["themes"]),
        neighbourhood=neighbourhood(loader, fact),
        is_pinned=fact.get("pinned", False),
        front_until=today + timedelta(days=front) if front else None,
    )


def put_story(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    parent = loader.index(StoryIndexPage)
    story = SuccessStoryPage.objects.child_of(parent).filter(slug=fact["slug"]).first()
    if story is None:
        story = SuccessStoryPage(slug=fact["slug"], locale=parent.locale, live=False)
    for name, value in fields(fact, STORY_FIELDS).items():
        setattr(story, name, value)
    story.themes = loader.vocabulary.terms("theme", fact["themes"])
    story.neighbourhood = neighbourhood(loader, fact)
    story.actors = [StoryActor(actor=loader.actors[slug]) for slug in fact["actors"]]
    if not story.pk:
        parent.add_child(instance=story)
    consent = fact["consent"]
    Consent.objects.update_or_create(
        story=story,
        defaults={
            "given_by": consent["given_by"],
            "kept_by": consent["kept_by"],
            "given_on": loader.today - timedelta(days=consent["days_ago"]),
            "ends_on": loader.today + timedelta(days=consent["days_left"]),
        },
    )
    publish(story)


def neighbourhood(loader: TerritoryLoader, fact: dict[str, Any]) -> Neighbourhood | None:
    own = loader.territory.neighbourhoods
    return own.get(name=fact["neighbourhood"]) if "neighbourhood" in fact else None
