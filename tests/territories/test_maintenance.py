"""The whole service closed behind one page, without a database."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from territories import maintenance


@pytest.fixture(autouse=True)
def flag(settings, tmp_path):
    settings.MAINTENANCE_FLAG = tmp_path / "maintenance.json"
    return settings.MAINTENANCE_FLAG


def command(*words):
    out = io.StringIO()
    call_command("maintenance", *words, stdout=out)
    return out.getvalue()


def test_every_address_answers_503_without_a_query_until_it_is_reopened(client):
    # No database mark: a query would fail the test.
    until = timezone.localtime() + timedelta(hours=2)
    assert "fermé" in command("on", "--until", until.strftime("%Y-%m-%dT%H:%M"))
    for host in ("alpha.localhost", "nobody.example"):
        for path in ("/", "/agenda/", "/admin/", "/en/"):
            answer = client.get(path, headers={"host": host})
            assert answer.status_code == 503 and "no-store" in answer["Cache-Control"]
            assert 6900 < int(answer["Retry-After"]) <= 7200
    html = answer.content.decode()
    assert f"vers {until:%H:%M}" in html and "closed for a short while" in html
    assert not answer.cookies and "script-src 'self'" in answer["Content-Security-Policy"]
    assert "rouvert" in command("off") and "déjà ouvert" in command("off")
    assert maintenance.reopen() is False


@pytest.mark.parametrize("said", ["", "{", '{"until": "nonsense"}', '{"until": "2020-01-01"}'])
def test_a_flag_that_cannot_be_read_or_is_over_still_closes(client, flag, said):
    flag.write_text(said)
    answer = client.get("/", headers={"host": "alpha.localhost"})
    assert answer.status_code == 503 and answer["Retry-After"] == "1800"
    assert "Il revient bientôt" in answer.content.decode()


@pytest.mark.parametrize("said", ["demain", "25:00", "2020-01-01T10:00"])
def test_nonsense_and_the_past_are_refused_and_close_nothing(flag, said):
    with pytest.raises(CommandError, match=said):
        command("on", "--until", said)
    assert not flag.exists()
