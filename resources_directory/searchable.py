from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from territories.places.models import Address
from territories.plugins.contributions import Finding, Searchable
from territories.vocabulary.models import Term

from .codes import (
    INSTITUTIONAL,
    Codes,
    Fees,
    Language,
    MobilisationMode,
    Mobiliser,
    ReceptionMode,
    ServiceType,
    SpecificCare,
)
from .models import ActorPage, RoutePage, ServicePage


def words_of_terms(terms: Iterable[Term]) -> list[str]:
    """What residents and institutions call the terms and their families."""
    found = []
    for term in terms:
        found += [term.words, term.label]
        if term.parent:
            found += [term.parent.words, term.parent.label]
    return found


def words_of_codes(codes: type[Codes], values: Iterable[str]) -> list[str]:
    known = [code for code in codes if code in set(values)]
    return [str(code.label) for code in known] + [
        str(INSTITUTIONAL[code]) for code in known if code in INSTITUTIONAL
    ]


def find_service(page: ServicePage, record: ServicePage) -> Finding:
    actor = record.shown_actor
    place, others = record.place, record.all_places[1:]
    themes = list(record.themes.select_related("parent"))
    publics = list(record.publics.all())
    return Finding(
        title=page.title,
        summary=page.in_short,
        body=" ".join(
            text
            for text in (
                page.in_full,
                page.publics_details,
                page.fees_details,
                page.access_conditions,
                page.mobilisation_details,
                page.to_bring,
            )
            if text
        ),
        words=[
            actor.title if actor else "",
            *words_of_terms(themes),
            *words_of_terms(publics),
            *words_of_codes(ServiceType, [record.type]),
            *words_of_codes(Fees, [record.fees]),
            *words_of_codes(ReceptionMode, record.reception_modes),
            *words_of_codes(MobilisationMode, record.mobilisation_modes),
            *words_of_codes(Mobiliser, record.mobilisable_by),
            *words_of_codes(SpecificCare, record.care),
            *Language.words(record.languages),
            *(one.name for one in record.all_places),
            *(part for one in others for part in (one.at.address, one.at.commune)),
        ],
        place=place.address_line,
        insee_code=place.insee_code,
        communes=[one.at.insee_code for one in record.all_places],
        neighbourhoods=neighbourhoods_of(one.at for one in record.all_places),
        **point(place if place.has_coordinates else actor or place),
        publics=[term.code for term in publics],
        themes=[term.code for term in themes],
        languages=record.languages,
        is_free=record.may_be_free,
        external_id=record.external_id,
        confirmed_on=record.confirmed_on,
    )


def find_actor(page: ActorPage, record: ActorPage) -> Finding:
    networks = list(record.networks.all())
    category = [record.category] if record.category else []
    return Finding(
        title=page.title,
        summary=page.in_short,
        body=page.in_full,
        words=[
            *words_of_terms(networks),
            *words_of_terms(category),
            *record.language_names,
            *words_of_codes(SpecificCare, record.specific_care),
        ],
        place=record.address_line,
        insee_code=record.insee_code,
        neighbourhoods=neighbourhoods_of([record]),
        languages=record.languages_spoken,
        **point(record),
        external_id=record.external_id,
        confirmed_on=record.confirmed_on,
    )


def find_route(page: RoutePage, record: RoutePage) -> Finding:
    """Found by the names of its stops too, and by what one does there."""
    stops = list(record.stops.select_related("actor"))
    shown = ActorPage.objects.findable().filter(pk__in=[stop.actor_id for stop in stops])
    names = dict(shown.values_list("pk", "title"))
    first = next((stop.actor for stop in stops if stop.actor_id in names), None)
    spoken = {stop.translation_key: stop.words for stop in page.stops.all()}
    kept = [stop for stop in stops if stop.actor_id in names]
    return Finding(
        title=page.title,
        summary=page.introduction,
        body=" ".join(filter(None, (spoken.get(s.translation_key) or s.words for s in kept))),
        words=[str(record.get_mode_display()), *(names[s.actor_id] for s in kept)],
        place=first.address_line if first else "",
        insee_code=first.insee_code if first else "",
        communes=[stop.actor.insee_code for stop in kept],
        neighbourhoods=neighbourhoods_of(stop.actor for stop in kept),
        **(point(first) if first else {}),
    )


def neighbourhoods_of(places: Iterable[Address]) -> list[str]:
    return [place.neighbourhood.facet_value for place in places if place.neighbourhood]


def point(place: Address) -> dict[str, float | None]:
    return {"latitude": place.latitude, "longitude": place.longitude}


SEARCHABLES = [
    Searchable("resources_directory.ServicePage", "service", _("Aides"), find_service, _("Aide")),
    Searchable(
        "resources_directory.ActorPage",
        "actor",
        _("Lieux et acteurs"),
        find_actor,
        _("Lieu ou acteur"),
        is_to_go_to=True,
    ),
    Searchable("resources_directory.RoutePage", "route", _("Parcours"), find_route),
]
