from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.models import Term
from territories.plugins.contributions import Finding, Searchable

from .models import ActionPage, CallForProjectsPage, TrainingPage, WorkingGroupPage
from .trainings import FOR_PROFESSIONALS, badges


def words_of_terms(terms: Iterable[Term | None]) -> list[str]:
    """What residents and institutions call the terms."""
    return [word for term in terms if term for word in (term.words, term.label)]


def text_of(body) -> str:
    """The text of a body of blocks."""
    return " ".join(strip_tags(text) for text in body.stream_block.get_searchable_content(body))


def find_action(page: ActionPage, record: ActionPage) -> Finding:
    publics = list(record.publics.all())
    places = [place.name for place in record.neighbourhoods.all()]
    names = [line.actor.title for line in record.actors.select_related("actor") if line.actor.live]
    return Finding(
        title=page.title,
        summary=page.summary,
        body=f"{text_of(page.body)} {page.results}".strip(),
        words=[*places, *names, *words_of_terms([record.axis, *publics, *record.sectors.all()])],
        place=", ".join(places),
        publics=[term.code for term in publics],
    )


def find_group(page: WorkingGroupPage, record: WorkingGroupPage) -> Finding:
    places = [place.name for place in record.neighbourhoods.all()]
    names = [one.actor.title for one in record.members.select_related("actor") if one.actor.live]
    return Finding(
        title=page.title,
        summary=page.aim,
        body=text_of(page.body),
        words=[*places, *names],
        place=", ".join(places),
        badges=[FOR_PROFESSIONALS],
    )


def find_call(page: CallForProjectsPage, record: CallForProjectsPage) -> Finding:
    return Finding(
        title=page.title,
        summary=page.summary,
        body=" ".join([text_of(page.body), page.for_whom, page.criteria, page.amounts]),
        last_date=record.closes_at,
    )


def find_training(page: TrainingPage, record: TrainingPage) -> Finding:
    now = timezone.now()
    dates = sorted(record.dates.all(), key=lambda date: date.start)
    to_come = [date.start for date in dates if (date.end or date.start) >= now]
    giver = record.giver.title if record.giver and record.giver.live else record.giver_name
    return Finding(
        title=page.title,
        summary=page.summary,
        body=" ".join([text_of(page.body), page.audience]),
        words=[giver] if giver else [],
        place=record.place,
        next_date=to_come[0] if to_come else None,
        last_date=dates[-1].start if dates else None,
        badges=[FOR_PROFESSIONALS, *badges(record)],
    )


SEARCHABLES = [
    Searchable(
        "cooperation.ActionPage",
        "action",
        _("Actions"),
        find_action,
        pgettext_lazy("une seule", "Action"),
        is_for_professionals=True,
    ),
    Searchable(
        "cooperation.WorkingGroupPage",
        "working-group",
        _("Groupes de travail"),
        find_group,
        _("Groupe de travail"),
        is_for_professionals=True,
    ),
    Searchable(
        "cooperation.CallForProjectsPage",
        "call",
        _("Appels à projets"),
        find_call,
        _("Appel à projets"),
        is_for_professionals=True,
    ),
    Searchable(
        "cooperation.TrainingPage",
        "training",
        _("Formations pour les professionnels"),
        find_training,
        _("Formation pour les professionnels"),
        is_for_professionals=True,
    ),
]
