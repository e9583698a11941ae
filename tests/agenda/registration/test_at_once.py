"""People who take the last place at the same moment: real threads, PostgreSQL when there is one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

SCRIPT = Path(__file__).with_name("take_places_together.py")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_last_places_are_taken_once_and_given_on_once(make, tmp_path):
    has_server = bool(os.environ.get("TEST_POSTGRES_HOST"))
    if not has_server:
        # Its own copy of the database of this test, since a transaction shows nothing to others.
        make(capacity=3)
        (tmp_path / "cites.sqlite3").write_bytes(connection.connection.serialize())
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env={**os.environ, "CITES_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["vendor"] == ("postgresql" if has_server else "sqlite")
    # Eight people, three places: three have one, the others are told.
    assert seen["taken"] == ["NoPlace"] * 5 + ["done"] * 3
    assert seen["registered"] == 3
    # One form that left four times: one place in the queue.
    assert seen["waits"] == ["done"] * 4 and seen["waiting"] == 1
    # Three give back at once: the first three of the four who wait are served, nobody twice.
    assert seen["given back"] == ["done"] * 3
    assert seen["states"] == ["cancelled"] * 3 + ["registered"] * 3 + ["waiting"]
