"""The ways out of a question that nothing answers, each with what it would find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.search.engines import Found, engine
from portal.search.faceting import FACETS, PERIOD
from portal.search.narrowing import PLACE, Narrowed
from portal.search.queries import Asked
from territories.frame import portal_url

from .needs import offered
from .words import words_like

LATER = "30-jours"


@dataclass(frozen=True)
class Way:
    title: str
    url: str


@dataclass(frozen=True)
class Nothing:
    """`wider`: the same question with less to hold it back; `words`: others to try; `needs`: tiles
    of the guide, those that the question speaks of when `is_recognised`."""

    wider: Sequence[Way]
    words: Sequence[Way]
    needs: Sequence[Mapping[str, Any]]
    is_recognised: bool


def nothing_found(narrowed: Narrowed, asked: Asked, found: Found) -> Nothing:
    needs, is_recognised = offered(narrowed.request, asked.wording)
    return Nothing(
        wider=[*wider(narrowed, asked, found), Way(_("Tout voir"), narrowed.request.path)],
        words=list(other_words(narrowed, asked)),
        needs=needs,
        is_recognised=is_recognised,
    )


def wider(narrowed: Narrowed, asked: Asked, found: Found) -> Iterator[Way]:
    """Here without what was chosen; else further away; else in all of France. Of a period, what
    comes later."""
    if asked.period:
        later = {PERIOD: [LATER]}
        if number := count(replace(freed(asked), chosen=later)):
            title = ngettext(
                "Voir %(number)s rendez-vous dans les 30 prochains jours",
                "Voir %(number)s rendez-vous dans les 30 prochains jours",
                number,
            )
            yield Way(title % {"number": number}, narrowed.url(without=[*FACETS, "q"], **later))
    elif number := found.everything:
        title = ngettext(
            "Voir %(number)s réponse, sans filtre", "Voir %(number)s réponses, sans filtre", number
        )
        yield Way(title % {"number": number}, narrowed.url(without=[*FACETS]))
    elif asked.around and (number := count(freed(asked))):
        title = ngettext(
            "Voir %(number)s réponse plus loin", "Voir %(number)s réponses plus loin", number
        )
        yield Way(title % {"number": number}, narrowed.url(without=[*FACETS, *PLACE]))
    elif asked.territory and (number := count(replace(freed(asked), territory=None))):
        title = ngettext(
            "Voir %(number)s réponse ailleurs en France",
            "Voir %(number)s réponses ailleurs en France",
            number,
        )
        elsewhere = portal_url().rstrip("/") + narrowed.request.path
        query = narrowed.url(without=[*FACETS, *PLACE])
        yield Way(title % {"number": number}, elsewhere + query)


def other_words(narrowed: Narrowed, asked: Asked) -> Iterator[Way]:
    for word in words_like(asked):
        if count(replace(freed(asked), text=word)):
            yield Way(word, narrowed.url(without=[*FACETS, *PLACE], q=[word]))


def freed(asked: Asked) -> Asked:
    return replace(asked, chosen={}, around=None)


def count(asked: Asked) -> int:
    return engine().search(replace(asked, is_counted=False), 0, 0).total
