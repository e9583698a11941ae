"""The admin's own search, which Wagtail makes: always the database's, whatever answers the public
(SEARCH_URL), and deaf to signs at which a database raises."""

from __future__ import annotations

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.query import PlainText

# Quotes that are never closed, NUL, what no encoding writes.
DEAFENED = re.compile(r'["\x00-\x1f\x7f\ud800-\udfff]')


def SearchBackend(params: dict[str, Any]) -> Any:
    backend = database.SearchBackend(params)
    search = backend._search

    def search_quietly(compiler: type, query: Any, *arguments: Any, **options: Any) -> Any:
        return search(compiler, heard(query), *arguments, **options)

    backend._search = search_quietly
    return backend


def heard(query: Any) -> Any:
    if isinstance(query, str):
        return " ".join(DEAFENED.sub(" ", query).split())
    if isinstance(query, PlainText):
        text = heard(query.query_string)
        return PlainText(text, operator=query.operator, boost=query.boost) if text else ""
    return query
