"""Asking a provider by HTTP, and knowing whether it may have heard.

Over `http.client`: what matters here is whether a request had left when something broke, which
friendlier clients do not say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

MOST_BYTES = 4 << 20


class NotReached(Exception):
    """No connection: it was given nothing."""


class NoAnswer(Exception):
    """It was given the request, or a part of it, and said nothing that can be read."""


@dataclass(frozen=True)
class Answer:
    status: int
    data: Mapping[str, Any] = field(default_factory=dict)
    # Seconds, when it says how long to wait.
    wait: int | None = None

    @property
    def is_yes(self) -> bool:
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """Its own words, for a person."""
        words = self.data.get("message") or self.data.get("detail") or self.data.get("title") or ""
        return f"{self.status} {' '.join(str(words).split())}".strip()[:250]


class Api:
    """`headers` go with every request. One connection, for as long as the provider keeps it."""

    def __init__(self, base: str, headers: Mapping[str, str]) -> None:
        self.parts, self.headers = urlsplit(base), headers
        self.connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Raises NotReached and NoAnswer."""
        connection = self._connected()
        content = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", **self.headers}
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            text = response.read(MOST_BYTES)
        except (OSError, HTTPException) as error:
            self.close()
            raise NoAnswer(told(error)) from error
        if response.will_close:
            self.close()
        wait = response.headers.get("Retry-After") or response.headers.get("x-sib-ratelimit-reset")
        return Answer(response.status, read(text), int(wait) if wait and wait.isdigit() else None)

    def _connected(self) -> HTTPConnection:
        if self.connection is None:
            kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
            timeout = settings.LETTERS_TIMEOUT
            connection = kind(self.parts.hostname or "", self.parts.port, timeout=timeout)
            try:
                connection.connect()
            except OSError as error:
                raise NotReached(told(error)) from error
            self.connection = connection
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def __enter__(self) -> Api:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def read(text: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def told(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "Le prestataire ne répond pas."
    return f"{type(error).__name__}: {error}"[:250]
