"""The addresses of the admin, from Django's resolver."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

ADMIN = ("admin/", "documents/admin")


def patterns(resolver=None, route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of each address of the admin; the route where there is no name."""
    for found in (resolver or get_resolver()).url_patterns:
        there = route + str(found.pattern)
        if isinstance(found, URLResolver):
            deeper = f"{space}{found.namespace}:" if found.namespace else space
            yield from patterns(found, there, deeper)
        elif there.startswith(ADMIN):
            yield (space + found.name if found.name else there), there
