"""What decides somebody to come: when, where, how much, for whom, with which help on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Case, F, Value, When
from django.utils.html import format_html
from django.utils.translation import gettext as _

from resources_directory.sheets import facts, written
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import said_in
from territories.vocabulary.words import words_of
from territories.words import listed, sentence

from .models import EventPage, EventPartner
from .models.welcome import Accessibility

if TYPE_CHECKING:
    from .sheet import Sheet

KINDS = ("publics", "sectors", "aimed_at", "organisers", "partners")
ROLE = EventPartner.Role


def names_of(event: EventPage, *, is_draft: bool) -> Mapping[str, list[str]]:
    """Whom an event is for, what it is about and with whom it is made, in one query; of a draft,
    as it was just typed."""
    if is_draft:
        partners = list(event.partners.all())
        return {
            **{name: [str(term) for term in getattr(event, name).all()] for name in KINDS[:3]},
            "organisers": [one.actor.title for one in partners if one.role == ROLE.ORGANISER],
            "partners": [one.actor.title for one in partners if one.role == ROLE.PARTNER],
        }
    kind = Case(When(role=ROLE.ORGANISER, then=Value("organisers")), default=Value("partners"))
    rows = (
        EventPartner.objects.filter(event=event.pk)
        .values_list(kind, F("sort_order"), F("actor__title"))
        .order_by()
        .union(
            *(terms_of(event, name) for name in ("publics", "sectors")),
            EventPage.aimed_at.through.objects.filter(eventpage=event.pk)
            .values_list(Value("aimed_at"), Value(0), F("neighbourhood__name"))
            .order_by(),
            all=True,
        )
    )
    found: dict[str, list[str]] = {name: [] for name in KINDS}
    for name, _position, words in sorted(rows, key=lambda row: (row[1] or 0, row[2])):
        found[name].append(words)
    return found


def terms_of(event: EventPage, name: str):
    through = getattr(EventPage, name).through
    return (
        through.objects.filter(eventpage=event.pk)
        .values_list(Value(name), F("term__position"), words_of("term"))
        .order_by()
    )


def essentials_of(sheet: Sheet) -> list[dict]:
    """For the component `facts.html`; what is unknown is left out. On a telephone they stand above
    how to come, and the others below it."""
    names = sheet.names
    return facts(
        [
            ("clock", _("Quand"), [sheet.when]),
            ("pin", _("Où"), [where(sheet)]),
            ("euro", _("Prix"), [price(sheet)]),
            ("group", _("Pour qui"), [sentence(listed(names["publics"])), residents(names)]),
        ]
    )


def welcome_of(sheet: Sheet) -> list[dict]:
    """What it takes to come, and what helps on the spot."""
    page, names = sheet.page, sheet.names
    return facts(
        [
            ("check", _("Conditions"), [written(page, page.conditions)]),
            ("wheelchair", _("Accès"), access(sheet)),
            ("child", _("Enfants"), [written(page, page.childcare)]),
            ("bus", _("Aide pour venir"), [written(page, page.mobility_help)]),
            # Their words hold commas of their own.
            ("target", _("Métiers"), names["sectors"]),
        ]
    )


def where(sheet: Sheet) -> str:
    words = sheet.venue.full
    return said_in(words, SOURCE_LANGUAGE) if sheet.venue.has_place else words


def price(sheet: Sheet) -> str:
    return written(sheet.page, sheet.price) if sheet.page.cost else sheet.price


def residents(names: Mapping[str, list[str]]) -> str:
    """« D’abord pour les habitants de Bagatelle, la Faourette »."""
    if not names["aimed_at"]:
        return ""
    places = said_in(listed(names["aimed_at"]), SOURCE_LANGUAGE)
    return format_html(_("D’abord pour les habitants de {places}"), places=places)


def access(sheet: Sheet) -> list[str]:
    """The door of the place, whom it suits, and what somebody wrote."""
    step_free = sheet.venue.step_free
    suits = listed(Accessibility.words(sheet.record.accessibility))
    return [
        {True: _("Entrée sans marche."), False: _("Il y a une marche à l’entrée.")}.get(
            step_free, ""
        ),
        _("Adapté aux %(people)s") % {"people": suits} if suits else "",
        written(sheet.page, sheet.page.access_details),
    ]
