"""`/open-data/evenements.json`: one row an event, with its own documented names.

There is no French standard for events of this kind; where the facts are those of data·inclusion v1
(publics, thematiques, code_insee…), names and codes are theirs.

| name | what it holds |
|---|---|
| id | stable identifier, the same on the portal and in the calendars |
| id_source, source | identifier at the source and its name; null when written here |
| titre, resume, description | texts in French, without markup |
| statut | scheduled, full, postponed, cancelled |
| format | code of the event's format, null when unknown |
| debut, fin | next occurrence, else the last one; ISO 8601 with the local offset; fin may be null |
| dates | every occurrence since a year ago: {debut, fin, statut, note}; note may be null |
| lieu, adresse, code_postal, commune, code_insee, latitude, longitude | where; null when unknown |
| participation | sur-place, en-ligne, sur-place-et-en-ligne |
| en_ligne, lien_en_ligne | whether one can take part from home, and where |
| organisateur, id_organisateur | name of the actor, and its identifier in structures.json |
| co_organisateurs, partenaires | names of the other actors |
| publics, thematiques | codes of data·inclusion v1 |
| secteurs | codes of the trades it is about |
| quartiers_vises | whose residents it is for first: {nom, code}; empty for the whole territory |
| gratuit, prix, conditions | whether it is free; the price, and what it takes to come, in words |
| a_apporter | one thing a line |
| accessibilite | hi, vi, pi, mi, ii: OpenAgenda's codes |
| acces_sans_marche | of the actor's door; null when unknown |
| precisions_acces, garde_enfants, aide_mobilite | help on the spot and to come, in words |
| inscription, lien_inscription, telephone_inscription, courriel_inscription | how to come |
| contact_nom, contact_telephone, contact_courriel | whom to ask; a name only with its consent |
| url | the public page |
| territoire | short name of the territory, null for the national portal |
| date_maj | last publication, ISO 8601 |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from resources_directory.open_data import identifier
from territories.plugins.contributions import Dataset

from .models import EventPage, EventPartner, Occurrence, Status
from .venues import venue_of

KEPT = timedelta(days=365)
CHUNK = 200


def rows(territory) -> Iterator[Mapping[str, Any]]:
    now = timezone.now()
    recent = Occurrence.objects.filter(over_at__gt=now - KEPT)
    events = (
        EventPage.objects.findable()
        .in_territory(territory)
        .between(now - KEPT)
        .in_full()
        .order_by("pk")
        .prefetch_related(
            *("themes", "publics", "sectors", "aimed_at", "partners__actor"),
            Prefetch("occurrences", recent, to_attr="known_occurrences"),
        )
    )
    for event in events.iterator(chunk_size=CHUNK):
        yield row(event, now)


def row(event: EventPage, now) -> Mapping[str, Any]:
    venue = venue_of(event)
    known = event.known_occurrences
    coming = [one for one in known if one.over_at > now]
    # A cancelled date is that of the event where no other comes.
    coming.sort(key=lambda one: one.status == Status.CANCELLED)
    shown = coming[0] if coming else known[-1]
    return {
        "id": str(event.translation_key),
        "id_source": event.external_id,
        "source": event.source or None,
        "titre": event.title,
        "resume": event.summary,
        "description": plain(event.body),
        "statut": event.status,
        "format": event.format.code if event.format else None,
        **times(event, shown),
        "dates": [
            {**times(event, one), "statut": one.status, "note": one.note or None} for one in known
        ],
        "lieu": venue.name or None,
        "adresse": venue.street or None,
        "code_postal": venue.postcode or None,
        "commune": venue.commune or None,
        "code_insee": venue.insee_code or None,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "participation": venue.attendance.value,
        "en_ligne": event.is_online,
        "lien_en_ligne": event.online_url or None,
        "organisateur": event.organiser.title if event.organiser else None,
        "id_organisateur": identifier(event.organiser) if event.organiser else None,
        "co_organisateurs": partners_of(event, EventPartner.Role.ORGANISER),
        "partenaires": partners_of(event, EventPartner.Role.PARTNER),
        "publics": [term.code for term in event.publics.all()],
        "thematiques": [term.code for term in event.themes.all()],
        "secteurs": [term.code for term in event.sectors.all()],
        "quartiers_vises": [
            {"nom": place.name, "code": place.code or None} for place in event.aimed_at.all()
        ],
        "gratuit": event.is_free,
        "prix": event.cost or None,
        "conditions": event.conditions or None,
        "a_apporter": event.to_bring or None,
        "accessibilite": event.accessibility,
        "acces_sans_marche": venue.step_free,
        "precisions_acces": event.access_details or None,
        "garde_enfants": event.childcare or None,
        "aide_mobilite": event.mobility_help or None,
        "inscription": event.registration or None,
        "lien_inscription": event.registration_link or None,
        "telephone_inscription": event.registration_phone or None,
        "courriel_inscription": event.registration_email or None,
        "contact_nom": event.contact_name or None,
        "contact_telephone": event.phone or None,
        "contact_courriel": event.email or None,
        "url": event.get_full_url(),
        "territoire": event.territory.slug if event.territory else None,
        "date_maj": event.last_published_at and event.last_published_at.isoformat(),
    }


def partners_of(event: EventPage, role: str) -> list[str]:
    return [partner.actor.title for partner in event.partners.all() if partner.role == role]


def times(event: EventPage, occurrence: Occurrence) -> Mapping[str, str | None]:
    end = occurrence.end
    return {
        "debut": occurrence.start.astimezone(event.zone).isoformat(),
        "fin": end.astimezone(event.zone).isoformat() if end else None,
    }


def plain(html: str) -> str:
    """The text of a rich text: a line for each paragraph and for each item."""
    for closing in ("</p>", "</li>", "</h3>", "<br/>"):
        html = html.replace(closing, f"{closing}\n")
    return unescape(strip_tags(html)).strip()


DATASETS = [
    Dataset(
        "evenements",
        _("Rendez-vous"),
        _(
            "Les rendez-vous publiés, passés depuis un an et à venir, avec toutes leurs dates. "
            "Le bas de l’agenda les donne aussi en calendrier, en flux RSS et en tableau."
        ),
        rows,
    )
]
