"""What residents and those who publish see while a real engine fails, and what is left of it.

Each fault goes the same way: pages are published and unpublished while it lasts, the search answers
what is right, and when it is over the queue empties by itself and the engine holds what the rows
say.
"""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import home_of, make_content_page, make_page, make_territory

from portal.search import engines, indexing, jobs
from portal.search.engines import lucene
from portal.search.engines.fallback import WithFallback
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from territories.models import ContentPage
from tests.portal.search.outside import OUTSIDE_NAMES, Server

pytestmark = [pytest.mark.live, pytest.mark.django_db]

# Long enough for an engine that has just begun, on a machine that has much to do.
TIMEOUT = 2.0


@pytest.fixture(params=OUTSIDE_NAMES)
def server(request) -> Server:
    found = request.getfixturevalue(f"{request.param}_server")
    found.tests += 1
    return found


@pytest.fixture
def running(server):
    if server.running is None:
        pytest.skip("this engine is nobody’s to kill")
    return server.running


@pytest.fixture
def alpha(server, settings):
    territory = make_territory("alpha", plugins=[])
    settings.SEARCH_URL, settings.SEARCH_TIMEOUT = f"{server.url}-faults", TIMEOUT
    for number in "12":
        make_content_page(territory, title=f"Permis {number}")
    return territory


@pytest.fixture
def found(alpha) -> Iterator[WithFallback]:
    """The engine of the site, which knows of « Permis 1 » and « Permis 2 »."""
    engines.engine_outside.cache_clear()
    found = engines.engine()
    found.rebuild(lambda done: None)
    jobs.catch_up()
    found.outside.refresh()
    assert found.outside.search(Asked("permis", alpha), 0, 20).total == 2
    assert found.trouble() == "" and holds_what_the_rows_say(found)
    assert found.about().held == {"fr": 2}
    yield found
    for name in found.outside.indexes.all():
        found.outside.client.ask("DELETE", f"/{name}", timeout=20)


@pytest.fixture
def work_goes_on(alpha, found, titles, committed) -> Callable[[], None]:
    """One page more, one page less, while the engine fails; whoever searches knows it at once."""

    def go_on() -> None:
        began = time.monotonic()
        with committed():
            make_content_page(alpha, title="Permis 3")
        with committed():
            ContentPage.objects.get(title="Permis 1").unpublish()
        assert time.monotonic() - began < 3 * TIMEOUT
        jobs.catch_up()
        assert "Permis 1" not in titles("permis")

    return go_on


def start_again(running, found: WithFallback) -> None:
    running.start_again()
    health = "/_cluster/health?wait_for_status=yellow&timeout=60s"
    found.outside.client.ask("GET", health, timeout=70)
    titles = {"query": {"match_all": {}}, "sort": [{"pk": "asc"}]}
    found.outside.client.ask("POST", f"/{found.outside.alias}/_search", titles, timeout=20)


def wait_for_it(found: WithFallback) -> None:
    """So long that it is looked at again, and that what it has not been told is late."""
    found.rests_until = found.looks_at = 0.0
    long_ago = timezone.now() - timedelta(hours=1)
    SearchDocument.objects.update(updated_at=long_ago)
    SearchDocument.objects.filter(retry_at__isnull=False).update(retry_at=long_ago)


def all_is_well_again(found: WithFallback, titles) -> None:
    wait_for_it(found)
    jobs.catch_up()
    assert not SearchDocument.objects.untold(timezone.now()).exists()
    assert holds_what_the_rows_say(found)
    assert found.trouble() == ""
    found.outside.refresh()
    territory = SearchDocument.objects.exclude(territory=None).first().territory
    ids = found.outside.search(Asked("permis", territory), 0, 20).ids
    assert sorted(SearchDocument.objects.get(pk=pk).title for pk in ids) == RIGHT
    assert sorted(titles("permis")) == RIGHT


RIGHT = ["Permis 2", "Permis 3"]


def holds_what_the_rows_say(found: WithFallback) -> bool:
    found.outside.refresh()
    query = {"size": 1_000, "version": True, "query": {"match_all": {}}}
    answer = found.outside.client.ask("POST", f"/{found.outside.alias}/_search", query, timeout=20)
    held = {int(hit["_id"]): hit["_version"] for hit in answer["hits"]["hits"]}
    rows = SearchDocument.objects.filter(is_withdrawn=False)
    return held == dict(rows.values_list("pk", "version"))


def killed_while(running, do: Callable[[], object]) -> None:
    """The engine has been asked, has not answered, and dies."""
    running.pause()
    dying = threading.Timer(0.3, running.kill)
    dying.start()
    do()
    dying.join()


def seconds(do: Callable[[], object]) -> float:
    began = time.monotonic()
    assert do()
    return time.monotonic() - began


def test_killed_while_searching(found, running, titles, work_goes_on, visits):
    (index,) = found.outside.indexes.all()
    normal = visits(12)
    killed_while(running, lambda: titles("permis") == ["Permis 1", "Permis 2"])
    found.rests_until = 0.0
    assert p95(visits(12)) < 1.5 * p95(normal) + TIMEOUT
    work_goes_on()
    assert sorted(titles("permis")) == RIGHT
    assert "database answers" in found.trouble()
    start_again(running, found)
    all_is_well_again(found, titles)
    assert list(found.outside.indexes.all()) == [index]


def test_killed_while_publishing(found, running, titles, work_goes_on, alpha):
    make_content_page(alpha, title="Permis 4")
    killed_while(running, jobs.catch_up)
    row = SearchDocument.objects.get(title="Permis 4")
    assert row.indexed_version == row.version > row.sent_version
    work_goes_on()
    assert sorted(titles("permis")) == [*RIGHT, "Permis 4"]
    start_again(running, found)
    wait_for_it(found)
    ContentPage.objects.get(title="Permis 4").delete()
    all_is_well_again(found, titles)
    assert not SearchDocument.objects.filter(pk=row.pk).exists()


def test_hanging(found, running, titles, work_goes_on, visits):
    normal = visits(25)
    running.pause()
    try:
        hanging = visits(25)
        work_goes_on()
        assert sorted(titles("permis")) == RIGHT
    finally:
        running.resume()
    assert p95(hanging) < 1.5 * p95(normal) + TIMEOUT
    all_is_well_again(found, titles)


@pytest.fixture
def visits(found, client) -> Callable[[int], list[float]]:
    """How long so many visitors wait for the page."""

    def page() -> bool:
        response = client.get("/recherche/?q=permis", headers={"host": "alpha.localhost"})
        return response.status_code == 200 and b"Permis" in response.content

    page()
    return lambda number: [seconds(page) for _visitor in range(number)]


def p95(durations: list[float]) -> float:
    return statistics.quantiles(durations, n=20)[-1]


@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"])
def test_read_only(found, titles, work_goes_on, block, caplog):
    """Somebody has closed it, or its disk is full."""
    (index,) = found.outside.indexes.all()

    def close(is_closed: bool | None) -> None:
        settings = {f"index.blocks.{block}": is_closed}
        found.outside.client.ask("PUT", f"/{index}/_settings", settings, timeout=20)

    close(True)
    work_goes_on()
    assert "cluster_block_exception" in caplog.text
    assert not SearchDocument.objects.refused().exists()  # no document is wrong
    wait_for_it(found)
    assert sorted(titles("permis")) == RIGHT
    assert "incomplete" in found.trouble()
    close(None)
    all_is_well_again(found, titles)


class TestWrongMapping:
    @pytest.fixture(autouse=True)
    def wrong(self, found) -> Iterator[None]:
        """An index that somebody else has made stands behind our name."""
        client, alias = found.outside.client, found.outside.alias
        (index,) = found.outside.indexes.all()
        mapping = {"dynamic": "strict", "properties": {"title": {"type": "text"}}}
        client.ask("PUT", "/wrong", {"mappings": mapping}, timeout=20)
        actions = [
            {"remove": {"index": index, "alias": alias}},
            {"add": {"index": "wrong", "alias": alias}},
        ]
        client.ask("POST", "/_aliases", {"actions": actions}, timeout=20)
        found.looks_at = 0.0
        yield
        client.ask("DELETE", "/wrong", timeout=20)

    def test_the_indexer_mends_it(self, found, titles, work_goes_on):
        assert sorted(titles("permis")) == ["Permis 1", "Permis 2"]
        assert "incomplete" in found.trouble()
        work_goes_on()
        all_is_well_again(found, titles)

    def test_what_it_refuses_is_said_and_so_is_what_to_do(
        self, found, titles, work_goes_on, monkeypatch, caplog, capsys
    ):
        with monkeypatch.context() as patch:
            patch.setattr(found, "prepare", lambda: None)
            work_goes_on()
        assert SearchDocument.objects.refused().count() == 1
        assert "strict_dynamic_mapping_exception" in caplog.text
        assert sorted(titles("permis")) == RIGHT
        capsys.readouterr()
        with pytest.raises(SystemExit):
            call_command("search_status")
        said = capsys.readouterr().out
        assert "stands for wrong" in said and "manage.py rebuild_search" in said
        assert "Refusées par le moteur : 1" in said and "strict_dynamic" in said
        call_command("rebuild_search")
        assert not SearchDocument.objects.refused().exists()
        all_is_well_again(found, titles)

    def test_an_index_that_bears_our_name_itself(self, found, titles, work_goes_on):
        client, alias = found.outside.client, found.outside.alias
        client.ask("DELETE", f"/wrong/_alias/{alias}", timeout=20)
        client.ask("PUT", f"/{alias}", {}, timeout=20)
        assert sorted(titles("permis")) == ["Permis 1", "Permis 2"]
        work_goes_on()
        all_is_well_again(found, titles)


def test_a_document_that_is_refused_holds_up_no_other(
    found, titles, work_goes_on, monkeypatch, caplog
):
    known = lucene.source_of

    def poisoned(document, others) -> dict:
        field = {"new": "field"} if document.title == "Permis 3" else {}
        return {**known(document, others), **field}

    with monkeypatch.context() as patch:
        patch.setattr(lucene, "source_of", poisoned)
        work_goes_on()
        row = SearchDocument.objects.refused().get()
        assert row.title == "Permis 3" and f"{row.pk} refused" in caplog.text
        assert "strict_dynamic" in indexing.remembered([row.pk])[row.pk]
        assert SearchDocument.objects.untold(timezone.now()).get() == row
        found.looks_at = 0.0
        assert sorted(titles("permis")) == RIGHT
        with pytest.raises(CommandError, match="refuse des fiches"):
            call_command("rebuild_search")
        assert SearchDocument.objects.refused().get() == row
    all_is_well_again(found, titles)


def test_rebuilding_that_is_interrupted_leaves_what_answers(
    found, alpha, titles, monkeypatch, capsys
):
    monkeypatch.setattr(lucene, "WRITTEN_AT_ONCE", 1)
    home = home_of(alpha)
    make_page(home, ContentPage(title="Permis 3"))
    jobs.catch_up()
    found.outside.refresh()
    rebuild, seen = found.outside.rebuild, []

    def interrupted(report, resume) -> int:
        def look(done: int) -> None:
            seen.append(sorted(titles("permis")))
            if done == 2:
                raise KeyboardInterrupt

        return rebuild(look, resume)

    with monkeypatch.context() as patch:
        patch.setattr(found.outside, "rebuild", interrupted)
        with pytest.raises(CommandError, match="--resume"):
            call_command("rebuild_search")
    assert seen == [["Permis 1", "Permis 2", "Permis 3"]] * 2
    assert sorted(found.outside.indexes.all().values()) == [False, True]
    assert found.trouble() == "" and len(titles("permis")) == 3
    ContentPage.objects.get(title="Permis 1").delete()  # already written to the half-made index
    jobs.catch_up()
    capsys.readouterr()
    call_command("rebuild_search", resume=True)
    said = capsys.readouterr().out
    assert "Moteur : 1 /" not in said and "Moteur : 2 / 2" in said
    assert list(found.outside.indexes.all().values()) == [True]
    assert found.trouble() == ""
    all_is_well_again(found, titles)
