"""For which event, action or place of a territory the label is asked: a search of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from agenda.dates.words import when_words
from agenda.models import EventPage
from cooperation.models import ActionPage
from cooperation.models.actions import today_of
from labelling.models import Application, Label
from resources_directory.models import ActorPage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import in_language
from territories.places.official import plain_name
from territories.plugins.registry import plugin_of, works_in
from territories.words import sentence

if TYPE_CHECKING:
    from territories.models import Territory

PER_PAGE = 20


def events(territory: Territory) -> QuerySet:
    found = EventPage.objects.findable().filter(territory=territory).upcoming()
    return found.order_by("next_start", "pk")


def actions(territory: Territory) -> QuerySet:
    found = ActionPage.objects.findable().filter(territory=territory)
    return found.current(today_of(territory)).order_by("title", "pk")


def places(territory: Territory) -> QuerySet:
    return ActorPage.objects.findable().filter(territory=territory).order_by("title", "pk")


# By the word that stands in the address.
KINDS = {
    "rendez-vous": (gettext_lazy("Un rendez-vous"), EventPage, events),
    "action": (gettext_lazy("Une action"), ActionPage, actions),
    "lieu": (gettext_lazy("Un lieu"), ActorPage, places),
}


@dataclass(frozen=True)
class Entry:
    """`shown`: the page in the visitor's language; `busy`: why it may not be chosen."""

    pk: int
    shown: Any
    words: str
    busy: str


class Choices:
    """`kind` and `q` as they stand in the address; what makes no sense there is ignored."""

    def __init__(self, territory: Territory, kind: str, q: str, number: str) -> None:
        self.territory = territory
        self.kind = kind if kind in KINDS else "rendez-vous"
        self.q = q.strip()[:100]
        _words, _model, find = KINDS[self.kind]
        found = find(territory)
        pks = found.values_list("pk", flat=True)
        if self.q:
            wanted = plain_name(self.q).split()
            # All titles of a kind: a territory has hundreds, and no accent may hide one.
            rows = found.values_list("pk", "title")
            pks = [pk for pk, title in rows if all(word in plain_name(title) for word in wanted)]
        self.page_obj = Paginator(pks, PER_PAGE).get_page(number)
        pages = {page.pk: page for page in found.filter(pk__in=list(self.page_obj))}
        self.pages = [pages[pk] for pk in self.page_obj if pk in pages]

    @property
    def kinds(self) -> list[dict[str, Any]]:
        return [
            {"value": value, "words": words, "is_on": value == self.kind}
            for value, (words, model, _find) in KINDS.items()
            if works_in(plugin_of(model), self.territory)
        ]

    @property
    def entries(self) -> list[Entry]:
        shown = in_language(self.pages, get_language() or SOURCE_LANGUAGE)
        busy = busy_words([page.pk for page in shown])
        return [
            Entry(page.pk, page.shown, self.words_of(page), busy.get(page.pk, "")) for page in shown
        ]

    def words_of(self, page: Any) -> str:
        if isinstance(page, EventPage) and page.next_start:
            words = when_words(
                page.next_start,
                page.next_end,
                page.zone,
                is_all_day=page.next_is_all_day,
                year=True,
            )
            return sentence(words)
        return page.address_line if isinstance(page, ActorPage) else ""


def busy_words(pks: list[int]) -> dict[int, str]:
    """Of the pages that have the label, for which somebody asks it already, or cancelled."""
    asked = Application.objects.claiming().filter(page__in=pks).values_list("page", flat=True)
    given = Label.objects.active().filter(page__in=pks).values_list("page", flat=True)
    off = EventPage.objects.filter(pk__in=pks).cancelled().values_list("pk", flat=True)
    return {
        **dict.fromkeys(off, _("ce rendez-vous est annulé")),
        **dict.fromkeys(asked, _("une demande est en cours")),
        **dict.fromkeys(given, _("a déjà le label")),
    }


def page_to_label(territory: Territory, pk: str) -> Page | None:
    """One of the territory's that the choices show; None for any other."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    for _words, _model, find in KINDS.values():
        if page := find(territory).filter(pk=int(pk)).first():
            return page
    return None
