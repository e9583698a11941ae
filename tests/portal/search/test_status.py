"""`search_status`: what an operator reads, and what a monitoring tool does."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.search import engines, indexing
from portal.search.documents import TOLD_WITHIN
from portal.search.engines import About, EngineDown
from portal.search.models import SearchDocument
from territories.jobs.models import JobRun
from tests.portal.search.documents import make_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents():
    rows = [{"title": "Permis"}, {"title": "Licence", "language": "en"}, {"title": "Garde"}]
    made = make_documents(None, rows)
    SearchDocument.objects.update(updated_at=timezone.now(), sent_version=1)
    JobRun.objects.create(name="portal_search.catch-up", started_at=timezone.now())
    return made


@pytest.fixture
def status(capsys):
    def ask(code: int = 0) -> tuple[str, dict]:
        """What is said, and what `--json` gives."""
        said = []
        for options in ({}, {"as_json": True}):
            capsys.readouterr()
            if code:
                with pytest.raises(SystemExit) as ended:
                    call_command("search_status", **options)
                assert ended.value.code == code
            else:
                call_command("search_status", **options)
            said.append(capsys.readouterr().out)
        return said[0], json.loads(said[1])

    return ask


@pytest.fixture
def outside(settings, monkeypatch):
    """An engine outside, as it says itself to be."""

    class Outside:
        is_outside = True
        answer = About("opensearch 2", {"fr": 2, "en": 1}, "cites-1", "abc")

        def about(self) -> About:
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    outside = Outside()
    settings.SEARCH_URL = "opensearch://127.0.0.1/cites"
    monkeypatch.setattr(engines, "engine_outside", lambda url, timeout: outside)
    return outside


def test_all_is_well(documents, status, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):  # asked twice
        said, read = status()
    assert "Tout va bien." in said and "3 (en : 1, fr : 2)" in said
    assert read["held"] == read["languages"] == {"en": 1, "fr": 2}
    assert read["findable"] == 3 and read["words"] > 0 and read["troubles"] == []


def test_what_waits_while_no_worker_runs(documents, status):
    long_ago = timezone.now() - timedelta(hours=1)
    SearchDocument.objects.update(updated_at=long_ago)
    JobRun.objects.update(started_at=long_ago)
    SearchDocument.objects.filter(pk=documents[0].pk).update(version=2)
    said, read = status(1)
    assert "À relire : 1" in said and "manage.py work" in said
    assert read["to_read"] == 1


def test_what_cannot_be_read_and_why(documents, status):
    row = SearchDocument.objects.filter(pk=documents[0].pk)
    row.update(version=2, retry_at=timezone.now() + timedelta(minutes=5))
    indexing.remember({documents[0].pk: "ValueError: no date"})
    said, read = status(1)
    assert "ValueError: no date" in said and read["unreadable"] == 1 and read["to_read"] == 0


def test_counts_that_do_not_agree(documents, status):
    engines.engine().remove([documents[0].pk])
    said, _read = status(1)
    assert "fr : 1 au lieu de 2" in said and "rebuild_search" in said


def test_an_engine_outside_that_is_well(documents, outside, status):
    said, read = status()
    assert "opensearch 2" in said and "cites-1 (empreinte abc)" in said
    assert read["is_outside"] and read["is_reachable"]


def test_an_engine_that_does_not_answer(documents, outside, status):
    outside.answer = EngineDown("ConnectionError: refused")
    said, read = status(1)
    assert "ne répond pas (ConnectionError: refused)" in said and not read["is_reachable"]


def test_an_index_that_is_not_ours(documents, outside, status):
    outside.answer = About("opensearch 2", {}, trouble="it stands for another")
    said, _read = status(1)
    assert "it stands for another" in said and "rebuild_search" in said


def test_what_waits_for_the_engine_and_what_it_refuses(documents, outside, status):
    late = timezone.now() - 2 * TOLD_WITHIN
    SearchDocument.objects.filter(pk=documents[0].pk).update(sent_version=0, updated_at=late)
    refused = SearchDocument.objects.filter(pk=documents[1].pk)
    refused.update(sent_version=0, retry_at=timezone.now())
    indexing.remember({documents[1].pk: "strict_dynamic_mapping_exception"})
    said, read = status(1)
    assert (read["to_send"], read["refused"]) == (1, 1)
    assert "place sur son disque" in said and "strict_dynamic_mapping_exception" in said
