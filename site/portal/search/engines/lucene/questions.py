"""A question in the words of Elasticsearch and OpenSearch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from portal.search.documents import (
    FOR_A_MARK,
    FOR_PROFESSIONALS,
    kinds_for_professionals,
    openings,
)
from portal.search.engines import Reading
from portal.search.faceting import FACETS, PERIOD, periods, wanted
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE

from ..counting import FEW
from ..ways import Way, parts_of, ways_of
from .mapping import milliseconds

if TYPE_CHECKING:
    from portal.search.documents import Around
    from portal.search.queries import Asked
    from portal.search.wording.question import Wording
    from portal.search.wording.synonyms import Phrase

Query = dict[str, Any]

# As in SQLite: a word of the title tells most, the words of codes little, and the body may name
# anything in passing. Flatter than there: SQLite scores a row as a whole, these add up fields.
TELLING = {"title_stems": 4.0, "words_stems": 1.4, "summary_stems": 2.0}
WEIGHTS = {**TELLING, "body_stems": 1.0}
# Many phrases may say the same: they are looked for in fewer fields.
OTHERWISE_TELLING = {"telling": 2.0}
OTHERWISE = {**OTHERWISE_TELLING, "body_stems": 1.0}
# The engines refuse a question of more than 1024 clauses.
MOST_SCORED = 12
# Of a facet, the most frequent.
MOST_VALUES = 200


def narrowed(asked: Asked) -> list[Query]:
    """Where to look: as `Asked.documents`, which has the last word on what is shown."""
    now = asked.now.isoformat()
    filters = [none_of({"range": {"expires_at": {"lte": now}}}), *findable(asked.territory)]
    filters.append(in_language(asked.language, now))
    if not asked.with_past:
        filters.append({"range": {"over_at": {"gte": milliseconds(asked.now)}}})
    if asked.around:
        filters.append({"geo_distance": {"at": at(asked.around), "distance": km(asked.around.km)}})
    return filters


def at(around: Around) -> Query:
    return {"lat": around.here.latitude, "lon": around.here.longitude}


def km(number: float) -> str:
    return f"{number}km"


def findable(territory: Territory | None) -> list[Query]:
    if territory is not None:
        plugins = ["", *sorted(territory.enabled_plugins)]
        return [{"term": {"shown_in": territory.pk}}, {"terms": {"plugin": plugins}}]
    is_open = [none_of({"exists": {"field": "territory"}})]
    for plugin, places in openings().items():
        is_open.append(all_of({"term": {"plugin": plugin}}, {"terms": {"territory": places}}))
    return [{"term": {"on_portal": True}}, any_of(*is_open)]


def in_language(language: str, now: str) -> Query:
    source = {"term": {"language": SOURCE_LANGUAGE}}
    if language == SOURCE_LANGUAGE:
        return source
    stands = all_of(
        {"term": {"translations.language": language}},
        none_of({"range": {"translations.expires_at": {"lte": now}}}),
    )
    translated = {"nested": {"path": "translations", "query": stands}}
    return any_of({"term": {"language": language}}, all_of(source, none_of(translated)))


def answers(wording: Wording, reading: Reading) -> list[Query]:
    """One query a part of the question; they tell whether it is answered, not how well."""
    field = "telling" if reading is Reading.ANY else "stems"
    return [
        any_of(*(holds(way, field) for way, _weight in ways_of(part, beginning)))
        for part, beginning in parts_of(wording, reading)
    ]


def strictly(wording: Wording) -> Query:
    """All of the question, be it in the body: as good as each part of it where it tells."""
    return all_of(*answers(wording, Reading.ALL))


def scores(wording: Wording, reading: Reading) -> list[Query]:
    """Of each part of the question, the best of the ways in which a document may answer it."""
    said, said_otherwise = (
        (TELLING, OTHERWISE_TELLING) if reading is Reading.ANY else (WEIGHTS, OTHERWISE)
    )
    return [
        {
            "dis_max": {
                "queries": [
                    any_of(*(holds(way, field, fields[field] * weight) for field in fields))
                    for way, weight in ways_of(part, beginning)
                    for fields in [said if len(way.phrases) == 1 else said_otherwise]
                ]
            }
        }
        for part, beginning in parts_of(wording, reading)[:MOST_SCORED]
    ]


def holds(way: Way, field: str, boost: float = 1.0) -> Query:
    return any_of(*(phrase(stems, way.how, field, boost) for stems in way.phrases))


def phrase(stems: Phrase, how: str, field: str, boost: float) -> Query:
    if how == "unfinished":
        return {"prefix": {field: {"value": stems[0], "boost": boost}}}
    if how == "together" and len(stems) > 1:
        return {"match_phrase": {field: {"query": " ".join(stems), "boost": boost}}}
    words = [{"term": {field: {"value": stem, "boost": boost}}} for stem in stems]
    return words[0] if len(words) == 1 else {"bool": {"must": words}}


def ranked(
    wording: Wording,
    reading: Reading,
    filters: Sequence[Query],
    parts: int,
    around: Around | None = None,
) -> Query:
    """Those that answer `parts` of the question or more, by their text and by how many they
    answer, and by what favours them (`documents.with_order`)."""
    answered = answers(wording, reading)
    text: Query = {"bool": {"should": scores(wording, reading)}}
    if reading is Reading.ANY:
        whole = strictly(wording)
        weights = [{"filter": query, "weight": 1} for query in answered]
        text = multiplied(text, [*weights, {"filter": whole, "weight": len(answered)}])
        answered = [any_of(any_of(*answered, at_least=parts), whole)]
    bears_a_mark, of_professionals = {"exists": {"field": "marks"}}, professionals()
    residents = all_of(bears_a_mark, none_of(of_professionals))
    text = multiplied(
        text,
        [
            {"filter": residents, "weight": FOR_A_MARK},
            {"filter": of_professionals, "weight": FOR_PROFESSIONALS},
        ],
    )
    if around:
        text = multiplied(text, [nearness(around)])
    return {"bool": {"filter": [*filters, *answered], "should": [text]}}


def nearness(around: Around) -> Query:
    """What is at the edge is worth half, as in `documents.with_order`."""
    edge = {"origin": at(around), "scale": km(around.km), "decay": 0.5}
    return {"linear": {"at": edge}}


def professionals() -> Query:
    return {"terms": {"kind": kinds_for_professionals()}}


def multiplied(query: Query, functions: Sequence[Query]) -> Query:
    """A score times the sum of those weights whose filters hold."""
    return {
        "function_score": {
            "query": query,
            "functions": list(functions),
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def most_parts(wording: Wording, filters: Sequence[Query]) -> Query:
    """Those that answer most parts of the question, each with how many as its score."""
    parts = [
        {"constant_score": {"filter": query, "boost": 1.0}}
        for query in answers(wording, Reading.ANY)
    ]
    whole = {"constant_score": {"filter": strictly(wording), "boost": float(len(parts))}}
    most = {"dis_max": {"queries": [any_of(*parts), whole]}}
    return {
        "size": FEW,
        "_source": False,
        "query": {"bool": {"filter": filters, "must": [most]}},
    }


def sliced(asked: Asked, query: Query, order: Sequence[Any], start: int, stop: int) -> Query:
    """A slice of what a query finds among what is chosen, and how many each choice would find."""
    if asked.with_past:
        order = [past_last(milliseconds(asked.now)), *order]
    chosen = {name: answering(name, values, asked) for name, values in asked.chosen.items()}
    body: Query = {
        "from": start,
        "size": stop - start,
        "_source": False,
        # Taken from the counts again when the rows say that it must not be shown.
        "docvalue_fields": ["facets.*"] if asked.is_counted else [],
        "query": query,
        "sort": [*order, {"title": "asc"}, {"pk": "asc"}],
        "aggs": {"everything": {"filter": {"match_all": {}}}},
    }
    if chosen:
        body["post_filter"] = all_of(*chosen.values())
    if asked.is_counted:
        body["aggs"] |= facets(chosen, asked)
    return body


def facets(chosen: Mapping[str, Query], asked: Asked) -> Query:
    """What each value would find: of each facet, among what answers all the others."""
    found = {}
    for name in FACETS:
        others = [answered for other, answered in chosen.items() if other != name]
        found[name] = {
            "filter": all_of(*others) if others else {"match_all": {}},
            "aggs": {"values": values_of(name, asked)},
        }
    return found


def values_of(name: str, asked: Asked) -> Query:
    if name != PERIOD:
        return {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}}
    return {"filters": {"filters": {one: during(one, asked) for one in periods(asked.today)}}}


def answering(name: str, values: Sequence[str], asked: Asked) -> Query:
    """As `faceting.answering`."""
    if name == PERIOD:
        return any_of(*(during(value, asked) for value in values))
    return {"terms": {f"facets.{name}": list(wanted(name, values))}}


def during(period: str, asked: Asked) -> Query:
    first, last = periods(asked.today)[period]
    return {"range": {"days": {"gte": first, "lte": last}}}


def past_last(now: int) -> Query:
    source = "doc['over_at'].value < params.now ? 1 : 0"
    script = {"source": source, "params": {"now": now}}
    return {"_script": {"type": "number", "order": "asc", "script": script}}


def all_of(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"filter": list(queries)}}


def any_of(*queries: Query, at_least: int = 1) -> Query:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": at_least}}


def none_of(query: Query) -> Query:
    return {"bool": {"must_not": [query]}}
