"""People who send reports of one label at the same moment: real threads, PostgreSQL if any."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

SCRIPT = Path(__file__).with_name("report_together.py")


@pytest.mark.slow
@pytest.mark.django_db
def test_whoever_sends_at_once_one_report_stands_and_nothing_is_counted_twice(label, tmp_path):
    has_server = bool(os.environ.get("TEST_POSTGRES_HOST"))
    if not has_server:
        # Its own copy of the database of this test, since a transaction shows nothing to others.
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
    assert set(seen["ended"]) == {"done"}
    assert seen["stands"] == [[["later", None]]] * 3
    assert seen["rows"] == 2
