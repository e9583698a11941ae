"""How well the search answers residents: `make relevance`.

Asks the queries of queries.toml in a demo of its own, and prints for each kind of query and each
engine how good the first ten results are, beside two baselines. Ends with 1 when nDCG@10 is below
0.85, when a query that has answers finds nothing, or when a string of nonsense finds something.
Engines: that of the database, and each `--engine URL`; the database is SQLite, or the PostgreSQL
server whose socket folder TEST_POSTGRES_HOST names.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.relevance.database import index, prepare
from tests.relevance.judged import KINDS, PORTAL, Judged, queries
from tests.relevance.metrics import mean, ndcg, recall, reciprocal_rank
from tests.relevance.nonsense import NONSENSE, words_near

LEAST_NDCG = 0.85
FIRST = 10
LANGUAGES = {"en": "in English", "ar": "in Arabic"}


@dataclass(frozen=True)
class Answered:
    query: Judged
    found: Sequence[str]

    @property
    def ndcg(self) -> float:
        return ndcg(self.found, self.query.grades)


def main() -> int:
    options = arguments()
    prepare()
    from django.conf import settings
    from django.db import connection

    asked = [one for one in queries() if options.kind in ("", one.kind)]
    ways: list[tuple[str, list[Answered]]] = []
    broken = [f"the set: {words}" for words in lost(asked)]
    for url in ["", *options.engine]:
        settings.SEARCH_URL = url
        index(url)
        name = url or connection.vendor
        found = list(answers(name, asked, engine_search))
        ways.append((name, found))
        broken += [f"{name}: {words}" for words in faults(found)]
        broken += [f"{name}: {words}" for words in found_for_nonsense()]
    if not options.no_baselines:
        ways += baselines(asked)
    tell(ways)
    for name, found in ways[: 1 + len(options.engine)]:
        tell_worst(name, found, options.worst)
    for words in broken:
        print(f"BROKEN {words}")
    return 1 if broken else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the worst queries")
    parser.add_argument("--kind", default="", choices=KINDS, help="ask only these")
    parser.add_argument("--engine", action="append", default=[], metavar="URL")
    parser.add_argument("--no-baselines", action="store_true")
    return parser.parse_args()


def answers(
    name: str, asked: Sequence[Judged], search: Callable[[Judged], Iterable[int]]
) -> Iterator[Answered]:
    names = document_names()
    for rank, query in enumerate(asked, start=1):
        print(f"\r{name}: {rank} / {len(asked)} ", end="", flush=True)
        yield Answered(query, [names[pk] for pk in search(query)])
    print(flush=True)


def document_names() -> dict[int, str]:
    """The name of its record, for each document in any language."""
    from portal.search.models import SearchDocument

    rows = list(
        SearchDocument.objects.filter(is_withdrawn=False)
        .select_related("territory")
        .only("territory__slug", "translation_key", "language", "path")
    )
    names = {
        row.translation_key: (row.territory.slug if row.territory else PORTAL) + row.path[:-1]
        for row in rows
        if row.language == "fr"
    }
    return {row.pk: names[row.translation_key] for row in rows}


def ask(query: Judged):
    from portal.search.queries import Asked
    from territories.models import Territory

    where = None if query.where == PORTAL else Territory.objects.get(slug=query.where)
    return Asked(text=query.text, territory=where, language=query.language)


def engine_search(query: Judged) -> Iterable[int]:
    from portal.search import ranking

    return ranking.find(ask(query), 0, FIRST).ids


def among(query: Judged) -> dict[int, int]:
    """What may be found where it is asked and is not over: the page of each document."""
    documents = replace(ask(query), text="").documents()
    return dict(documents.order_by().values_list("pk", "page_id"))


def lost(asked: Iterable[Judged]) -> Iterator[str]:
    """Answers that no engine could give."""
    names, there = document_names(), {}
    for query in asked:
        key = query.where, query.language
        if key not in there:
            there[key] = {names[pk] for pk in among(query)}
        for name in sorted(query.grades.keys() - there[key]):
            yield f"{query} is answered by {name}, which nobody may find"


def baselines(asked: Sequence[Judged]) -> list[tuple[str, list[Answered]]]:
    """They look among the same documents as the engine."""
    from portal.search.models import SearchDocument
    from tests.relevance.baselines import Modelsearch, PlainFts5

    ways = [PlainFts5(SearchDocument.objects.filter(is_withdrawn=False)), Modelsearch()]
    return [
        (
            way.name,
            list(answers(way.name, asked, lambda one, way=way: way.search(ask(one), among(one)))),
        )
        for way in ways
    ]


def faults(found: Iterable[Answered]) -> Iterator[str]:
    answerable = [one for one in found if one.query.grades]
    score = mean(one.ndcg for one in answerable)
    if not score >= LEAST_NDCG:
        yield f"nDCG@{FIRST} is {score:.3f}, {LEAST_NDCG} is asked"
    for one in answerable:
        if not one.found:
            yield f"{one.query} finds nothing"


def found_for_nonsense() -> Iterator[str]:
    """First makes sure that it is nonsense: nobody may have meant a word that is there."""
    from portal.search.models import SearchDocument
    from portal.search.wording.folding import fold, words
    from territories.models import Territory

    columns = ("title", "summary", "body", "words", "place")
    rows = SearchDocument.objects.filter(is_withdrawn=False).values_list(*columns)
    known = set(chain.from_iterable(words(text) for row in rows for text in row))
    places = [PORTAL, *Territory.objects.order_by("slug").values_list("slug", flat=True)]
    for text in NONSENSE:
        if near := words_near(fold(text), known):
            yield f"« {text} » is no nonsense beside {', '.join(near)}"
        for where in places:
            if ids := list(engine_search(Judged(text, "nothing", where, {}))):
                names = document_names()
                yield f"« {text} » finds {names[ids[0]]}"
                break


def tell(ways: Sequence[tuple[str, Sequence[Answered]]]) -> None:
    groups: dict[str, Callable[[Judged], bool]] = {
        kind: lambda query, kind=kind: query.kind == kind for kind in KINDS
    }
    for code, title in LANGUAGES.items():
        groups[title] = lambda query, code=code: query.language == code
    groups["all"] = lambda query: True
    print(
        "\nnDCG@10, MRR and recall@10 of the queries that have answers; of all, the share that\n"
        "finds nothing, which is right for « nothing » alone.\n"
    )
    print(f"{'':14}" + "".join(f"{name[:25]:>28}" for name, _ in ways))
    for title, belongs in groups.items():
        number = sum(belongs(one.query) for one in ways[0][1])
        if number:
            cells = (figures([one for one in found if belongs(one.query)]) for _, found in ways)
            print(f"{title:<10}{number:>4}" + "".join(f"{cell:>28}" for cell in cells))


def figures(found: Sequence[Answered]) -> str:
    answerable = [one for one in found if one.query.grades]
    zero = f"{mean(not one.found for one in found):.0%}"
    if not answerable:
        return f"{'–':>5} {'–':>5} {'–':>5} {zero:>5}"
    scores = (
        mean(one.ndcg for one in answerable),
        mean(reciprocal_rank(one.found, one.query.grades) for one in answerable),
        mean(recall(one.found, one.query.grades) for one in answerable),
    )
    return " ".join(f"{score:5.3f}" for score in scores) + f" {zero:>5}"


def tell_worst(name: str, found: Sequence[Answered], number: int) -> None:
    def badness(one: Answered) -> float:
        return one.ndcg if one.query.grades else float(not one.found)

    for one in sorted(found, key=badness)[:number]:
        print(f"\n{name}: {badness(one):.2f} {one.query}")
        wanted = sorted(one.query.grades.items(), key=lambda item: -item[1])
        tell_list("wanted", [f"{grade} {answer}" for answer, grade in wanted])
        tell_list("found", [f"{one.query.grades.get(name, '–')} {name}" for name in one.found])


def tell_list(title: str, lines: Sequence[str]) -> None:
    print(f"  {title:<7}" + "\n         ".join(lines or ["nothing"]))


if __name__ == "__main__":
    sys.exit(main())
