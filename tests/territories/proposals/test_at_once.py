"""People who decide at the same moment: real threads, and PostgreSQL when there is a server."""

import os
from pathlib import Path

import pytest
from alone import seen_by

SCRIPT = Path(__file__).with_name("decide_together.py")


@pytest.mark.slow
def test_what_is_decided_at_once_is_decided_once_and_loses_nothing(tmp_path):
    has_server = bool(os.environ.get("TEST_POSTGRES_HOST"))
    seen, _errors = seen_by(SCRIPT, tmp_path, has_base=not has_server)
    assert seen["vendor"] == ("postgresql" if has_server else "sqlite")
    # Four tabs of one person: the last one waits, the others gave way to it.
    assert seen["offered"] == ["done"] * 4
    # Six people on one proposal: one decides, the others are told.
    assert seen["decided"] == ["DecisionRefused"] * 5 + ["done"]
    assert seen["revisions"] in {1, 2} and seen["mails"] == 1
    # Six proposals taken over at once: the draft has them all.
    assert seen["applied"] == ["done"] * 6 and seen["more revisions"] == 6
    assert seen["draft"] == {
        "phone": "05 61 11 11 11",
        "email": "accueil@example.org",
        "website": "https://maison.example.org/",
        "address": "3 place Abbal",
        "postcode": "31100",
        "opening_hours": "Mo-Fr 09:00-12:00",
    }
