"""What every measure needs: a database of its own, and requests that are timed."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests"), str(ROOT / "tests" / "bench")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"

REQUESTS = int(os.environ.get("REQUESTS", "30"))


@dataclass(frozen=True)
class Measure:
    seconds: float
    processor: float
    queries: int
    kilobytes: float


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

    # As the server starts: see there what it does not collect.
    import portal.wsgi  # noqa: F401

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def analyze() -> None:
    """Let the database count its tables, as one in service does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(address: str, host: str, requests: int, *, user: Any = None) -> Measure:
    """The median of some requests, after two that warm what is kept; of `user`, logged in."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if user is not None:
        client.force_login(user)

    def read() -> bytes:
        response = client.get(address, headers={"host": host})
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
    times, processor = zip(*timed(read, requests), strict=True)
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
