"""The facts that every text of the pack is made of, read once, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from agenda.models import EventPage
from agenda.sheet import Sheet
from cooperation.models import ActionPage
from labelling.models import Criterion, Label
from resources_directory.models import ActorPage
from resources_directory.visits import address_lines
from territories.pages.translations import address_in, read_in_language
from territories.sharing.poster import Poster, signature_words
from territories.words import listed, period_words, sentence

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from territories.models import Territory


LEFT_TO_RIGHT = "\u200e"


@dataclass(frozen=True)
class Story:
    """What may be told of whatever bears a label, in the language of its page.

    `when`, `where`, `price`, `phone`, `organiser` are "" when nobody said them. `address`: of its
    page, absolute. `reasons`: what the criteria that were accepted say in plain words.
    """

    label: Label
    territory: Territory
    language: str
    title: str
    summary: str
    when: str
    where: str
    price: str
    phone: str
    organiser: str
    address: str
    day: date | None
    is_over: bool
    poster_slug: str
    reasons: Sequence[str]

    @property
    def signed(self) -> str:
        return self.territory.full_name

    @property
    def card(self) -> Poster:
        """What the pictures of the pack say."""
        return Poster(
            title=self.title,
            name=self.signed,
            language=self.language,
            slug=self.territory.slug,
            colours=(self.territory.first_colour, self.territory.second_colour),
            signature=signature_words(self.territory),
            day=self.day,
            badge=_("Label Cité de l’emploi"),
        )


def story_of(label: Label, request: HttpRequest) -> Story | None:
    """None when its page is not to be seen on this site any more."""
    record = shown_bearer(label, request)
    if record is None:
        return None
    page = record.shown
    with override(page.language):
        told = FACTS[type(record)](page, request)
        for name in ("where", "phone"):
            told[name] = left_to_right(told[name], page.language)
        return Story(
            label=label,
            territory=request.territory,
            language=page.language,
            title=page.title,
            address=request.build_absolute_uri(address_in(page, page.language, request)),
            reasons=[criterion.shown.name for criterion in criteria_of(label)],
            **{"day": None, "is_over": False, "poster_slug": "", **told},
        )


def left_to_right(words: str, language: str) -> str:
    """A telephone or an address that begins with its number, in the midst of Arabic: a text to be
    pasted has no markup to say where it begins, and would show its last digits first."""
    if not get_language_info(language)["bidi"] or not (words[:1].isdigit() or words[:1] == "+"):
        return words
    return f"{LEFT_TO_RIGHT}{words}"


def shown_bearer(label: Label, request: HttpRequest) -> Page | None:
    """The record, with what the visitor reads as its `.shown`."""
    model = label.page.specific_class
    if model not in FACTS:
        return None
    found = model.objects.findable().filter(pk=label.page_id, territory=request.territory)
    records = read_in_language(found.order_by("pk"), get_language() or "", in_full)
    for record in records:
        record.shown.record = record
    return records[0] if records else None


def in_full(pages: QuerySet) -> QuerySet:
    """With whom and where, in the same query."""
    found = pages.select_related("locale", "territory__site")
    return found.in_full() if pages.model is EventPage else found


def criteria_of(label: Label) -> Sequence[Criterion]:
    return label.criteria.order_by("kind", "number")


def facts_of_event(page: EventPage, request: HttpRequest) -> dict:
    sheet = Sheet(page, request)
    organiser = sheet.record.organiser
    return {
        "summary": page.summary,
        "when": sheet.when,
        "where": sheet.venue.full,
        "price": sheet.price,
        "phone": sheet.phone,
        "organiser": organiser.title if organiser else "",
        # No single day is in the window of what lasts for weeks.
        "day": None if sheet.line.is_period else sheet.line.day,
        "is_over": sheet.is_past,
        "poster_slug": "" if sheet.is_past or sheet.line.is_off else sheet.record.slug,
    }


def facts_of_action(page: ActionPage, request: HttpRequest) -> dict:
    record = page.record
    starts, ends = record.starts_on, record.ends_on
    return {
        "summary": page.summary,
        "when": sentence(period_words(starts, ends)) if starts and ends else "",
        "where": listed([one.name for one in record.neighbourhoods.all()]),
        "price": "",
        "phone": record.phone or request.territory.contact_phone,
        "organiser": "",
    }


def facts_of_place(page: ActorPage, request: HttpRequest) -> dict:
    record = page.record
    return {
        "summary": page.in_short,
        "when": "",
        "where": ", ".join(address_lines(record).splitlines()),
        "price": "",
        "phone": record.phone or request.territory.contact_phone,
        "organiser": "",
    }


FACTS = {EventPage: facts_of_event, ActionPage: facts_of_action, ActorPage: facts_of_place}
