"""Twenty thousand letters to a real mail server, two workers killed three times: `make bench`.

READERS says how many readers. The mail server counts by recipient, in a process of its own. Ends
with 1 when what was delivered and what is uncertain are not all of them, when somebody gets two,
when the site says of a letter what is not so, or when more are uncertain than there were deaths:
one process sends a letter at a time. On SQLite; on PostgreSQL where TEST_POSTGRES_HOST names the
folder of a server's socket.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from measuring import ROOT

READERS = int(os.environ.get("READERS", "20000"))
KILLS = 3
NAME = "bench_letters"


def main() -> int:
    told = [measured("SQLite", settings_of_sqlite)]
    if host := os.environ.get("TEST_POSTGRES_HOST"):
        told.append(measured("PostgreSQL", lambda folder: settings_of_postgres(host)))
    return 0 if all(told) else 1


def measured(name: str, settings_of) -> bool:
    with tempfile.TemporaryDirectory(prefix="cites-letters-") as folder:
        environment = {**os.environ, "CITES_VAR": folder, **settings_of(folder)}
        run("manage.py", "migrate", "--verbosity", "0", environment=environment)
        counts = ["--readers", str(READERS), "--kills", str(KILLS)]
        printed = run("tests/letters_killed.py", *counts, environment=environment)
    seen = json.loads(printed.splitlines()[-1])
    return tell(name, seen)


def settings_of_sqlite(folder: str) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "portal.settings.development", "CITES_DEBUG": "0"}


def settings_of_postgres(host: str) -> dict[str, str]:
    import psycopg

    with psycopg.connect(host=host, user="cites", dbname="postgres", autocommit=True) as made:
        made.execute(f"DROP DATABASE IF EXISTS {NAME}")
        made.execute(f"CREATE DATABASE {NAME}")
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "DATABASE_URL": f"postgres://cites@{host.replace('/', '%2F')}/{NAME}",
        "SECRET_KEY": "measured-only-" * 5,
        "CITES_ADMIN_URL": "http://localhost",
    }


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def tell(name: str, seen: dict[str, Any]) -> bool:
    pace = seen["readers"] / seen["seconds"]
    print(
        f"{name}: {seen['readers']:,} readers, workers killed {seen['killed']} times: "
        f"{seen['said sent']:,} delivered, {seen['uncertain']} uncertain "
        f"({seen['uncertain and delivered']} of them did arrive), {seen['doubles']} twice; "
        f"{seen['seconds']:.0f} s, {pace:.0f} letters a second, deaths included",
        flush=True,
    )
    faults = {
        "the two do not make all readers": seen["said sent"] + seen["uncertain"] != READERS,
        "somebody got two": seen["doubles"],
        "some that are said to have left did not arrive": seen["said sent and lost"],
        "some arrived of which the site knows nothing": seen["delivered and not said"],
        "more are uncertain than there were deaths": seen["uncertain"] > KILLS,
    }
    for fault, is_there in faults.items():
        if is_there:
            print(f"  {fault}: {seen}")
    return not any(faults.values())


if __name__ == "__main__":
    sys.exit(main())
