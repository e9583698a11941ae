"""What lists ask of the marks and facets that plugins put on a page type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model
from django.db.models.expressions import OrderBy
from django.dispatch import Signal

from .contributions import Facet, Mark
from .registry import contributed

if TYPE_CHECKING:
    from wagtail.models import Page

    from territories.models import Territory

# Sent by a plugin when it gives or takes a mark, with `pages`: primary keys of the marked records.
# What keeps a copy of a mark's facts (the search documents) reads them again.
marks_changed = Signal()


def marks_of(model: type[Model], territory: Territory | None) -> list[Mark]:
    return [mark for mark in contributed("MARKS", territory) if mark.on == model._meta.label]


def marked_first(
    model: type[Model], territory: Territory | None, path: str = "pk"
) -> list[OrderBy]:
    """Order-by terms that put marked rows first; to be used before a list is paginated."""
    return [
        mark.first(path).desc() for mark in marks_of(model, territory) if mark.first is not None
    ]


def badge_pages(pages: Iterable[Page], territory: Territory | None) -> None:
    """Give each page its `.badges`: one query a mark for a whole list."""
    pages = list(pages)
    for page in pages:
        page.badges = []
    if not pages:
        return
    for mark in marks_of(type(pages[0]), territory):
        badges = mark.badges([page.pk for page in pages])
        for page in pages:
            if page.pk in badges:
                page.badges.append(badges[page.pk])


def facets_of(model: type[Model], territory: Territory | None) -> list[Facet]:
    """The facets of a page type's list: plugins' own and those of the marks it bears."""
    found = [facet for facet in contributed("FACETS", territory) if facet.on == model._meta.label]
    found += [mark.facet for mark in marks_of(model, territory) if mark.facet is not None]
    return sorted(found, key=lambda facet: facet.order)
