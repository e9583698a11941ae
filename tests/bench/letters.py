"""Twenty thousand letters to a real mail server, two workers killed three times: `make bench`.

READERS says how many readers. The mail server counts by recipient, in a process of its own. Ends
with 1 when what was delivered and what is uncertain are not all of them, when somebody gets two,
when the site says of a letter what is not so, or when more are uncertain than there were deaths:
one process sends a letter at a time. On SQLite and PostgreSQL (a server of its own, or the one
whose socket folder TEST_POSTGRES_HOST names); names as arguments measure those alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

import measuring  # where everything is
from kept import postgres

READERS = int(os.environ.get("READERS", "20000"))
KILLS = 3
ENGINES = ["sqlite", "postgresql"]
ON_SQLITE = {"DJANGO_SETTINGS_MODULE": "portal.settings.development"}
ON_POSTGRES = {
    "DJANGO_SETTINGS_MODULE": "settings_of_letters",
    "PYTHONPATH": str(measuring.ROOT / "tests" / "bench"),
}


def main(names: list[str]) -> int:
    told = []
    if "sqlite" in names:
        told.append(measured("SQLite", ON_SQLITE))
    if "postgresql" in names:
        with postgres() as host:
            make_database(host)
            told.append(measured("PostgreSQL", {**ON_POSTGRES, "LETTERS_POSTGRES": host}))
    return 0 if all(told) else 1


def measured(name: str, settings: Mapping[str, str]) -> bool:
    with tempfile.TemporaryDirectory(prefix="cites-letters-") as folder:
        environment = {**os.environ, "CITES_VAR": folder, "CITES_DEBUG": "0", **settings}
        run("manage.py", "migrate", "--verbosity", "0", environment=environment)
        counts = ["--readers", str(READERS), "--kills", str(KILLS)]
        printed = run("tests/letters_killed.py", *counts, environment=environment)
    return tell(name, json.loads(printed.splitlines()[-1]))


def make_database(host: str) -> None:
    import psycopg

    with psycopg.connect(host=host, user="cites", dbname="postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS bench_letters")
        server.execute("CREATE DATABASE bench_letters")


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=measuring.ROOT,
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
    sys.exit(main(sys.argv[1:] or ENGINES))
