"""How fast the search answers among 500,000 documents of 84 territories: `make bench`.

On SQLite, PostgreSQL (a server of its own, or the one whose socket folder TEST_POSTGRES_HOST
names), Elasticsearch and OpenSearch, over rows in PostgreSQL. SEARCH_DOCUMENTS says how many
documents; they are made once, and kept under var/bench/search/. Names of engines as arguments
measure those alone; `--fill` only makes what is missing.

Prints of each kind of question how long it takes, as a whole, and when what is sent to the engine
is sent straight to it: the difference is our share. Ends with 1 when our share of a kind is larger
than the engine's own (median), or when a question takes more queries than it may among any number
of documents; says what is slower than one would like. A question takes one or two more where few
documents answer it as it stands and it is read in a second way: 5,000 are asked too, to compare.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import asdict
from statistics import median, quantiles
from typing import Any

import measuring  # noqa: F401 - where everything is
from kept import BLANK, VAR, engine, name_of, open_database, postgres

ENGINES = ("sqlite", "postgresql", "elasticsearch", "opensearch")
FEW, MANY = 5_000, int(os.environ.get("SEARCH_DOCUMENTS", "500000"))
SECONDS = float(os.environ.get("SECONDS", "3"))
# What p95 should be, in milliseconds.
MOST = {"sqlite": 1_000}
MOST_OUTSIDE, MOST_IN_A_TERRITORY = 500, 100
# Queries of the database and requests to the engine, whatever they look among. A page with facets
# may take 18, as everywhere; what is looked at every twenty seconds is not counted.
MOST_QUERIES, MOST_OF_A_PAGE = 10, 18
# A whole page is more than a search: told beside.
NOT_OURS = "page"


def main(names: list[str], *, is_measured: bool) -> int:
    measures: dict[str, dict[str, Any]] = {}
    with ExitStack() as servers:
        socket = ""
        if set(names) - {"sqlite"}:
            socket = servers.enter_context(postgres())
        for name in names:
            host = "" if name == "sqlite" else socket
            outside = engine(name) if name in ENGINES[2:] else nullcontext({})
            with outside as addresses:
                if not is_blank_made(host):
                    child(name, 0, host, addresses)
                for size in (FEW, MANY):
                    child(name, size, host, addresses, is_measured=is_measured)
                    if is_measured:
                        measures[f"{name} {size}"] = json.loads(result_of(name, size).read_text())
    return tell(names, measures) if is_measured else 0


def child(name: str, size: int, host: str, addresses: Any, *, is_measured: bool = False) -> None:
    """A process for each database."""
    print(f"{name}, {size:,} documents" if size else f"{name}: a blank database", flush=True)
    told = json.dumps(
        {
            "name": name,
            "size": size,
            "host": host,
            "addresses": addresses,
            "is_measured": is_measured,
        }
    )
    subprocess.run([sys.executable, __file__, "--child", told], check=True)


def is_blank_made(host: str) -> bool:
    return (VAR / f"{BLANK}-{'postgresql' if host else 'sqlite'}-made").exists()


def result_of(name: str, size: int) -> Any:
    return VAR / f"{name}-{size}.json"


def work(name: str, size: int, host: str, addresses: Any, is_measured: bool) -> None:
    url = f"{addresses['url']}/{name_of(size)}" if addresses else ""
    open_database(host, size, SEARCH_URL=url, SEARCH_TIMEOUT=120)
    import filling

    if not size:
        filling.write_territories()
        filling.built_at()
        return
    filling.fill_database(size)
    if url:
        filling.fill_engine(size)
    if is_measured:
        result_of(name, size).write_text(json.dumps(measured(size, addresses)))


def measured(size: int, addresses: dict[str, str]) -> dict[str, Any]:
    import asking
    import filling
    from corpus import centre

    from portal.search.engines import engine as in_service
    from territories.models import Territory
    from territories.places.distance import Point

    territory = Territory.objects.order_by("pk").first()
    names = filling.corpus().names
    words = {"rare": names[-200].words.lower(), "name": names[3_000].words.lower()}
    client, roads = None, [""]
    if addresses:
        client = in_service().outside.client
        roads = list(dict.fromkeys([addresses["straight"], addresses["proxy"]]))
    found = {}
    for place, where in (("portal", None), ("territory", territory)):
        kinds = asking.acts(where, Point(*centre(0)), words)
        for act in kinds["text"]:  # how rare each word is, a process counts once in a while
            act()
        for kind, acts in kinds.items():
            timed = asking.timed(acts, client, roads, SECONDS if size > FEW else 0)
            found[f"{place}: {kind}"] = asdict(timed)
            print(
                f"  {place}: {kind}: {median(timed.whole):.0f} ms, {p95(timed.whole):.0f} ms,"
                f" straight {median(timed.straight):.0f} ms, {timed.queries} queries",
                flush=True,
            )
    trouble = in_service().trouble()
    assert not trouble, trouble
    return found


def p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def tell(names: list[str], measures: dict[str, Any]) -> int:
    faults = []
    for name in names:
        many = measures[f"{name} {MANY}"]
        print(f"\n{name}, {MANY:,} documents, ms (as a whole: p50, p95; straight: p50, p95; ours)")
        for kind, one in many.items():
            whole, straight, ours = one["whole"], one["straight"], one["ours"]
            print(
                f"{kind:30}{median(whole):8.0f}{p95(whole):8.0f}{median(straight):10.0f}"
                f"{p95(straight):8.0f}{median(ours):10.0f}"
                f"{one['queries']:6} queries, {len(whole)} samples"
            )
        faults += broken(name, many)
    print()
    for fault in faults:
        print(f"BROKEN {fault}")
    for name in names:
        for slow in too_slow(name, measures[f"{name} {MANY}"]):
            print(f"slow   {slow}")
    return 1 if faults else 0


def broken(name: str, many: dict[str, Any]) -> Iterator[str]:
    for kind, one in many.items():
        most = MOST_OF_A_PAGE if NOT_OURS in kind else MOST_QUERIES
        if one["queries"] > most:
            yield f"{name}, {kind}: {one['queries']} queries, {most} at most"
        ours, straight = median(one["ours"]), median(one["straight"])
        if NOT_OURS not in kind and ours > straight:
            yield f"{name}, {kind}: our share is {ours:.1f} ms, the engine's {straight:.1f} ms"


def too_slow(name: str, many: dict[str, Any]) -> Iterator[str]:
    """Told, and no fault: it depends on the machine."""
    for kind, one in many.items():
        most = MOST.get(name, MOST_OUTSIDE)
        if kind.startswith("territory"):
            most = MOST_IN_A_TERRITORY
        if NOT_OURS not in kind and p95(one["whole"]) > most:
            yield f"{name}, {kind}: p95 of {p95(one['whole']):.0f} ms, not {most} ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        work(**json.loads(sys.argv[2]))
    else:
        # Told to stop, it stops the servers that it has started.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        asked = [name for name in ENGINES if name in sys.argv] or list(ENGINES)
        sys.exit(main(asked, is_measured="--fill" not in sys.argv))
