"""Giving a record the coordinates of its address, in the background and without a word to say.

Only where nobody has typed any. A record and its draft are two texts with an address each, and so
are the places of a service: each is looked at by itself, and nobody's draft becomes another's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from territories.places.models import Address
from territories.places.perimeters import department_of

from .asking import ask, keep, kept_answer
from .geocoder import Found, GeocoderDown, Question, geocoder

log = logging.getLogger(__name__)

ASKED = ("address", "postcode", "commune", "insee_code")
FILLED = ("latitude", "longitude", "geocoded_from", "is_approximate", "commune", "insee_code")

NOWHERE = {"latitude": None, "longitude": None, "geocoded_from": "", "is_approximate": False}


def question_of(values: dict[str, Any]) -> Question | None:
    """None where too little is said to look for anything."""
    question = Question(*(" ".join((values.get(name) or "").split()) for name in ASKED))
    has_town = question.postcode or question.commune or question.insee_code
    return question if question.street and has_town else None


def wants_point(values: dict[str, Any]) -> bool:
    question = question_of(values)
    if question is None:
        return False
    if values.get("latitude") is None and values.get("longitude") is None:
        return True
    return bool(values.get("geocoded_from")) and values["geocoded_from"] != question.key


def values_of_address(record: Address) -> dict[str, Any]:
    return {name: getattr(record, name) for name in {*ASKED, *FILLED}}


def is_typed(values: dict[str, Any]) -> bool:
    """Whether the coordinates are somebody's, not those that the geocoder gave."""
    if values.get("latitude") is None and values.get("longitude") is None:
        return False
    ours = kept_answer(values["geocoded_from"]) if values.get("geocoded_from") else None
    return ours is None or (ours.latitude, ours.longitude) != (
        values["latitude"],
        values["longitude"],
    )


def look_for_point(record: Address) -> None:
    """After a save: ask in the background, once what was saved is there to be read."""
    if geocoder() is None or not any(map(wants_point, texts_of(record))):
        return
    from .tasks import find_point_of

    owner = owner_of(record)
    label, pk = owner._meta.label, owner.pk
    transaction.on_commit(partial(find_point_of.enqueue, label, pk), robust=True)


def texts_of(record: Address) -> Iterator[dict[str, Any]]:
    yield values_of_address(record)
    for relation in children(type(record)):
        for row in getattr(record, relation.get_accessor_name()).all():
            yield values_of_address(row)


def children(model: type) -> list[Any]:
    """The relations of a page whose rows are addresses."""
    if not issubclass(model, Page):
        return []
    return [
        relation
        for relation in get_all_child_relations(model)
        if issubclass(relation.related_model, Address)
    ]


def owner_of(record: Address) -> Any:
    """The page that a row belongs to; a page itself."""
    for field in type(record)._meta.fields:
        if isinstance(field, ParentalKey):
            return getattr(record, field.name)
    return record


def find_point(label: str, pk: int) -> bool:
    """Fill what lacks of a page, of its rows and of its latest draft; whether anything was."""
    asked, model = geocoder(), apps.get_model(label)
    page = model._base_manager.filter(pk=pk).first()
    if asked is None or page is None or page.get_view_restrictions().exists():
        return False
    try:
        return fill_page(page, asked)
    except GeocoderDown as error:
        log.warning("No answer from the geocoder for %s %s: %s", label, pk, error)
        return False


def fill_page(page: Page, asked: Any) -> bool:
    filled = fill_row(page, asked)
    for relation in children(type(page)):
        for row in relation.related_model.objects.filter(**{relation.field.name: page.pk}):
            filled |= fill_row(row, asked)
    return fill_draft(page, asked) or filled


def fill_row(record: Address, asked: Any) -> bool:
    before = values_of_address(record)
    if not wants_point(before) or is_typed(before):
        return False
    found = filled_with(before, asked)
    if not found:
        return False
    with transaction.atomic():
        # Whoever has changed the address meanwhile is right, and has asked anew.
        rows = type(record)._base_manager.select_for_update()
        same = rows.filter(pk=record.pk, **before).first()
        if same is None:
            return False
        for name, value in found.items():
            setattr(same, name, value)
        # What the editor would refuse today was published all the same.
        options = {"clean": False} if isinstance(same, Page) else {}
        same.save(update_fields=list(found), **options)
    return True


def fill_draft(page: Page, asked: Any) -> bool:
    """The draft says it too, so that publishing it loses nothing; no revision is made."""
    revisions = Revision.objects.filter(pk=page.latest_revision_id)
    revision = revisions.first()
    # Asked first, so that nobody waits for the network to save: the answers are kept.
    if revision is None or not fill_texts(page, revision.content, asked):
        return False
    with transaction.atomic():
        revision = revisions.select_for_update().first()
        if revision is None or not fill_texts(page, revision.content, asked):
            return False
        revisions.update(content=revision.content)
    return True


def fill_texts(page: Page, content: dict[str, Any], asked: Any) -> bool:
    texts = [content]
    for relation in children(type(page)):
        texts += content.get(relation.get_accessor_name()) or []
    is_filled = False
    for text in texts:
        if wants_point(text) and not is_typed(text):
            found = filled_with(text, asked)
            text.update(found)
            is_filled |= bool(found)
    return is_filled


def filled_with(values: dict[str, Any], asked: Any) -> dict[str, Any]:
    """What is known of an address once it was asked, nothing to change otherwise; what was typed of
    it stays."""
    question = question_of(values)
    if question is None:
        return {}
    found = ask(asked, question)
    if found is not None and is_elsewhere(found, question):
        found = None
    if found is None:
        # Coordinates of the address that stood there before are nobody's any more.
        return dict(NOWHERE) if values.get("geocoded_from") else {}
    town = {
        "commune": values.get("commune") or found.commune,
        "insee_code": values.get("insee_code") or found.insee_code,
    }
    # The answer also belongs to the address as it now is: nothing of it has changed.
    completed = question_of({**values, **town}) or question
    keep(completed.key, found)
    return {
        **town,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "geocoded_from": completed.key,
        "is_approximate": found.is_approximate,
    }


def is_elsewhere(found: Found, question: Question) -> bool:
    if not (question.insee_code and found.insee_code):
        return False
    return department_of(found.insee_code) != department_of(question.insee_code)
