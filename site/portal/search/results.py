"""What the search page shows of the documents it found: one query for the rows, one for words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources_directory.near import Near
from territories.models import Term
from territories.places.distance import point_of
from territories.plugins.contributions import Badge
from territories.plugins.registry import contributions
from territories.words import hour_words

from .documents import is_past_now
from .engines import Found
from .highlighting import excerpt, highlight
from .models import SearchDocument
from .queries import Asked

MOST_PUBLICS_SHOWN = 2


@dataclass(frozen=True)
class Result:
    document: int
    title: SafeString
    text: SafeString
    url: str
    kind: str | Promise
    icon: str
    language: str
    territory: str
    date: datetime | None
    is_lit: bool
    is_off: bool
    hour: str
    place: str
    distance: str
    badges: Sequence[Badge | dict[str, Any]]


def load(ids: Sequence[int]) -> list[SearchDocument]:
    """The rows in the order of their ids, each with its territory and its site."""
    rows = (
        SearchDocument.objects.filter(pk__in=ids)
        .select_related("territory__site")
        .defer("words")
        .in_bulk()
    )
    return [rows[pk] for pk in ids if pk in rows]


def public_url(document: SearchDocument, portal_root: str) -> str:
    root = document.territory.root_url if document.territory else portal_root
    return root + document.path


def show(asked: Asked, found: Found, near: Near) -> list[Result]:
    documents = load(found.ids)
    wording = found.marked_by(asked.wording)
    terms, kinds = terms_of(documents), kinds_shown()
    results = []
    for document in documents:
        family = document.themes[0].split("--")[0] if document.themes else ""
        kind, icon = kinds.get(document.kind, ("", ""))
        results.append(
            Result(
                document=document.pk,
                title=highlight(document.title, wording),
                text=highlight(excerpt(document, wording), wording),
                url=public_url(document, "") if asked.territory is None else document.path,
                kind=kind,
                icon=terms.get(family, ("", ""))[1] or icon,
                language=document.language,
                territory=document.territory.name if document.territory else "",
                date=local(document.next_date, document),
                is_lit=any(badge["kind"] == "label" for badge in document.badges),
                is_off=any(badge["kind"] == "danger" for badge in document.badges),
                hour=when(document, asked),
                place=document.place,
                distance=near.distance(point_of(document.latitude, document.longitude)),
                badges=badges_of(document, terms),
            )
        )
    return results


def terms_of(documents: Sequence[SearchDocument]) -> dict[str, tuple[str, str]]:
    """(words, icon) of the families of themes and of the publics that these documents bear."""
    families = {theme.split("--")[0] for document in documents for theme in document.themes[:1]}
    publics = {public for document in documents for public in document.publics}
    if not families | publics:
        return {}
    found = Term.objects.filter(
        Q(kind=Term.Kind.THEME_CATEGORY, code__in=families)
        | Q(kind=Term.Kind.PUBLIC, code__in=publics)
    )
    return {term.code: (term.words, term.icon) for term in found}


def kinds_shown() -> dict[str, tuple[str | Promise, str]]:
    """What one document of each kind is called, and its icon."""
    return {
        searchable.kind: (
            searchable.singular or searchable.label,
            getattr(apps.get_model(searchable.model), "menu_icon", ""),
        )
        for _plugin, searchable in contributions("SEARCHABLES")
    }


def badges_of(document: SearchDocument, terms: dict[str, tuple[str, str]]) -> list[Any]:
    badges: list[Any] = [said_again(badge) for badge in document.badges]
    if document.is_free:
        badges.append(Badge(_("Gratuit")))
    if len(document.publics) <= MOST_PUBLICS_SHOWN:
        badges += [Badge(terms[public][0]) for public in document.publics if public in terms]
    return badges


def said_again(badge: dict[str, Any]) -> dict[str, Any]:
    """A row keeps its badges in its own language: the catalogues know them in the visitor's."""
    words = badge["text"]
    return {**badge, "text": _(words)}


def local(moment: datetime | None, document: SearchDocument) -> datetime | None:
    """The moment by the clocks of the territory, which may be overseas; naive, ready to show."""
    if moment is None:
        return None
    zone = document.territory.zone if document.territory else timezone.get_current_timezone()
    return timezone.make_naive(moment, zone)


def when(document: SearchDocument, asked: Asked) -> str:
    """The hour of what is to come, the day of what is over."""
    if is_past_now(document, asked.now):
        day = date_format(local(document.last_date, document), "j F Y")
        return _("Passé : %(day)s") % {"day": day}
    moment = local(document.next_date, document)
    if moment is None or (moment.hour, moment.minute) == (0, 0):
        return ""
    return hour_words(moment.time())
