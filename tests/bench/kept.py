"""What the measure of the search keeps between runs, under var/bench/search/: databases that hold a
number of documents, a PostgreSQL server and search engines, all started for the time of a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engines.proxy import serve
from engines.running import ELASTICSEARCH, OPENSEARCH, Running
from measuring import ROOT

VAR = ROOT / "var" / "bench" / "search"
PROGRAMS = {program.name: program for program in (ELASTICSEARCH, OPENSEARCH)}
# As an engine in service, and not as one of a test.
JAVA = ["-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"]
BLANK = "blank"
# What an installation of this size gives its server; the rest is as it comes.
POSTGRES = ("shared_buffers=512MB", "listen_addresses=''", "fsync=off", "max_wal_size=4GB")


class Kept(Running):
    java, is_kept = JAVA, True

    @property
    def folder(self) -> Path:
        return VAR / self.program.name


@contextmanager
def engine(name: str) -> Iterator[dict[str, str]]:
    """Addresses: `url`, as SEARCH_URL wants it; `straight`, and through what stands between."""
    program = PROGRAMS[name]
    running = Kept(program)
    running.start()
    proxy = serve(running.url) if program is ELASTICSEARCH else None
    port = proxy.server_port if proxy else running.port
    try:
        yield {
            "url": f"{name}://127.0.0.1:{port}",
            "straight": running.url,
            "proxy": f"http://127.0.0.1:{port}",
        }
    finally:
        running.stop()
        if proxy:
            proxy.shutdown()


@contextmanager
def postgres() -> Iterator[str]:
    """The folder of a server's socket: that of TEST_POSTGRES_HOST, or of one that is kept."""
    if given := os.environ.get("TEST_POSTGRES_HOST"):
        yield given
        return
    folder = VAR / "postgres"
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    if programs is None:
        sys.exit("PostgreSQL is not installed, and TEST_POSTGRES_HOST names none.")
    folder.mkdir(parents=True, exist_ok=True)
    as_user: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def control(*arguments: str) -> None:
        command = [*as_user, str(programs / "pg_ctl"), "-D", str(folder / "db"), "-w"]
        subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    if not (folder / "db").exists():
        command = [str(programs / "initdb"), "-D", str(folder / "db"), "-U", "cites"]
        subprocess.run(
            [*as_user, *command, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
    options = " ".join(f"-c {one}" for one in (*POSTGRES, f"unix_socket_directories={folder}"))
    control("-l", str(folder / "log"), "-o", options, "start")
    try:
        yield str(folder)
    finally:
        control("-m", "fast", "stop")


def open_database(host: str, size: int, **settings: Any) -> None:
    """Django, over the database that holds this many documents; a blank one where it is new.
    `host`: PostgreSQL's socket folder; "" for SQLite."""
    from portal.settings import test

    name = name_of(size)
    VAR.mkdir(parents=True, exist_ok=True)
    if host:
        test.DATABASES["default"] = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": "cites",
            "HOST": host,
        }
    else:
        test.DATABASES["default"]["NAME"] = str(VAR / f"{name}.sqlite3")
    for key, value in settings.items():
        setattr(test, key, value)
    copy_blank(host, name)
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    # As the server starts: see there what it does not collect.
    import portal.wsgi  # noqa: F401

    setup_test_environment()
    call_command("migrate", interactive=False, verbosity=0)


def name_of(size: int) -> str:
    return f"documents_{size}" if size else BLANK


def copy_blank(host: str, name: str) -> None:
    """A migrated database with its territories is made once, and copied."""
    if host:
        import psycopg

        with psycopg.connect(host=host, user="cites", dbname="postgres", autocommit=True) as server:
            rows = server.execute("SELECT datname FROM pg_database").fetchall()
            if (name,) in rows:
                return
            template = "template0" if name == BLANK else BLANK
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    else:
        wanted, blank = VAR / f"{name}.sqlite3", VAR / f"{BLANK}.sqlite3"
        if name != BLANK and not wanted.exists():
            shutil.copy(blank, wanted)
