"""For which event, action or place of a territory the label is asked: a search of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import get_language, gettext_lazy
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


# Why a page may not be chosen, the first that holds.
BUSY = {
    "given": gettext_lazy("a déjà le label"),
    "asked": gettext_lazy("une demande est en cours"),
    "off": gettext_lazy("ce rendez-vous est annulé"),
}


@dataclass(frozen=True)
class Entry:
    """`shown`: the page in the visitor's language; `busy`: why it may not be chosen."""

    pk: int
    shown: Any
    words: str
    busy: Any


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
        chosen = found.filter(pk__in=list(self.page_obj))
        pages = {page.pk: page for page in with_busy(chosen)}
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
        return [
            Entry(page.pk, page.shown, self.words_of(page), BUSY.get(page.busy, ""))
            for page in shown
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


def with_busy(found: QuerySet) -> QuerySet:
    """Pages that say why they may not be chosen: `busy`, a key of BUSY, "" for the others."""
    given = Label.objects.active().filter(page=OuterRef("pk"))
    asked = Application.objects.claiming().filter(page=OuterRef("pk"))
    off = EventPage.objects.filter(pk=OuterRef("pk")).cancelled()
    reasons = zip(BUSY, (given, asked, off), strict=True)
    cases = [When(Exists(why.order_by()), then=Value(name)) for name, why in reasons]
    return found.annotate(busy=Case(*cases, default=Value(""), output_field=CharField()))


def page_to_label(territory: Territory, pk: str) -> Page | None:
    """One of the territory's that the choices show; None for any other."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    for _words, _model, find in KINDS.values():
        if page := with_busy(find(territory)).filter(pk=int(pk)).first():
            return page
    return None
