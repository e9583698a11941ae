"""What Elasticsearch and OpenSearch keep of a document: its stems, and what narrows and orders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from portal.search.documents import LONGEST_EVENT
from portal.search.faceting import DAY, FACETS, PERIOD, answers_of
from portal.search.wording.stems import prepare
from territories.places.distance import point_of

if TYPE_CHECKING:
    from portal.search.models import SearchDocument

# The words are comparable already: the engine compares them as they are.
STEMS = {"type": "text", "analyzer": "whitespace", "copy_to": ["telling", "stems"]}
# To know whether words are there, not how well they are said.
ANYWHERE = {"type": "text", "analyzer": "whitespace", "norms": False}
CODE, DATE = {"type": "keyword"}, {"type": "date"}

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    # What is kept is read from the rows: the engine needs no copy to show.
    "_source": {"enabled": False},
    "properties": {
        "pk": {"type": "long"},
        "title": {**CODE, "index": False},
        "title_stems": STEMS,
        "words_stems": STEMS,
        "summary_stems": STEMS,
        "body_stems": {**STEMS, "copy_to": ["stems"]},
        "telling": ANYWHERE,
        "stems": ANYWHERE,
        "kind": CODE,
        "language": CODE,
        # Of a record in the source language: the languages in which another document stands for it.
        "translations": {"type": "nested", "properties": {"language": CODE, "expires_at": DATE}},
        "territory": CODE,
        "shown_in": CODE,
        "on_portal": {"type": "boolean"},
        "plugin": CODE,
        # The answers to each facet (`faceting.FACETS`), and the days on which it takes place.
        "facets": {"properties": {name: CODE for name in FACETS if name != PERIOD}},
        "days": {"type": "date", "format": "strict_date"},
        "at": {"type": "geo_point"},
        "marks": CODE,
        "next_date": DATE,
        "over_at": {"type": "long"},
        "expires_at": DATE,
    },
}
# One shard: the weight of a word is that of all documents, as in the other engines.
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}

# An index made otherwise is made anew.
FINGERPRINT = hashlib.sha256(json.dumps([MAPPING, SETTINGS]).encode()).hexdigest()[:8]
OURS = {**MAPPING, "_meta": {"fingerprint": FINGERPRINT}}

NEVER = 10**15


def is_ours(mapping: dict[str, Any]) -> bool:
    """Whether an index is made so. Servers write what is the default each in their way."""
    fields = mapping.get("properties", {})
    return mapping.get("_meta") == OURS["_meta"] and all(
        name in fields and fields[name].get("type") == about.get("type")
        for name, about in MAPPING["properties"].items()
    )


def source_of(
    document: SearchDocument, translations: Iterable[tuple[str, datetime | None]]
) -> dict[str, Any]:
    language = document.language
    facets = answers_of(document)
    days = facets.pop(DAY)
    return {
        "pk": document.pk,
        "title": document.title,
        "title_stems": prepare(document.title, language),
        "words_stems": prepare(f"{document.words} {document.place}", language),
        "summary_stems": prepare(document.summary, language),
        "body_stems": prepare(document.body, language),
        "kind": document.kind,
        "language": language,
        "translations": [
            {"language": other, "expires_at": text(expires_at)}
            for other, expires_at in translations
        ],
        "territory": document.territory_id,
        "shown_in": [territory.pk for territory in document.shown_in.all()],
        "on_portal": document.on_portal,
        "plugin": document.plugin,
        "facets": facets,
        "days": days,
        "at": at(document),
        "marks": document.marks,
        "next_date": text(document.next_date),
        "over_at": over_at(document),
        "expires_at": text(document.expires_at),
    }


def at(document: SearchDocument) -> dict[str, float] | None:
    point = point_of(document.latitude, document.longitude)
    return {"lat": point.latitude, "lon": point.longitude} if point else None


def over_at(document: SearchDocument) -> int:
    """From when on it is past (see `documents.is_past`)."""
    if document.last_date is None:
        return NEVER
    ends = document.last_date
    if document.next_date is not None:
        ends = max(ends, document.next_date + LONGEST_EVENT)
    return milliseconds(ends)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
