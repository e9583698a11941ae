"""What the sheets of a service and of an actor say, ready for their templates.

The words are the page's, in its language; the facts are the record's.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When, prefetch_related_objects
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import read_in_language, said_in
from territories.words import listed, sentence

from .codes import Fees, Language, MobilisationMode, Mobiliser, ReceptionMode, SpecificCare
from .hours.closures import Days
from .hours.sheet import hours_sheet
from .models import ActorPage, ServicePage, ServicePlace
from .visits import address_lines, directions, visits, way
from .whereabouts import Place, place_of_actor

MOST_OTHERS = 6
ENDED = re.compile(r"[.!?…؟](</bdi>)?$")
MOBILE = re.compile(r"(\+33|0)[\s.]?[67]")


def service_sheet(page: ServicePage, now: datetime) -> dict[str, Any]:
    record = page.record
    if record.pk:
        # The places and who receives there, in one query.
        prefetch_related_objects([record], Prefetch("places", ServicePlace.objects.with_actor()))
    actor = record.shown_actor = actor_of(record)
    # The record stands first among its siblings, its need already read.
    itself_first = Case(When(pk=record.pk, then=0), default=1)
    siblings = (
        in_the_language(services_of(actor).order_by(itself_first, "title")[: MOST_OTHERS + 1])
        if actor
        else []
    )
    itself = next((sibling for sibling in siblings if sibling.pk == record.pk), record)
    others = [sibling for sibling in siblings if sibling is not itself][:MOST_OTHERS]
    places = record.all_places
    return {
        "actor": actor,
        "need": itself.need,
        "visits": visits(record, now),
        "contact": contact(record, actor),
        "facts": service_facts(page, record, actor),
        "ways": ways_to_ask(record),
        "askers": Mobiliser.words(record.mobilisable_by),
        "things": [line.strip(" -•\t") for line in page.to_bring.splitlines() if line.strip()],
        **hours_sheet(*hours_of(record), now, insee_of(places)),
        "others": others,
    }


def actor_sheet(page: ActorPage, now: datetime) -> dict[str, Any]:
    record = page.record
    return {
        "contact": contact(record, None),
        "facts": actor_facts(record),
        **hours_sheet(*hours_of(record), now, insee_of([place_of_actor(record)])),
        "services": in_the_language(services_at(record)),
    }


def hours_of(record: ServicePage | ActorPage) -> tuple[str, list[Days]]:
    """The expression in force, and the closures. Of several places each tells its own hours."""
    if isinstance(record, ActorPage):
        return record.opening_hours, record.closures_in_force
    places = record.all_places
    return places[0].opening_hours if len(places) == 1 else "", record.closures_in_force


def insee_of(places: list[Place]) -> str:
    return places[0].at.insee_code or places[0].at.postcode if len(places) == 1 else ""


def actor_of(record: ServicePage) -> ActorPage | None:
    """The actor when visitors may see it, with its words in their language."""
    found = ActorPage.objects.findable().filter(pk=record.actor_id).order_by("pk")
    return next(iter(read_in_language(found, get_language() or "", lambda pages: pages)), None)


def in_the_language(services: QuerySet[ServicePage]) -> list[ServicePage]:
    return read_in_language(services, get_language() or "", lambda pages: pages.with_need())


def services_of(actor: ActorPage):
    return ServicePage.objects.findable().filter(actor=actor).with_need().order_by("title")


def services_at(actor: ActorPage):
    """Those of the actor, and those that others give at its door."""
    hosted = ServicePlace.objects.filter(actor=actor).values("service")
    found = ServicePage.objects.findable().filter(Q(actor=actor) | Q(pk__in=hosted))
    return found.with_need().order_by("title")


def contact(record: ServicePage | ActorPage, actor: ActorPage | None) -> dict[str, str]:
    """The values of the contact component; what a service does not say, its actor says.

    Of several places none is told here: the visits tell them all.
    """
    places = record.all_places if isinstance(record, ServicePage) else [place_of_actor(record)]
    found = places[0] if len(places) == 1 else None
    phone = record.phone or (actor.phone if actor else "")
    return {
        "phone": phone,
        "sms": phone if MOBILE.match(phone) else "",
        "email": record.email or (actor.email if actor else ""),
        "address": address_lines(found.at) if found else "",
        "way": way(found.step_free) if found else "",
        "map_url": directions(found.at) if found else "",
    }


def service_facts(page: ServicePage, record: ServicePage, actor: ActorPage | None) -> list[dict]:
    publics = sentence(listed(uncapitalised(term.words) for term in record.publics.all()))
    fees = str(Fees(record.fees).label) if record.fees in Fees.values else ""
    reception = sentence(listed(ReceptionMode.words(record.reception_modes)))
    spoken = sentence(listed(Language.words(record.languages)))
    care = sentence(listed(uncapitalised(words) for words in SpecificCare.words(record.care)))
    found = [
        ("group", _("Pour qui"), [publics, written(page, page.publics_details)]),
        ("euro", _("Prix"), [fees, written(page, page.fees_details)]),
        ("check", _("Conditions"), [written(page, page.access_conditions)]),
        ("clock", _("Durée"), [sentence(duration(record))]),
        ("home", pgettext("service", "Accueil"), [reception]),
        ("globe", _("Langues parlées"), [spoken]),
        ("person", _("On sait accueillir"), [care]),
    ]
    return facts(found)


def actor_facts(record: ActorPage) -> list[dict]:
    # Networks are proper names: no vocabulary translates them.
    names = ", ".join(term.words for term in record.networks.all())
    networks = said_in(names, SOURCE_LANGUAGE)
    return facts(
        [
            ("globe", _("Langues parlées"), [sentence(listed(record.language_names))]),
            (
                "person",
                _("On sait accueillir"),
                [sentence(listed(uncapitalised(words) for words in record.care_names))],
            ),
            ("group", _("Réseaux"), [networks]),
        ]
    )


def facts(found: list[tuple[str, str, list[str]]]) -> list[dict]:
    """Leaves out what is unknown; several texts of one fact follow each other as sentences."""
    shown = []
    for icon, term, texts in found:
        sentences = [text for text in texts if text.strip()]
        if sentences:
            last = sentences.pop()
            before = format_html_join("", "{} ", ((ended(part),) for part in sentences))
            text = format_html("{}{}", before, last)
            shown.append({"icon": icon, "term": term, "text": text})
    return shown


def ended(words: str) -> str:
    """With a full stop, so that another sentence may follow."""
    return words if ENDED.search(words) else format_html("{}.", words)


def written(page: ServicePage, words: str) -> str:
    """What somebody wrote, in the language of the page it is read from."""
    return said_in(words.strip(), page.language)


def uncapitalised(words: str) -> str:
    """« Femmes » in the middle of a sentence; « RSA » stays as it is."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def duration(record: ServicePage) -> str:
    parts = []
    if record.weekly_hours:
        hours = localize(record.weekly_hours.normalize())
        parts.append(_("%(hours)s h par semaine") % {"hours": hours})
    if record.weeks:
        parts.append(
            ngettext("%(weeks)d semaine", "%(weeks)d semaines", record.weeks)
            % {"weeks": record.weeks}
        )
    return listed(parts)


def ways_to_ask(record: ServicePage) -> list[str]:
    modes = [mode for mode in record.mobilisation_modes if mode != MobilisationMode.LINK]
    return MobilisationMode.words(modes)
