"""Speaking to Elasticsearch or OpenSearch through their own clients: requests in, JSON out."""

from __future__ import annotations

import json
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .. import EngineDown

# We say ourselves that an engine is down, once a minute; the clients say it at each request.
for name in ("elastic_transport", "opensearch"):
    logging.getLogger(name).setLevel(logging.CRITICAL)

BUSY, GONE = 429, 404


class Missing(EngineDown):
    """The engine answers, and has no index of ours yet."""

    is_silence = False


class Refused(EngineDown):
    """The engine answers, and did not understand or does not allow it."""

    is_silence = False


class Blocked(EngineDown):
    """The engine answers, and takes nothing in for now: its disk is full, somebody has made the
    index read-only, or it has more to do than it can."""

    is_silence = False


class Unfit(EngineDown):
    """What stands behind our name is no index that we have made."""

    is_silence = False


class Client(ABC):
    """Short timeouts and no second try: the database answers instead, or the row waits."""

    def __init__(self, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        self.timeout = timeout
        self.prefix = parts.path.strip("/") or "cites"
        self.is_secure = parts.scheme.endswith("+https")
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (443 if self.is_secure else 9200)
        authorities = parse_qs(parts.query).get("ca_certs", [])
        self.tls = {"ca_certs": authorities[0]} if authorities else {}
        self.login = None
        if parts.username:
            self.login = (unquote(parts.username), unquote(parts.password or ""))

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        lines: Iterable[Mapping[str, Any]] | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """`lines`: several objects, one a line, as `_bulk` and `_msearch` want them."""
        headers = {"accept": "application/json"}
        sent = None
        if lines is not None:
            sent = "".join(f"{json.dumps(line)}\n" for line in lines)
            headers["content-type"] = "application/x-ndjson"
        elif body is not None:
            sent = json.dumps(body)
            headers["content-type"] = "application/json"
        answer = self._ask(method, path, sent, headers, timeout or self.timeout)
        if not isinstance(answer, dict):
            raise EngineDown("something else than a search engine answers")  # a proxy's own page
        return answer

    @abstractmethod
    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str], timeout: float
    ) -> Any: ...


def failure(status: object, message: str) -> EngineDown:
    if status == GONE:
        return Missing(f"it has no index of ours yet: {message}")
    if isinstance(status, int) and status < 500 and status != BUSY:
        return Refused(f"{status} {message}")
    return EngineDown(f"{status} {message}")


class ElasticsearchClient(Client):
    def __init__(self, url: str, timeout: float) -> None:
        super().__init__(url, timeout)
        from elasticsearch import Elasticsearch

        scheme = "https" if self.is_secure else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        self.client = Elasticsearch(
            f"{scheme}://{host}:{self.port}", basic_auth=self.login, max_retries=0, **self.tls
        )

    def _ask(self, method, path, body, headers, timeout):
        from elastic_transport import ApiError, TransportError

        client = self.client.options(request_timeout=timeout)
        try:
            answer = client.perform_request(method, path, headers=headers, body=body)
        except ApiError as error:
            raise failure(error.meta.status, error.message) from error
        except TransportError as error:
            raise EngineDown(f"{type(error).__name__}: {error.message}") from error
        return answer.body


class OpenSearchClient(Client):
    def __init__(self, url: str, timeout: float) -> None:
        super().__init__(url, timeout)
        from opensearchpy import OpenSearch

        self.client = OpenSearch(
            [{"host": self.host, "port": self.port}],
            http_auth=self.login,
            use_ssl=self.is_secure,
            max_retries=0,
            **self.tls,
        )

    def _ask(self, method, path, body, headers, timeout):
        from opensearchpy import OpenSearchException, TransportError

        try:
            return self.client.transport.perform_request(
                method, path, headers=headers, body=body, timeout=timeout
            )
        except TransportError as error:
            raise failure(error.status_code, f"{type(error).__name__}: {error.error}") from error
        except OpenSearchException as error:
            raise EngineDown(f"{type(error).__name__}: {error}") from error


CLIENTS = {"elasticsearch": ElasticsearchClient, "opensearch": OpenSearchClient}


def connect(url: str, timeout: float) -> Client:
    """Nothing is sent yet. `elasticsearch://user:password@host:port/prefix`, `opensearch+https://…`:
    the prefix begins the names of our indexes."""
    name = urlsplit(url).scheme.removesuffix("+https")
    if name not in CLIENTS:
        raise ImproperlyConfigured(f"SEARCH_URL names an unknown engine: {name or '(none)'}")
    try:
        return CLIENTS[name](url, timeout)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"SEARCH_URL names {name}, whose client is not installed: cites-emploi[{name}]"
        ) from error
    except ValueError as error:  # a port that is no number
        raise ImproperlyConfigured(f"SEARCH_URL is no address: {error}") from error
