"""From what a source says to the values that an event is to have, as its revisions hold them."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Locale

from agenda.models import DateChange, EventPage
from resources_directory.models import ActorPage
from territories.importing.records import BadRecord
from territories.importing.texts import alike, cut, one_line
from territories.models import Term, Territory
from territories.places.models import insee_code, postcode
from territories.proposals.values import Values, label_of, values_of
from territories.territory import zone_of

from .days import as_event_date
from .records import Place, ReadChange, ReadEvent

SORTED_BY = {
    "themes": Term.Kind.THEME,
    "publics": Term.Kind.PUBLIC,
    "sectors": Term.Kind.SECTOR,
}
DATES = ("dates", "changes")
PLACE = (
    *("place", "place_name", "address", "postcode", "commune", "insee_code"),
    *("latitude", "longitude"),
)
CHILDREN = [
    *(relation.get_accessor_name() for relation in get_all_child_relations(EventPage)),
    *(field.name for field in get_all_child_m2m_relations(EventPage)),
]
POSTCODE = re.compile(r"\b(\d{5})\b[\s,]+(.+)")
# Keys are made of what the source calls a date, so that a calendar knows it again.
KEYS = uuid.UUID("6f0c5a4e-6d2b-5a51-9a0e-0b3c7f5d1e42")
HEX = re.compile(r"[0-9a-f]{32}")
# Checked when the page is put in its place.
NOT_YET = {"path", "depth", "slug", "locale", "content_type", "territory", "numchild"}


class Surroundings:
    """What the territory knows already, read once for a whole file."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.zone = zone_of(territory)
        self.locale = Locale.get_default()

    @cached_property
    def actors(self) -> dict[str, list[ActorPage]]:
        found = defaultdict(list)
        for actor in ActorPage.objects.live().records().filter(territory=self.territory):
            found[alike(actor.title)].append(actor)
        return found

    @cached_property
    def communes(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for commune in self.territory.communes.all():
            found[alike(commune.name)].append(commune.code)
        return found

    @cached_property
    def terms(self) -> dict[str, dict[str, Term]]:
        found: dict[str, dict[str, Term]] = defaultdict(dict)
        for term in Term.objects.filter(is_retired=False):
            for words in (term.code, term.label, term.resident_label):
                if words:
                    found[term.kind].setdefault(alike(words), term)
        return found

    def wanted(self, read: ReadEvent) -> Values:
        """Only what the source speaks of. Raises BadRecord when the event would not be valid."""
        fields = {"source_url": "", **read.fields, **self.placed(read.place)}
        page = EventPage(
            locale=self.locale,
            external_id=read.external_id,
            source=read.source,
            **{name: value for name, value in fields.items() if name != "place"},
            place=fields.get("place"),
        )
        # So that nobody asks the database what an unsaved page has.
        for name in CHILDREN:
            setattr(page, name, [])
        page.dates = [self.dated(read, one) for one in read.dates]
        page.changes = [self.changed(read, one) for one in read.changes]
        names = {*fields, *DATES, *self.sorted_by(page, read.keywords)}
        check(page)
        return values_of(page, sorted(names))

    def dated(self, read: ReadEvent, one: Any) -> Any:
        found = as_event_date(one)
        found.key = key_of(read, one.seed)
        return found

    def changed(self, read: ReadEvent, one: ReadChange) -> DateChange:
        known_by = one.original or one.start
        return DateChange(
            key=key_of(read, f"{one.kind} {known_by:%Y%m%dT%H%M}"),
            kind=one.kind,
            original=one.original,
            start=one.start,
            end=one.end,
            note=one.note,
        )

    def sorted_by(self, page: EventPage, keywords: Iterable[str]) -> list[str]:
        """Formats, themes and publics that a keyword names; the fields that were given."""
        words = [alike(keyword) for keyword in keywords]
        given = []
        for name, kind in SORTED_BY.items():
            known = self.terms[kind]
            found = [known[word] for word in dict.fromkeys(words) if word in known]
            if found:
                setattr(page, name, list(dict.fromkeys(found)))
                given.append(name)
        formats = self.terms[Term.Kind.EVENT_FORMAT]
        if found := [formats[word] for word in words if word in formats]:
            page.format = found[0]
            given.append("format")
        return given

    def placed(self, place: Place | None) -> dict[str, Any]:
        """An actor of the territory when just one is meant, else an address of its own."""
        if place is None:
            return {}
        if place.line:
            place = self.read_line(place)
        actor = self.actor_at(place)
        nothing: dict[str, Any] = dict.fromkeys(PLACE, "")
        nothing.update(place=None, latitude=None, longitude=None)
        if actor is not None:
            return nothing | {"place": actor}
        has_point = (
            place.latitude is not None
            and place.longitude is not None
            and -90 <= place.latitude <= 90
            and -180 <= place.longitude <= 180
            and (place.latitude, place.longitude) != (0, 0)
        )
        code = place.postcode if valid(postcode, place.postcode) else ""
        return nothing | {
            "place_name": cut(place.name, 200),
            "address": cut(street_of(place), 200),
            "postcode": code,
            "commune": cut(place.commune, 100),
            "insee_code": self.insee_of(place),
            "latitude": place.latitude if has_point else None,
            "longitude": place.longitude if has_point else None,
        }

    def actor_at(self, place: Place) -> ActorPage | None:
        insee = self.insee_of(place)
        named = self.actors.get(alike(place.name), []) if place.name else []
        found = [actor for actor in named if insee and actor.insee_code == insee]
        return found[0] if len(found) == 1 else None

    def insee_of(self, place: Place) -> str:
        if valid(insee_code, place.insee_code):
            return place.insee_code
        codes = self.communes.get(alike(place.commune), []) if place.commune else []
        return codes[0] if len(codes) == 1 else ""

    def read_line(self, place: Place) -> Place:
        """« Maison de quartier, 12 rue du Lot, 31100 Toulouse » in its parts."""
        from dataclasses import replace

        parts = [one_line(part) for part in re.split(r"[,\n]", place.line)]
        parts = [part for part in parts if part]
        code = commune = ""
        for number, part in enumerate(parts):
            if found := POSTCODE.fullmatch(part):
                code, commune, parts = found[1], found[2], parts[:number]
                break
            if number and alike(part) in self.communes:
                commune, parts = part, parts[:number]
                break
        if not parts:
            return replace(place, name="", postcode=code, commune=commune)
        starts_in_a_street = parts[0][:1].isdigit()
        name = "" if starts_in_a_street else parts[0]
        street = ", ".join(parts if starts_in_a_street else parts[1:])
        if not code and not commune:
            # Nobody can tell which part is what.
            name, street = one_line(place.line.replace("\n", ", ")), ""
        return replace(place, name=name, address=street, postcode=code, commune=commune)


def street_of(place: Place) -> str:
    """Without the town, which has a field of its own."""
    street = place.address
    for town in (f"{place.postcode} {place.commune}", place.commune, place.postcode):
        if town.strip() and street.casefold().endswith(town.strip().casefold()):
            street = street[: -len(town.strip())].rstrip(" ,-")
            break
    return "" if alike(street) == alike(place.name) else street


def valid(check_value: Any, value: str) -> bool:
    try:
        check_value(value)
    except ValidationError:
        return False
    return True


def key_of(read: ReadEvent, seed: str) -> uuid.UUID:
    """A date of ours that comes back keeps its key."""
    if HEX.fullmatch(seed):
        return uuid.UUID(hex=seed)
    return uuid.uuid5(KEYS, f"{read.source}\n{read.external_id}\n{seed}")


def check(page: EventPage) -> None:
    """Raise BadRecord when the page, or one of its dates, cannot be published as it is."""
    found: list[str] = []
    try:
        page.clean_fields(exclude=NOT_YET)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            found += [f"{label_of(EventPage, name)} : {message}" for message in messages]
    for line in (*page.dates.all(), *page.changes.all()):
        try:
            line.clean_fields(exclude={"event"})
            line.clean()
        except ValidationError as error:
            found += error.messages
    if found:
        raise BadRecord(" ".join(dict.fromkeys(found)))
