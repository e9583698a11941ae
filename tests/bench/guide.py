"""How fast the guide and the map of actors are read when the database is full: `make bench`.

A database is filled in two steps, on SQLite, or on the PostgreSQL server whose socket folder
TEST_POSTGRES_HOST names:

- few: a territory with 50 services of 20 actors;
- many: another, with 20,000 services of 2,000 actors.

Prints the median and the queries of each address. Ends with 1 when a list of "many" takes more
than 300 ms, or when a number of queries differs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from measuring import REQUESTS, Measure, analyze, measure, prepare

STAGES = {"few": (20, 50), "many": (2_000, 20_000)}
MOST_SECONDS = 0.3
LISTS = (
    "/guide/",
    "/guide/?theme=mobilite&public=jeunes",
    "/guide/?prix=gratuit&ouvert=oui&langue=ar",
    "/guide/?ville=Toulouse&pres=43.60,1.44&rayon=5",
    "/guide/?vue=carte",
    "/carte/",
    "/carte/?theme=mobilite&langue=ar",
)
BESIDE = ("/guide/aides.geojson", "/carte/acteurs.geojson")


def main() -> int:
    prepare()
    measures = {}
    for name in STAGES:
        started = time.perf_counter()
        host = fill(name)
        print(f"{name}: rows written in {time.perf_counter() - started:.0f} s", flush=True)
        measures[name] = {
            address: measure(address, host, REQUESTS if address in LISTS else 3)
            for address in (*LISTS, *BESIDE)
        }
    return tell(measures)


def fill(name: str) -> str:
    from factories import make_territory
    from sheets import write_actors, write_services

    actors, services = STAGES[name]
    territory = make_territory(name, plugins=["resources_directory"])
    write_services(territory, write_actors(territory, actors), services)
    analyze()
    return f"{name}.localhost"


def tell(measures: dict[str, dict[str, Measure]]) -> int:
    print(f"\nMedian of {REQUESTS} requests, ms (of this process), queries, kB")
    print(f"{'':54}" + "".join(f"{name:>16}" for name in measures))
    for address in (*LISTS, *BESIDE):
        found = [measures[name][address] for name in measures]
        times = (f"{one.seconds * 1000:.0f} ({one.processor * 1000:.0f})" for one in found)
        queries = "/".join(str(one.queries) for one in found)
        sizes = "/".join(f"{one.kilobytes:.0f}" for one in found)
        print(f"{address:54}" + "".join(f"{said:>16}" for said in times), queries, sizes, sep="  ")
    return 1 if list(broken(measures)) else 0


def broken(measures: dict[str, dict[str, Measure]]) -> Iterator[str]:
    few, many = measures["few"], measures["many"]
    bounds = [
        *(
            (
                many[address].seconds < MOST_SECONDS,
                f"among many, {address} takes {many[address].seconds * 1000:.0f} ms",
            )
            for address in LISTS
        ),
        *(
            (
                few[address].queries == many[address].queries,
                f"{address} has its number of queries",
            )
            for address in (*LISTS, *BESIDE)
        ),
    ]
    for holds, words in bounds:
        print(f"{'ok    ' if holds else 'BROKEN'} {words}")
        if not holds:
            yield words


if __name__ == "__main__":
    sys.exit(main())
