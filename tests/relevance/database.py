"""A demo of its own for the measure, kept between runs under var/relevance/, or on the PostgreSQL
server whose socket folder TEST_POSTGRES_HOST names.

Its clock stands still on a Monday: what is over or to come, and so every figure, depends on
nothing but the content and the code.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var" / "relevance"
MONDAY = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
PORT = 8000
ON_POSTGRES = "relevance_cites"


def prepare() -> None:
    """The demo in the database, as the files of its content say it now."""
    os.environ |= {
        "CITES_VAR": str(VAR),
        "CITES_DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    VAR.mkdir(parents=True, exist_ok=True)

    from django.utils import timezone

    # Before anything else is imported: some keep the function itself.
    timezone.now = lambda: MONDAY  # type: ignore[assignment]
    if host := os.environ.get("TEST_POSTGRES_HOST"):
        use_postgres(host)
    import django

    django.setup()
    from django.core.management import call_command

    from portal.demo.loading import is_current, load

    call_command("migrate", interactive=False, verbosity=0)
    if is_current(today=MONDAY.date(), port=PORT):
        return
    for stamp in VAR.glob("indexed-*"):
        stamp.unlink()
    print("Loading the demo: a few minutes, and again when its content has changed", flush=True)
    for step in load(today=MONDAY.date(), port=PORT):
        print(f"  {step}", flush=True)


def use_postgres(host: str) -> None:
    import psycopg

    from portal.settings import development

    with psycopg.connect(host=host, user="cites", dbname="postgres", autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ON_POSTGRES])
        if not known.fetchone():
            server.execute(f"CREATE DATABASE {ON_POSTGRES}")
    development.DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ON_POSTGRES,
        "USER": "cites",
        "HOST": host,
    }


def index(url: str) -> None:
    """Have the engine of this address know every document, as the code now reads them."""
    from django.db import connection

    from portal.search.indexing import index_waiting, mark_everything

    stamp = VAR / f"indexed-{hashlib.sha256(f'{connection.vendor} {url}'.encode()).hexdigest()}"
    if stamp.exists() and stamp.read_text() == fingerprint():
        return
    total = mark_everything()
    index_waiting(lambda done: print(f"\rIndexing: {done} / {total}", end="", flush=True))
    print(flush=True)
    stamp.write_text(fingerprint())


def fingerprint() -> str:
    """Changes with the demo, and with what decides which words are kept of a page, and how."""
    from portal.demo.reading import fingerprint

    digest = hashlib.sha256(fingerprint().encode())
    for path in sorted(sources()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    search = ROOT / "site" / "portal" / "search"
    yield from (path for path in search.rglob("*") if path.is_file() and path.suffix != ".pyc")
    yield from (ROOT / "territories" / "vocabulary" / "data").glob("*.json")
    for name in ("searchable.py", "searching.py"):
        yield from ROOT.glob(f"*/{name}")
        yield from ROOT.glob(f"*/*/{name}")
