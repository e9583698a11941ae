"""What the page of an event, an action or a place already says of the criteria of a grid.

A fact belongs to a criterion by its key, which stays from version to version. What it proves is the
first answer of the form, never the last: the applicant may change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from agenda.models import EventPage
from agenda.queries import occurrences
from agenda.venues import venue_of
from cooperation.models import ActionPage
from labelling.models import Label
from resources_directory.models import ActorPage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import said_in, woven
from territories.places.models import InNeighbourhood
from territories.words import day_words, listed

if TYPE_CHECKING:
    from wagtail.models import Page

    from labelling.models import Application

# Both as the grid has them: « au moins deux semaines avant », « un petit groupe ».
EARLY = timedelta(days=14)
SMALL = 20
SEVERAL = 2


@dataclass(frozen=True)
class Known:
    """`words`: short sentences without a full stop; `answers`: what they prove, by the name of a
    field of the form (`questions.py`)."""

    words: list[str]
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> SafeString:
        return format_html_join(pgettext("liste", ", "), "{}", ((one,) for one in self.words))


def around(sentence: str, **kept: str) -> SafeString:
    """A sentence of the visitor's around words that the page keeps in French."""
    # What somebody wrote may end with a full stop of its own.
    french = {name: said_in(words.rstrip(". "), SOURCE_LANGUAGE) for name, words in kept.items()}
    return woven(sentence, **french)


def known_of(application: Application) -> dict[str, Known]:
    """By key of criterion; nothing of what is in no list yet, or is not online."""
    page = application.page
    if page is None or not page.live:
        return {}
    for kind, tell in TELLERS.items():
        # A record, as every application is about.
        if page.specific_class is kind:
            return {key: known for key, known in tell(page.pk).items() if known.words}
    return {}


def of_event(pk: int) -> dict[str, Known]:
    found = EventPage.objects.select_related("place", "organiser", "territory")
    event = found.annotate(first_start=occurrences().order_by("start").values("start")[:1]).get(
        pk=pk
    )
    partners = event.partners.select_related("actor")
    actors = {event.organiser} | {partner.actor for partner in partners}
    actors = sorted(filter(None, actors), key=lambda actor: actor.title)
    small = event.capacity if event.capacity and event.capacity <= SMALL else None
    return {
        "access": access_of_event(event),
        "communication": announced(event),
        "partnership": together(actors),
        "small-format": Known(
            [ngettext("%(count)d place", "%(count)d places", small) % {"count": small}],
            {"met": "yes"},
        )
        if small
        else Known([]),
        "several-formats": several(event),
        "labelled-places": labelled([event.place, *actors]),
    }


def access_of_event(event: EventPage) -> Known:
    venue, where = venue_of(event), event.place or event
    price = event.cost.strip()
    words = [
        _("c’est gratuit") if event.is_free else around(_("prix : %(price)s"), price=price or "—"),
        *place_words(where, venue.step_free),
        event.conditions and around(_("conditions : %(words)s"), words=event.conditions),
        event.childcare and around(_("garde d’enfants : %(words)s"), words=event.childcare),
        event.mobility_help and around(_("aide pour venir : %(words)s"), words=event.mobility_help),
        registration_words(event),
    ]
    answers: dict[str, Any] = {}
    if event.is_free:
        answers["met"] = "conditions" if event.conditions else "yes"
    helps = {"childcare": event.childcare, "transport": event.mobility_help}
    answers["helps"] = [name for name, said in helps.items() if said]
    return Known([one for one in words if one], answers)


def place_words(where: Any, step_free: bool | None) -> list[str]:
    words = []
    if where.qpv == InNeighbourhood.YES:
        words.append(_("le lieu est dans un quartier prioritaire"))
    if step_free:
        words.append(_("l’accès est sans marche"))
    return words


def registration_words(event: EventPage) -> str:
    if event.registration_is_open:
        return _("on s’inscrit sur ce site")
    if event.registration:
        return around(_("inscription : %(words)s"), words=event.registration)
    return ""


def announced(event: EventPage) -> Known:
    """How long before its first date it came into the agenda."""
    first = event.first_start
    if first is None or event.first_published_at is None:
        return Known([])
    day = timezone.localdate(event.first_published_at, event.zone)
    words = _("dans l’agenda depuis le %(day)s") % {"day": day_words(day, weekday=False, year=True)}
    ahead = first - event.first_published_at
    if ahead < EARLY:
        return Known([words])
    weeks = ahead.days // 7
    said = ngettext("%(count)d semaine avant", "%(count)d semaines avant", weeks)
    return Known([f"{words}, {said % {'count': weeks}}"], {"met": "yes"})


def together(actors: Iterable[ActorPage]) -> Known:
    names = [actor.title for actor in actors]
    if not names:
        return Known([])
    said = [around(_("avec %(names)s"), names=listed(names))]
    return Known(said, {"met": "yes"} if len(names) >= SEVERAL else {})


def several(event: EventPage) -> Known:
    sectors = [str(term) for term in event.sectors.all()]
    if len(sectors) < SEVERAL:
        return Known([])
    return Known([_("on y parle de %(sectors)s") % {"sectors": listed(sectors)}])


def labelled(actors: Iterable[ActorPage | None]) -> Known:
    """Those of them that bear the label today, as places."""
    found = {actor.pk: actor for actor in actors if actor}
    labels = Label.objects.active().filter(page__in=found).order_by("number")
    words = [
        around(
            _("%(place)s est un lieu labellisé (n° %(number)s)"),
            place=found[label.page_id].title,
            number=label.number,
        )
        for label in labels
    ]
    return Known(words, {"met": "yes"} if words else {})


def of_action(pk: int) -> dict[str, Known]:
    action = ActionPage.objects.get(pk=pk)
    actors = [one.actor for one in action.actors.select_related("actor")]
    neighbourhoods = [one.name for one in action.neighbourhoods.all() if one.code]
    where = around(_("dans les quartiers prioritaires : %(names)s"), names=listed(neighbourhoods))
    return {
        "access": Known([where] if neighbourhoods else []),
        "partnership": together(actors),
        "labelled-places": labelled(actors),
    }


def of_place(pk: int) -> dict[str, Known]:
    place = ActorPage.objects.get(pk=pk)
    words = place_words(place, place.step_free)
    if place.languages_spoken:
        words.append(
            _("on y parle %(languages)s") % {"languages": listed(place.language_names).lower()}
        )
    return {"access": Known(words)}


TELLERS: Mapping[type[Page], Callable[[int], dict[str, Known]]] = {
    EventPage: of_event,
    ActionPage: of_action,
    ActorPage: of_place,
}
