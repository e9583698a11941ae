"""What may be tried on any kind of object, and how an answer is read.

Each act is one method of a kind of object. It does what a browser would, with real requests to the
portal's host, then looks at what the answer shows or at what the database holds: True when it came
about, False when it did not, None when there is no such act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from .ground import Ground, Side

ACTS = (
    "list", "view", "choose", "create", "edit", "publish", "unpublish", "delete", "move", "copy",
    "API", "crafted",
)  # fmt: skip
# These change nothing.
READS = {"list", "view", "choose", "API"}
PORTAL = {"host": "localhost"}
# Where the views of Wagtail keep the rows that they show.
ROWS = ("object_list", "results", "pagination_page", "page_obj", "pages", "items", "logs")


class ServerError(Exception):
    """The address that answered with an error of the server."""


@dataclass
class Try:
    """One attempt: who asks, on whose thing, and what is the asker's own."""

    client: Client
    ground: Ground
    side: Side
    here: Side
    # What the client was answered already, where nothing that is tried changes it.
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        return self.side is self.here

    def get(self, name: str, *arguments, query: str = ""):
        return self._checked(self.client.get(f"{address(name, *arguments)}{query}", headers=PORTAL))

    def look(self, name: str, *arguments, query: str = ""):
        """A page that many attempts look at, each before it changes anything: asked for once."""
        asked = f"{address(name, *arguments)}{query}"
        if asked not in self.seen:
            self.seen[asked] = self.get(asked)
        return self.seen[asked]

    def post(self, name: str, *arguments, form: dict[str, Any], query: str = ""):
        return self._checked(
            self.client.post(f"{address(name, *arguments)}{query}", form, headers=PORTAL)
        )

    def put(self, name: str, *arguments, body: str):
        return self._checked(
            self.client.put(
                address(name, *arguments),
                body,
                content_type="application/x-www-form-urlencoded",
                headers=PORTAL,
            )
        )

    def _checked(self, response):
        # A refusal is an answer; an error of the server is not.
        if response.status_code >= 500:
            asked = response.request
            raise ServerError(f"{asked['REQUEST_METHOD']} {asked['PATH_INFO']}")
        return response


def address(name: str, *arguments) -> str:
    return name if name.startswith("/") else reverse(name, args=arguments)


def opens(response, thing: Model) -> bool:
    """Whether the answer is a page about the thing."""
    if response.status_code != 200 or response.context is None:
        return False
    named = (response.context.get(name) for name in ("object", "page", "instance", "image", "user"))
    return any(same(found, thing) for found in named)


def shows(response, thing: Model) -> bool:
    """Whether the answer is a list with the thing in it."""
    if response.status_code != 200 or response.context is None:
        return False
    return any(same(row, thing) for row in rows(response.context))


def rows(context) -> Iterator[Any]:
    for name in ROWS:
        found = context.get(name)
        if found is not None and hasattr(found, "__iter__"):
            yield from found


def same(found: Any, thing: Model) -> bool:
    found = getattr(found, "object_instance", found)
    if not isinstance(found, Model) or found.pk != thing.pk:
        return False
    return isinstance(found, type(thing)) or isinstance(thing, type(found))


class Kind:
    """`name`: what it is called in the table. `models`: the registered models that it answers for.

    `shared`: the same for all, so that another territory's makes no sense.
    """

    name: str = ""
    models: tuple[type[Model], ...] = ()
    shared = False
    printed = True

    def thing(self, side: Side) -> Any:
        return side.get(self.name)
