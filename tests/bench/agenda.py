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

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests"), str(ROOT / "tests" / "bench")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"

TO_COME, IN_ALL = 1_500, 100_000
REQUESTS = int(os.environ.get("REQUESTS", "30"))
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


@dataclass(frozen=True)
class Measure:
    seconds: float
    processor: float
    queries: int
    kilobytes: float


def main() -> int:
    prepare()
    measures = {}
    for name in ("alone", "among", "all"):
        started = time.perf_counter()
        host = fill(name)
        print(f"{name}: rows written in {time.perf_counter() - started:.0f} s", flush=True)
        measures[name] = {address: measure(address, host) for address in ADDRESSES}
    return tell(measures)


def prepare() -> None:
    from portal.settings import test

    if host := os.environ.get("TEST_POSTGRES_HOST"):
        test.DATABASES["default"] = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "cites",
            "HOST": host,
            "TEST": {"NAME": "bench_cites"},
        }
    else:
        folder = tempfile.TemporaryDirectory(prefix="cites-bench-")
        test.DATABASES["default"]["TEST"] = {"NAME": f"{folder.name}/bench.sqlite3"}
        globals()["folder"] = folder  # kept until the process ends
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def fill(name: str) -> str:
    """Write the rows of a stage beside those that are there; gives the host that is read."""
    from django.db import connection
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
    with connection.cursor() as cursor:
        # What a database in service knows of its tables.
        cursor.execute("ANALYZE")
    return f"{read.slug}.localhost"


def measure(address: str, host: str) -> Measure:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def read() -> bytes:
        response = Client().get(address, headers={"host": host})
        assert response.status_code == 200, (address, response.status_code)
        return response.getvalue()

    read()
    with CaptureQueriesContext(connection) as captured:
        body = read()
    # Counted now: the next request empties the log.
    queries = len(captured)
    if os.environ.get("EXPLAIN") in {address, "all"}:
        for query in sorted(captured, key=lambda query: -float(query["time"]))[:4]:
            print(f"{query['time']} s: {query['sql'][:3000]}\n")
    # The bounds are of the list; the rest is told beside it, and a calendar of everything is long.
    number = REQUESTS if address == LIST else min(REQUESTS, 5)
    times, processor = zip(*timed(read, number), strict=True)
    print(f"  {address}: {statistics.median(times) * 1000:.0f} ms", flush=True)
    return Measure(
        statistics.median(times), statistics.median(processor), queries, len(body) / 1000
    )


def timed(read: Callable[[], Any], number: int) -> Iterator[tuple[float, float]]:
    """On the clock, and of this process alone: other work on the machine does not count there."""
    for _ in range(number):
        started, busy = time.perf_counter(), time.process_time()
        read()
        yield time.perf_counter() - started, time.process_time() - busy


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
