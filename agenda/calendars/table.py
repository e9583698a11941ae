"""The agenda as a table for a spreadsheet: one row an occurrence, in the order of time.

`;`, the mark of UTF-8 and harmless formulas: see `territories.spreadsheets`. Days and hours
are those of the place, which `fuseau` names; a whole day has no hour, and `fin` is its last one.
Headings are names, the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agenda.models import EventPage, Occurrence, Status
from agenda.venues import venue_of
from territories.spreadsheets.delimited import SEPARATOR, line, lines

from .full import sold_out
from .reading import address_of, registration_link

HEADINGS = (
    *("id", "debut", "fin", "journee_entiere", "etat", "precision"),
    *("titre", "resume", "format", "themes", "publics"),
    *("lieu", "adresse", "code_postal", "commune", "code_insee", "latitude", "longitude"),
    *("participation", "lien_en_ligne", "organisateur", "gratuit", "prix", "conditions"),
    *("inscription", "lien_inscription", "telephone_inscription", "courriel_inscription"),
    *("territoire", "fuseau", "url"),
)
CHUNK = 2000
# What a whole day's end, the midnight after it, is brought back into it by.
INSTANT = timedelta(microseconds=1)


def written(
    events: Sequence[EventPage], occurrences: QuerySet, request: HttpRequest
) -> Iterator[str]:
    """The file, line by line. `events`: read with their publics; `occurrences`: theirs, as many as
    are told. What an event says is written once, however often it takes place."""
    told = {event.pk: (event, line(cells_of(event, request))) for event in events}
    full = sold_out(events, occurrences)
    yield from lines(HEADINGS, ())
    for one in occurrences.filter(event__in=list(told)).iterator(chunk_size=CHUNK):
        event, rest = told[one.event_id]
        if (event.pk, one.key) in full:
            one.status = Status.FULL
        own = line([f"{event.translation_key}-{one.key}", *times(event, one)])
        yield own.removesuffix("\r\n") + SEPARATOR + rest


def times(event: EventPage, occurrence: Occurrence) -> list[object]:
    start, end = occurrence.start, occurrence.end
    written = "%Y-%m-%d %H:%M"
    if occurrence.is_all_day:
        written, end = "%Y-%m-%d", end and end - INSTANT
    return [
        start.astimezone(event.zone).strftime(written),
        end.astimezone(event.zone).strftime(written) if end else "",
        yes_or_no(occurrence.is_all_day),
        Status(occurrence.status).label,
        occurrence.note,
    ]


def cells_of(event: EventPage, request: HttpRequest) -> list[object]:
    shown, venue = event.shown, venue_of(event)
    cells = [
        *(shown.title, shown.summary, event.format.words if event.format else ""),
        *(several(event.themes.all()), several(event.publics.all())),
        *(venue.name, venue.street, venue.postcode, venue.commune, venue.insee_code),
        *(venue.latitude, venue.longitude, venue.attendance.label, event.online_url),
        event.organiser.title if event.organiser else "",
        *(yes_or_no(event.is_free), shown.cost, shown.conditions),
        *(shown.registration, registration_link(event, request)),
        *(event.registration_phone, event.registration_email),
        *(event.territory.name if event.territory else "", event.zone.key),
        address_of(event, request),
    ]
    return ["" if cell is None else cell for cell in cells]


def several(terms) -> str:
    return ", ".join(term.words for term in terms)


def yes_or_no(fact: bool) -> str:
    return _("oui") if fact else _("non")
