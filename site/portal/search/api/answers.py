"""What the API says of what was found. `schemas.py` describes it; a test holds both together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from portal.search.engines import Found, Reading
from portal.search.faceting import FACETS, THEME
from portal.search.highlighting import excerpt, highlight
from portal.search.models import SearchDocument
from portal.search.narrowing import IN_ORDER, Narrowed
from portal.search.promoted.showing import Outside, promoted
from portal.search.queries import Asked
from portal.search.results import kinds_shown, load, public_url
from resources_directory.near import Near
from territories.models import Term
from territories.open_data.editions import licence
from territories.pages.base import SOURCE_LANGUAGE
from territories.places.distance import kilometres, point_of
from territories.territory import zone_of

from .questions import Question
from .schemas import RESULT


def whole(request: HttpRequest, question: Question, asked: Asked, found: Found) -> dict[str, Any]:
    question.narrowed.offer(found)
    told = Told(request, question.narrowed.near, asked, found)
    chosen = promoted(asked, question.page)
    rows = {row.pk: told.document(row) for row in load([*chosen.ids, *found.ids])}
    return {
        "count": found.total,
        "page": question.page,
        "per_page": question.per_page,
        "previous": previous_page(request, question, found.total),
        "next": next_page(request, question, found.total),
        "did_you_mean": asked.wording.meant or None,
        "period": asked.period or None,
        "is_partial": found.reading is Reading.ANY,
        "facets": {name: values_of(question.narrowed, name) for name in FACETS},
        "promoted": [
            *(rows[pk] for pk in chosen.ids if pk in rows),
            *map(told.outside, chosen.outside),
        ],
        "results": [rows[pk] for pk in found.ids if pk in rows],
        "licence": terms(request),
    }


def previous_page(request: HttpRequest, question: Question, total: int) -> str | None:
    last = -(-total // question.per_page)
    page = min(question.page - 1, last)
    return page_address(request, page) if page > 0 else None


def next_page(request: HttpRequest, question: Question, total: int) -> str | None:
    is_last = question.start + question.per_page >= total
    return None if is_last else page_address(request, question.page + 1)


def page_address(request: HttpRequest, page: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def terms(request: HttpRequest) -> dict[str, str]:
    territory = request.territory
    attribution = territory.full_name if territory else settings.WAGTAIL_SITE_NAME
    return {**licence()._asdict(), "attribution": attribution}


def values_of(narrowed: Narrowed, name: str) -> list[dict[str, Any]]:
    """What each value would find, the other facets as they are; in the order of the vocabulary
    where it has one, the most frequent first elsewhere."""
    numbers = narrowed.numbers(name)
    words = dict(narrowed.words(name)) if numbers else {}
    order = {value: at for at, value in enumerate(words)}
    if name == THEME and (others := numbers.keys() - words.keys()):
        words |= {term.code: term.words for term in Term.objects.filter(code__in=others)}
    values = [
        {"value": value, "label": str(words.get(value, value)), "count": number}
        for value, number in numbers.items()
    ]
    if name in IN_ORDER:
        # A theme stands after its family: its code reads `family--theme`.
        values.sort(key=lambda one: (order.get(family(one), len(order)), one["value"]))
    else:
        values.sort(key=lambda one: (-one["count"], one["label"]))
    return values


def family(one: dict[str, Any]) -> str:
    return one["value"].split("--")[0]


class Told:
    """What was found, as the API tells it: documents and addresses elsewhere in one shape."""

    def __init__(self, request: HttpRequest, near: Near, asked: Asked, found: Found) -> None:
        self.near, self.asked = near, asked
        self.wording = found.marked_by(asked.wording)
        self.kinds = kinds_shown()
        self.portal_root = Site.find_for_request(request).root_url

    def document(self, document: SearchDocument) -> dict[str, Any]:
        return {
            "kind": document.kind,
            "kind_label": str(self.kinds.get(document.kind, ("", ""))[0]),
            "title": document.title,
            "url": public_url(document, self.portal_root),
            "territory": document.territory.slug if document.territory else None,
            "external_id": document.external_id,
            "language": document.language,
            "summary": document.summary,
            "place": document.place,
            "latitude": document.latitude,
            "longitude": document.longitude,
            "distance_km": distance(self.near, document),
            "next_date": next_date(document),
            "is_free": document.is_free,
            "is_labelled": bool(document.marks),
            "highlights": self.marked(document.title, excerpt(document, self.wording)),
        }

    def outside(self, answer: Outside) -> dict[str, Any]:
        return {
            **dict.fromkeys(RESULT["required"]),
            "kind_label": "",
            "title": answer.title,
            "url": answer.url,
            "territory": self.asked.territory.slug if self.asked.territory else None,
            "language": SOURCE_LANGUAGE,
            "summary": answer.text,
            "place": "",
            "is_labelled": False,
            "highlights": self.marked(answer.title, answer.text),
        }

    def marked(self, title: str, text: str) -> dict[str, str]:
        return {"title": highlight(title, self.wording), "text": highlight(text, self.wording)}


def distance(near: Near, document: SearchDocument) -> float | None:
    point = point_of(document.latitude, document.longitude)
    if near.place is None or point is None:
        return None
    return round(kilometres(near.place.point, point), 2)


def next_date(document: SearchDocument) -> str | None:
    """By the clocks of the territory, which may be overseas."""
    if document.next_date is None:
        return None
    return document.next_date.astimezone(zone_of(document.territory)).isoformat()
