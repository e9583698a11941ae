"""How fast the agenda is read when the database is full: `make bench`.

A database is filled in three steps, on SQLite, or on the PostgreSQL server whose socket folder
TEST_POSTGRES_HOST names:

- alone: one territory with 1,500 occurrences to come, and nothing else;
- among: the same one, and 98,500 occurrences more that are over or in other territories;
- all: a territory with 100,000 occurrences to come, beside all that.

Prints the median and the queries of each address. Ends with 1 when the list of "among" takes more
than 1.5 times that of "alone", when the list of "all" takes more than 300 ms, or when a number of
queries differs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from measuring import REQUESTS, Measure, analyze, measure, prepare

TO_COME, IN_ALL = 1_500, 100_000
MOST_TIMES, MOST_SECONDS = 1.5, 0.3
LIST = "/agenda/"
ADDRESSES = (
    LIST,
    "/agenda/?public=jeunes&gratuit=oui",
    "/agenda/?periode=semaine",
    "/agenda/?vue=mois",
    "/agenda/?vue=carte",
    "/agenda/?passes=1",
    "/agenda/calendrier.ics",
)


def main() -> int:
    prepare()
    measures = {}
    for name in ("alone", "among", "all"):
        started = time.perf_counter()
        host = fill(name)
        print(f"{name}: rows written in {time.perf_counter() - started:.0f} s", flush=True)
        measures[name] = {
            # The bounds are of the list; the rest is told beside it.
            address: measure(address, host, REQUESTS if address == LIST else min(REQUESTS, 5))
            for address in ADDRESSES
        }
    return tell(measures)


def fill(name: str) -> str:
    """Write the rows of a stage beside those that are there; gives the host that is read."""
    from django.utils import timezone
    from factories import make_territory
    from rows import A_SERIES, make_actors, write_events

    soon = timezone.now() + timedelta(hours=1)
    long_ago = timezone.now() - timedelta(weeks=60)

    def territory(slug: str) -> Any:
        return Territory.objects.filter(slug=slug).first() or make_territory(
            slug, plugins=["agenda"]
        )

    from territories.models import Territory

    read = territory("pleine" if name == "all" else "lue")
    if name == "alone":
        write_events(read, make_actors(read), TO_COME // A_SERIES, soon)
    elif name == "among":
        part = (IN_ALL - TO_COME) // A_SERIES // 6
        write_events(read, make_actors(read), 2 * part, long_ago)
        for rank in range(4):
            other = territory(f"autre-{rank}")
            write_events(other, make_actors(other), part, soon if rank % 2 else long_ago)
    else:
        write_events(read, make_actors(read), IN_ALL // A_SERIES, soon)
    analyze()
    return f"{read.slug}.localhost"


def tell(measures: dict[str, dict[str, Measure]]) -> int:
    names = list(measures)
    print(
        f"\nMedian of {REQUESTS} requests (of 5 beside the list), ms (of this process), queries, kB"
    )
    print(f"{'':38}" + "".join(f"{name:>18}" for name in names))
    for address in ADDRESSES:
        found = [measures[name][address] for name in names]
        times = (f"{one.seconds * 1000:.0f} ({one.processor * 1000:.0f})" for one in found)
        queries = "/".join(str(one.queries) for one in found)
        sizes = "/".join(f"{one.kilobytes:.0f}" for one in found)
        print(
            f"{address:38}" + "".join(f"{words:>18}" for words in times), queries, sizes, sep="  "
        )
    return 1 if list(broken(measures)) else 0


def broken(measures: dict[str, dict[str, Measure]]) -> Iterator[str]:
    alone, among, everything = (measures[name] for name in ("alone", "among", "all"))
    times = among[LIST].seconds / alone[LIST].seconds
    bounds = [
        (times < MOST_TIMES, f"among strangers, the list takes {times:.2f} times as long"),
        (
            everything[LIST].seconds < MOST_SECONDS,
            f"with all to come, the list takes {everything[LIST].seconds * 1000:.0f} ms",
        ),
        *(
            (
                len({found[address].queries for found in measures.values()}) == 1,
                f"{address} has its number of queries",
            )
            for address in ADDRESSES
        ),
    ]
    for holds, words in bounds:
        print(f"{'ok    ' if holds else 'BROKEN'} {words}")
        if not holds:
            yield words


if __name__ == "__main__":
    sys.exit(main())
