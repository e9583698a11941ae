from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.models import Term
from territories.plugins.contributions import Finding, Searchable

from .models import ActionPage


def words_of_terms(terms: Iterable[Term | None]) -> list[str]:
    """What residents and institutions call the terms, each word once."""
    words = [word for term in terms if term for word in (term.words, term.label)]
    return list(dict.fromkeys(words))


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


SEARCHABLES = [
    Searchable(
        "cooperation.ActionPage",
        "action",
        _("Actions"),
        find_action,
        pgettext_lazy("une seule", "Action"),
    )
]
