"""The search of an alert: as its address said it, and what is new among its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal.search.engines import engine_of_the_database
from portal.search.faceting import FACETS, KIND, PERIOD
from portal.search.models import Alert, SearchDocument
from portal.search.models.alert import LONGEST_QUESTION
from portal.search.narrowing import PLACE, WITH_PAST, Narrowed
from portal.search.results import load
from territories.plugins.registry import works_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.search.queries import Asked
    from territories.models import Territory

# Readers are the newsletter's.
PLUGIN = "newsletter"
# What is new there changes somebody's day; a page that presents an actor does not.
KINDS = ("event", "service")
# Of one message.
MOST = 10


@dataclass(frozen=True)
class Kept:
    """Stands for the request of the search page that the alert was asked on."""

    GET: QueryDict
    territory: Territory | None


def question_of(request: HttpRequest) -> str:
    """What was asked for and is known here, "" when it is nothing or too long to be kept.

    A period is of its moment ("this week"): an alert looks at all of what is to come.
    """
    narrowed, kept = Narrowed(request), QueryDict(mutable=True)
    if narrowed.asked().wording:
        kept["q"] = narrowed.asked().shown_text
    for name in FACETS:
        if name in narrowed.chosen and name != PERIOD:
            kept.setlist(name, sorted(narrowed.chosen[name]))
    if narrowed.near:
        for name in PLACE:
            if request.GET.get(name):
                kept[name] = request.GET[name]
    question = kept.urlencode()
    return question if len(question) <= LONGEST_QUESTION else ""


def alert_url(narrowed: Narrowed, asked: Asked) -> str:
    """Where to ask for an alert on this search; "" where none can be."""
    territory = asked.territory
    if territory is None or not works_in(PLUGIN, territory):
        return ""
    if not (asked.wording or narrowed.chosen or narrowed.near):
        return ""
    return f"{reverse('portal_search:alert')}{narrowed.url(without=[PERIOD, WITH_PAST])}"


def narrowed_by(question: str, territory: Territory) -> Narrowed:
    return Narrowed(Kept(QueryDict(question), territory))


def words_of(question: str, territory: Territory) -> list[str]:
    """« permis », gratuit: plain words, in the language that is spoken now."""
    narrowed = narrowed_by(question, territory)
    text = narrowed.asked().shown_text
    asked = [_("« %(words)s »") % {"words": text}] if text else []
    # A place bears the marks of its language: a message and a proof hold words alone.
    return [*asked, *(unescape(strip_tags(chip["label"])) for chip in narrowed.active)]


def new_answers(alert: Alert, territory: Territory, now: datetime) -> list[SearchDocument]:
    """What was published since and answers all of the question, best first, ten at most.

    The database is asked, whatever engine is in service: it is told to look among the new alone.
    """
    narrowed = narrowed_by(alert.question, territory)
    asked = narrowed.asked(
        language=alert.language,
        is_counted=False,
        is_strict=True,
        published_since=alert.told_until,
        now=now,
    )
    if KIND not in asked.chosen:
        asked = replace(asked, chosen={**asked.chosen, KIND: KINDS})
    return load(engine_of_the_database().search(asked, 0, MOST).ids)
