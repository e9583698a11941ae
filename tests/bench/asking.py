"""Questions put to the search, and what it asks for them put again without us: the same SQL through
a bare cursor, the same JSON through a bare connection."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection

# A frequent word, a rare one, two, mistyped ones, those of residents, long questions.
QUESTIONS = (
    *("emploi", "formation", "aide", "accueil", "gratuit"),
    *("soudure", "{rare}", "{name}"),
    *("atelier cv", "permis conduire", "garde enfants", "logement jeune"),
    *("anploi", "formasion", "accompagnemant"),
    *("boulot", "toubib", "faire garder mon petit"),
    "comment trouver un travail pas loin de chez moi quand on a des enfants et pas de voiture",
    "je cherche une formation gratuite pour apprendre le français le soir",
)
BEGINNINGS = (
    *("emp", "empl", "emploi", "form", "formatio", "ate", "atelier c", "loge", "permis de cond"),
    *("mission lo", "garde d", "num", "sant", "transp", "jeun", "cv", "cafe", "stag", "{name}"),
)
CHOSEN = {"public": ["jeunes"], "gratuit": ["oui"]}
ROUNDS = 5
LOOKED_AT = ("portal_search_synonym", "portal_search_knownword")


@dataclass
class Sent:
    """What was sent for one question: SQL with its values, or (method, address, body)."""

    sql: list[tuple[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Without what a process looks at every twenty seconds."""
        each_time = [sql for sql, _params in self.sql if not any(one in sql for one in LOOKED_AT)]
        asked = [path for _method, path, _body in self.requests if not path.endswith("_mapping")]
        return len(each_time) + len(asked)


@contextmanager
def recorded(client: Any = None) -> Iterator[Sent]:
    """`client`: that of the engine outside."""
    sent = Sent()

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.sql.append((sql, params))
        return execute(sql, params, many, context)

    send = client and client._ask

    def ask(method: str, path: str, body: str | None, *rest: Any) -> Any:
        sent.requests.append((method, path, body))
        return send(method, path, body, *rest)

    with connection.execute_wrapper(run):
        if client:
            client._ask = ask
        try:
            yield sent
        finally:
            if client:
                del client._ask


class Straight:
    """Asks the engine what was sent to it, and nothing else. `url`: of the engine outside."""

    def __init__(self, url: str = "") -> None:
        self.url = url
        if url:
            self.http = http.client.HTTPConnection(urlsplit(url).netloc)

    def seconds(self, sent: Sent) -> float:
        if self.url:
            began = time.perf_counter()
            for method, path, body in sent.requests:
                headers = {"content-type": "application/x-ndjson"} if body else {}
                self.http.request(method, path, body, headers)
                answer = self.http.getresponse()
                read = answer.read()
                assert answer.status == 200, read
            return time.perf_counter() - began
        connection.ensure_connection()
        bare = connection.connection.cursor()
        queries = [(native(sql), params) for sql, params in sent.sql]
        began = time.perf_counter()
        for sql, params in queries:
            bare.execute(sql, params or ())
            bare.fetchall()
        return time.perf_counter() - began


def native(sql: str) -> str:
    if connection.vendor != "sqlite":
        return sql
    from django.db.backends.sqlite3.base import SQLiteCursorWrapper

    return SQLiteCursorWrapper.convert_query(None, sql, param_names=None)


def acts(territory: Any, point: Any, words: dict[str, str]) -> dict[str, list[Callable[[], Any]]]:
    """Of each kind of question, those that are asked, here or on the portal (None)."""
    from django.test import Client

    from portal.search.documents import Around
    from portal.search.queries import Asked
    from portal.search.ranking import find
    from portal.search.suggestions import suggestions

    questions = [one.format(**words) for one in QUESTIONS]
    beginnings = [one.format(**words) for one in BEGINNINGS]
    browser = Client()
    host = f"{territory.slug}.localhost" if territory else "localhost"

    def search(text: str, **narrowed: Any) -> Callable[[], Any]:
        return lambda: find(Asked(text, territory, **narrowed), 0, 20)

    def suggest(text: str) -> Callable[[], Any]:
        return lambda: suggestions(Asked(text, territory), "http://localhost")

    def page(text: str) -> Callable[[], Any]:
        address = f"/recherche/?{urlencode({'q': text})}"

        def read() -> None:
            assert browser.get(address, headers={"host": host}).status_code == 200

        return read

    def near(km: float) -> Any:
        return Around(point, km)

    return {
        "text": [search(one, is_counted=False) for one in questions],
        "facets counted": [search(one) for one in questions],
        "two facets chosen": [search(one, chosen=CHOSEN) for one in questions],
        "suggestions": list(map(suggest, beginnings)),
        "near, 2 km": [search(one, around=near(2), is_counted=False) for one in questions],
        "near, 10 km": [search(one, around=near(10), is_counted=False) for one in questions],
        "page": list(map(page, questions)),
    }


@dataclass
class Timed:
    """In milliseconds, a sample a question and round. `queries`: the most that one of them took."""

    whole: list[float] = field(default_factory=list)
    straight: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    queries: int = 0


def timed(acts: list[Callable[[], Any]], client: Any, addresses: list[str], most: float) -> Timed:
    """Each act in turn, and what it sent straight to the engine: as many rounds as `most` seconds
    allow, one at least. The second of `addresses` is that of a proxy, whose time is nobody's."""
    found = Timed()
    roads = [Straight(url) for url in addresses]
    acts[0]()  # what a process keeps is warm
    began = time.perf_counter()
    for rounds in range(ROUNDS):
        if rounds and time.perf_counter() - began > most:
            break
        for act in acts:
            with recorded(client) as sent:
                started = time.perf_counter()
                act()
                whole = time.perf_counter() - started
            times = [road.seconds(sent) for road in roads]
            whole -= times[-1] - times[0]
            found.whole.append(whole * 1000)
            found.straight.append(times[0] * 1000)
            found.ours.append((whole - times[0]) * 1000)
            found.queries = max(found.queries, sent.number)
    return found
