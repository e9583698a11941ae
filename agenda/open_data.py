"""`/open-data/evenements.json`: one row an event, with its own documented names.

There is no French standard for events of this kind; where the facts are those of data·inclusion v1
(publics, thematiques, code_insee…), names and codes are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from resources_directory.data_inclusion import identifier
from territories.open_data.editions import extent_of_pages
from territories.plugins.contributions import Column, Dataset

from .models import EventPage, EventPartner, Occurrence, Status
from .queries import EventQuerySet
from .venues import venue_of

KEPT = timedelta(days=365)
CHUNK = 200

COLUMNS = [
    Column("id", "Identifiant qui ne change pas, le même sur le portail et dans les calendriers"),
    Column("id_source", "Identifiant à la source ; vide quand le rendez-vous est écrit ici"),
    Column("source", "Nom de la source ; vide quand le rendez-vous est écrit ici"),
    Column("titre", "Titre"),
    Column("resume", "En deux phrases"),
    Column("description", "Texte entier, sans mise en forme"),
    Column(
        "statut", "scheduled (prévu), full (complet), postponed (reporté) ou cancelled (annulé)"
    ),
    Column("format", "Code du format"),
    Column("debut", "Début de la prochaine date, sinon de la dernière (ISO 8601, heure du lieu)"),
    Column("fin", "Fin de cette date ; vide quand elle n’est pas dite"),
    Column("dates", "Toutes les dates depuis un an : debut, fin, statut et note de chacune"),
    Column("lieu", "Nom du lieu"),
    Column("adresse", "Numéro et rue"),
    Column("code_postal", "Code postal"),
    Column("commune", "Nom de la commune"),
    Column("code_insee", "Code INSEE de la commune"),
    Column("latitude", "En degrés, WGS 84"),
    Column("longitude", "En degrés, WGS 84"),
    Column("participation", "sur-place, en-ligne ou sur-place-et-en-ligne"),
    Column("en_ligne", "Peut-on participer de chez soi ?"),
    Column("lien_en_ligne", "Où participer de chez soi"),
    Column("organisateur", "Nom de l’acteur qui organise"),
    Column("id_organisateur", "Son identifiant dans le jeu « structures »"),
    Column("co_organisateurs", "Noms des autres acteurs qui organisent"),
    Column("partenaires", "Noms des partenaires"),
    Column("publics", "Codes des publics, ceux de data·inclusion v1"),
    Column("thematiques", "Codes des thèmes, ceux de data·inclusion v1"),
    Column("secteurs", "Codes des secteurs et métiers"),
    Column(
        "quartiers_vises", "Quartiers visés d’abord : nom et code ; vide pour tout le territoire"
    ),
    Column("gratuit", "Est-ce gratuit ?"),
    Column("prix", "Prix, en mots"),
    Column("conditions", "Ce qu’il faut pour venir"),
    Column("a_apporter", "Une chose par ligne"),
    Column("accessibilite", "Codes d’OpenAgenda : hi, vi, pi, mi, ii"),
    Column("acces_sans_marche", "La porte du lieu est-elle sans marche ? Vide : on ne sait pas"),
    Column("precisions_acces", "Aide sur place"),
    Column("garde_enfants", "Garde d’enfants"),
    Column("aide_mobilite", "Aide pour venir"),
    Column("inscription", "Comment s’inscrire"),
    Column("lien_inscription", "Adresse web pour s’inscrire"),
    Column("telephone_inscription", "Téléphone pour s’inscrire"),
    Column("courriel_inscription", "Courriel pour s’inscrire"),
    Column("contact_nom", "Qui répond aux questions, si cette personne veut bien être nommée"),
    Column("contact_telephone", "Téléphone pour les questions"),
    Column("contact_courriel", "Courriel pour les questions"),
    Column("url", "Page publique"),
    Column("territoire", "Nom court du territoire ; vide pour le portail"),
    Column("date_maj", "Dernière publication (ISO 8601)"),
]


def told(territory) -> EventQuerySet:
    """Those that are over since less than a year, and those to come."""
    found = EventPage.objects.findable().in_territory(territory)
    return found.between(timezone.now() - KEPT)


def rows(territory) -> Iterator[Mapping[str, Any]]:
    now = timezone.now()
    recent = Occurrence.objects.filter(over_at__gt=now - KEPT)
    events = (
        told(territory)
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
        columns=COLUMNS,
        extent=extent_of_pages(told),
    )
]
