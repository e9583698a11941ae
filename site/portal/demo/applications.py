"""Applications for the label that wait for somebody; those that were granted are the labels."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from agenda.models import EventPage
from labelling.applying.beginning import begin_application
from labelling.models import Answer, Application
from labelling.review.moving import move
from labelling.review.transitions import TRANSITIONS

if TYPE_CHECKING:
    from .territory import TerritoryLoader

HOUR = time(9, 50)
WHO = ("organisation", "contact_name", "email", "phone", "takes_place", "happens_at")


def load_applications(loader: TerritoryLoader) -> None:
    """Once: what the coordination has done since stays. `moves`: those of the table, in order."""
    for fact in loader.content.applications:
        mine = Application.objects.filter(territory=loader.territory, email=fact["email"])
        if not mine.exists():
            ask(loader, fact)


def ask(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    events = EventPage.objects.records().in_territory(loader.territory)
    application = begin_application(
        territory=loader.territory,
        subject=fact["subject"],
        title=fact.get("title", ""),
        page=events.get(slug=fact["event"]) if "event" in fact else None,
        language="fr",
        **{name: fact[name] for name in WHO if name in fact},
    )
    grid = {(one.kind, one.number): one for one in application.grid.criteria.all()}
    Answer.objects.bulk_create(
        Answer(
            application=application,
            criterion=grid[said["kind"], said["number"]],
            is_met=True,
            text=said["text"],
        )
        for said in fact["answer"]
    )
    for step in fact.get("moves", []):
        transition = TRANSITIONS[step["name"]]
        kept = move(
            application=application,
            name=step["name"],
            part=transition.part,
            signed=step["signed"],
            words=step.get("words", ""),
        )
        at = datetime.combine(
            loader.today + timedelta(days=step["day"]), HOUR, tzinfo=loader.territory.zone
        )
        application.steps.filter(pk=kept.pk).update(at=at)
        if step["name"] == "send":
            Application.objects.filter(pk=application.pk).update(submitted_at=at)
