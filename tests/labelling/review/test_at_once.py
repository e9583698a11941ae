"""Two decisions at the same moment: real threads, PostgreSQL when there is one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from agenda_factories import make_event
from django.db import connection
from factories import make_member, make_territory
from labelling_factories import make_application, set_rules

SCRIPT = Path(__file__).with_name("decide_together.py")


@pytest.mark.slow
@pytest.mark.django_db
def test_of_two_decisions_one_wins_and_the_other_is_told(tmp_path):
    has_server = bool(os.environ.get("TEST_POSTGRES_HOST"))
    if not has_server:
        # Its own copy of the database of this test, since a transaction shows nothing to others.
        alpha = make_territory("alpha", plugins=["labelling"])
        set_rules(alpha, quorum=0)
        for name in ("one", "other"):
            make_member(alpha, username=name)
        for rank in range(4):
            make_application(alpha, make_event(alpha, f"Atelier {rank}"), state="submitted")
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
    for name in (
        *("granted twice", "granted and refused"),
        *("refused and returned", "granted and returned"),
    ):
        assert seen[name] == ["Overtaken", "done"], name
    assert seen["decisions"] == 4
    assert seen["labels"] == seen["granted"] >= 1
    # Whoever lost has left nothing behind.
    assert seen["accepted"] == 0
