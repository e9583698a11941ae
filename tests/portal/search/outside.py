"""Elasticsearch and OpenSearch in tests. `pytest -m live` starts them (tests/engines); an address
in TEST_ELASTICSEARCH_URL or TEST_OPENSEARCH_URL makes their tests run always, and there.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from engines.proxy import serve
from engines.running import ELASTICSEARCH, Program, Running

from portal.search.engines.lucene import LuceneEngine

OUTSIDE_NAMES = ("elasticsearch", "opensearch")


def variable(name: str) -> str:
    return f"TEST_{name.upper()}_URL"


OUTSIDE = [
    pytest.param(name, marks=() if variable(name) in os.environ else pytest.mark.live)
    for name in OUTSIDE_NAMES
]


@contextmanager
def address_of(program: Program) -> Iterator[str]:
    if given := os.environ.get(variable(program.name)):
        yield given
        return
    with started(program) as (_running, url):
        yield url


@contextmanager
def started(program: Program) -> Iterator[tuple[Running, str]]:
    """A real one, and its SEARCH_URL."""
    if missing := [tool for tool in ("java", "mvn") if not shutil.which(tool)]:
        pytest.skip(f"{program.name} cannot be started without {' and '.join(missing)}")
    running = Running(program)
    running.start()
    proxy = serve(running.url) if program is ELASTICSEARCH else None
    port = proxy.server_port if proxy else running.port
    try:
        yield running, f"{program.name}://127.0.0.1:{port}/test"
    finally:
        running.stop()
        if proxy:
            proxy.shutdown()


class AtOnce(LuceneEngine):
    """What is written is found at once. Tests take the same ids again, from version 1: for the
    engine each test's versions are higher than those of the one before."""

    generation = 0
    is_fresh = True

    @classmethod
    def empty_at(cls, url: str) -> "AtOnce":
        found = cls.at(url, timeout=20)
        for name in found._indexes():
            found.client.ask("DELETE", f"/{name}")
        found._answer_from(found._create())
        return found

    def _bulk(self, lines, *arguments, **options) -> set[int]:
        lines = list(lines)
        for line in lines:
            for action in (line.get("index"), line.get("delete")):
                if action and "version" in action:
                    action["version"] += self.generation
        self.is_fresh = False
        return super()._bulk(lines, *arguments, **options)

    def _ask(self, queries):
        if not self.is_fresh:
            self.refresh()
            self.is_fresh = True
        return super()._ask(queries)

    def forget_everything(self) -> None:
        everything = {"query": {"match_all": {}}}
        path = f"/{self.alias}/_delete_by_query?refresh=true&conflicts=proceed"
        self.client.ask("POST", path, everything)
        self.generation += 1_000
