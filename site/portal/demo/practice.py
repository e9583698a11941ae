"""The demo's practice sheets, and one that another territory has taken up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.utils import timezone

from agenda.models import AgendaPage, EventPage
from labelling.models import (
    PracticeReuse,
    PracticeSheetPage,
    PracticeSheetsPage,
    PracticeStep,
    Report,
)
from labelling.practice.carrying import facts_of

if TYPE_CHECKING:
    from .territory import TerritoryLoader

WORDS = ("title", "summary", "context", "cost_words", "results", "advice", "to_know")


def load_practice(loader: TerritoryLoader) -> None:
    for fact in loader.content.practice["sheet"]:
        put_sheet(loader, fact)
    for fact in loader.content.practice.get("reuse", []):
        put_reuse(loader, fact)


def put_sheet(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    parent = loader.index(PracticeSheetsPage)
    known = PracticeSheetPage.objects.child_of(parent).filter(slug=fact["slug"]).first()
    kept = {step.translation_key: step for step in known.steps.all()} if known else {}
    report = report_of(loader, fact["report"]) if "report" in fact else None
    steps = []
    for position, said in enumerate(fact["steps"]):
        # The same at each loading, as the stops of a route.
        key = uuid5(loader.bodies.namespace, f"{fact['slug']}/{position}")
        step = kept.get(key) or PracticeStep(translation_key=key, locale=loader.home.locale)
        step.what, step.who, step.when = said["what"], said["who"], said["when"]
        step.sort_order = position
        steps.append(step)
    loader.put(
        parent,
        PracticeSheetPage,
        fact["slug"],
        **{name: fact.get(name, "") for name in WORDS},
        partners="\n".join(fact["partners"]),
        cost=fact.get("cost"),
        format=loader.vocabulary.term("event-format", fact["format"]),
        publics=loader.vocabulary.terms("public", fact["publics"]),
        themes=loader.vocabulary.terms("theme", fact["themes"]),
        about=event_of(loader, fact["about"]) if "about" in fact else None,
        facts=facts_of(report) if report else {},
        report=report.identity if report else None,
        steps=steps,
    )


def event_of(loader: TerritoryLoader, slug: str) -> EventPage:
    return EventPage.objects.child_of(loader.index(AgendaPage)).get(slug=slug)


def report_of(loader: TerritoryLoader, fact: dict[str, Any]) -> Report:
    """Whose facts the sheet carries, as one that is written from a report in the admin."""
    return Report.objects.received().get(
        territory=loader.territory,
        label__page__slug=fact["event"],
        moment=fact["moment"],
        happened_on=None,
    )


def put_reuse(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    sheets = PracticeSheetPage.objects.records().filter(territory__slug=fact["from"])
    sheet = sheets.filter(slug=fact["sheet"]).first()
    if sheet is None:
        # The other territory is not loaded.
        return
    PracticeReuse.objects.update_or_create(
        page=event_of(loader, fact["event"]),
        defaults={
            "sheet": sheet,
            "sheet_title": sheet.title,
            "origin": sheet.territory.name,
            "territory": loader.territory,
            "at": timezone.now() - timedelta(days=fact["days_ago"]),
        },
    )
