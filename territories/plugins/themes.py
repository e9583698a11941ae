"""The theme that a page wears: of a plugin that its territory has open.

The national portal wears none. Which territory a template is drawn for, the loader learns from the
request being answered, which `HostMiddleware` names; outside of one (a letter sent by the worker, a
command) nothing is worn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.template import Origin
from django.template.loaders import cached

from .contributions import Theme
from .registry import contributed, contributions

if TYPE_CHECKING:
    from django.http import HttpRequest

    from territories.models import Territory

_answered: ContextVar[HttpRequest | None] = ContextVar("request being answered", default=None)


def theme_of(territory: Territory | None) -> Theme | None:
    """The first one when several are open: the form of the territory refuses a second."""
    if territory is None or not contributions("THEMES"):
        return None
    return next(contributed("THEMES", territory), None)


def is_theme(label: str) -> bool:
    return label in {plugin for plugin, _theme in contributions("THEMES")}


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Templates are those of `request.territory`, also when a preview changes it on the way."""
    token = _answered.set(request)
    try:
        yield
    finally:
        _answered.reset(token)


def worn() -> Theme | None:
    request = _answered.get()
    try:
        return theme_of(request.territory) if request else None
    except DatabaseError:
        # The page that says so needs a template too.
        return None


class Loader(cached.Loader):
    """Django's cached loader, which looks in the folder of the worn theme first.

    Each theme has its own entries in the cache: what one territory wears, no other is shown.
    """

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        theme = worn()
        if theme and theme.templates and template_name.endswith(".html"):
            for found in super().get_template_sources(f"{theme.templates}/{template_name}"):
                # Under the name it takes, a template may extend the one whose place it takes.
                yield Origin(found.name, template_name, found.loader)
        yield from super().get_template_sources(template_name)

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        key = super().cache_key(template_name, skip)
        theme = worn()
        return f"{theme.templates}:{key}" if theme else key
