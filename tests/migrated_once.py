"""A base with every migration of the site applied, made once in a run of tests.

Applying them takes most of a minute of a core, and a run needed that six times over: each of its
processes takes a copy instead. What is there for tests alone (`sample_plugin`) is applied on top.
Nothing is kept from one run to the next. Where `.ci/run` runs everything, the base is the one that
the installed wheel has migrated from nothing, and the demo that is visited begins with it too.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The folder of this run, for all its processes.
VARIABLE = "CITES_TESTS_FOLDER"
NAME = "cites.sqlite3"


def migrated_base() -> Path:
    """The file to copy; whoever comes first makes it, and the others wait."""
    folder = Path(os.environ[VARIABLE])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        base, unfinished = folder / NAME, folder / "unfinished"
        if not base.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            environment = {"DJANGO_SETTINGS_MODULE": "portal.settings.development"}
            subprocess.run(
                [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"],
                env={**os.environ, **environment, "CITES_VAR": str(unfinished)},
                check=True,
            )
            (unfinished / NAME).rename(base)
    return base


@contextmanager
def promised() -> Iterator[None]:
    """Whoever needs a base waits for the one offered here; if none is, it is made as ever."""
    with (Path(os.environ[VARIABLE]) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def offer(base: Path) -> None:
    """Let a whole run begin with this base, which a whole site has just migrated."""
    folder = Path(os.environ[VARIABLE])
    shutil.copy(base, folder / "offered")
    (folder / "offered").rename(folder / NAME)


def make_ahead() -> subprocess.Popen:
    """Make it while workers import the site."""
    return subprocess.Popen([sys.executable, __file__])


def copy_migrated_base(folder: Path) -> None:
    """Give a site whose data is in this folder its base (CITES_VAR)."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated_base(), folder / NAME)


@contextmanager
def migrated_in_memory(name: str) -> Iterator[None]:
    """The base of this process, for as long as it is held."""
    with closing(sqlite3.connect(name, uri=True)) as held:
        with closing(sqlite3.connect(migrated_base())) as base:
            base.backup(held)
        yield


if __name__ == "__main__":
    migrated_base()
