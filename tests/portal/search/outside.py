"""Elasticsearch and OpenSearch in tests. `pytest -m live` starts them (tests/engines); an address
in TEST_ELASTICSEARCH_URL or TEST_OPENSEARCH_URL makes their tests run always, and there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from engines.proxy import serve
from engines.running import ELASTICSEARCH, CannotStart, Program, Running

from portal.search.engines.lucene import LuceneEngine
from portal.search.engines.lucene.clients import connect

OUTSIDE_NAMES = ("elasticsearch", "opensearch")


def variable(name: str) -> str:
    return f"TEST_{name.upper()}_URL"


OUTSIDE = [
    pytest.param(name, marks=() if variable(name) in os.environ else pytest.mark.live)
    for name in OUTSIDE_NAMES
]


@dataclass
class Server:
    """An engine that answers, and in how many tests it did."""

    url: str
    # None: it was there before, and is nobody's to kill.
    running: Running | None = None
    version: str = field(init=False)
    tests: int = 0

    def __post_init__(self) -> None:
        self.url += os.environ.get("PYTEST_XDIST_WORKER", "")  # an index for each process
        about = connect(self.url, 20).ask("GET", "/")["version"]
        self.version = f"{about.get('distribution', 'elasticsearch')} {about['number']}"
        servers.append(self)


# Of this run.
servers: list[Server] = []


@contextmanager
def served(program: Program) -> Iterator[Server]:
    """The engine at the address that was given, or one that is started."""
    if given := os.environ.get(variable(program.name)):
        yield Server(given)
        return
    running = Running(program)
    try:
        running.start()
    except CannotStart as error:
        if "CI" in os.environ:  # where nothing is left out
            pytest.exit(str(error), returncode=1)
        pytest.skip(str(error))
    proxy = serve(running.url) if program is ELASTICSEARCH else None
    port = proxy.server_port if proxy else running.port
    try:
        yield Server(f"{program.name}://127.0.0.1:{port}/test", running)
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
        for name in found.indexes.all():
            found.client.ask("DELETE", f"/{name}")
        index, *_ = found.indexes.begin()
        found.indexes.answer_from(index)
        return found

    def _bulk(self, lines, *arguments, **options) -> dict[int, str]:
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
