"""What lists ask of the marks and facets that plugins put on a page type.

The portal lists the pages of all territories, each of which opens and closes plugins for itself.
There a mark or a facet counts for the pages whose own territory has its plugin open, with all that
it requires, and for the portal's own: the condition stands inside the expressions of the list, so
that it costs no query, whatever the number of territories. Badges come from Python: `badge_pages`
reads the switches of the listed territories in one query for all marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.expressions import OrderBy
from django.dispatch import Signal

from .contributions import Facet, Mark
from .registry import contributions, plugin_of, plugins, requirements, works_in

if TYPE_CHECKING:
    from wagtail.models import Page

    from territories.models import Territory

# Sent by a plugin when it gives or takes a mark, with `pages`: primary keys of the marked records.
# What keeps a copy of a mark's facts (the search documents) reads them again.
marks_changed = Signal()


def marks_of(model: type[Model], territory: Territory | None) -> list[Mark]:
    """The marks that a page type bears; their badges are asked through `badge_pages`."""
    found = [
        (plugin, mark)
        for plugin, mark in contributions("MARKS")
        if mark.on == model._meta.label and works_in(plugin, territory)
    ]
    if territory is not None:
        return [mark for _plugin, mark in found]
    return [_mark_where_open(model, plugin, mark) for plugin, mark in found]


def marked_first(
    model: type[Model], territory: Territory | None, path: str = "pk"
) -> list[OrderBy]:
    """Order-by terms that put marked rows first; to be used before a list is paginated."""
    return [
        mark.first(path).desc() for mark in marks_of(model, territory) if mark.first is not None
    ]


def badge_pages(pages: Iterable[Page], territory: Territory | None) -> None:
    """Give each page its `.badges`: one query a mark for a whole list, on the portal one more."""
    pages = list(pages)
    for page in pages:
        page.badges = []
    if not pages:
        return
    on = type(pages[0])._meta.label
    found = [(plugin, mark) for plugin, mark in contributions("MARKS") if mark.on == on]
    if found and territory is None:
        prefetch_related_objects(pages, "territory__switches")
    for plugin, mark in found:
        bearers = [page for page in pages if works_in(plugin, territory or page.territory)]
        badges = mark.badges([page.pk for page in bearers]) if bearers else {}
        for page in bearers:
            if page.pk in badges:
                page.badges.append(badges[page.pk])


def facets_of(model: type[Model], territory: Territory | None) -> list[Facet]:
    """The facets of a page type's list: plugins' own and those of the marks it bears."""
    found = [
        _facet_where_open(model, plugin, facet) if territory is None else facet
        for plugin, facet in contributions("FACETS")
        if facet.on == model._meta.label and works_in(plugin, territory)
    ]
    found += [mark.facet for mark in marks_of(model, territory) if mark.facet is not None]
    return sorted(found, key=lambda facet: facet.order)


def _where_open(model: type[Model], plugin: str) -> Q | None:
    """The pages whose territory has the plugin open; None when a list holds no others.

    A list has left out the pages whose own plugin is closed, and with it what that one requires.
    """
    own = plugin_of(model)
    if plugin not in plugins() or (own and requirements(plugin) <= requirements(own)):
        return None
    having = apps.get_model("territories", "Territory").objects.with_plugin(plugin)
    return Q(territory=None) | Q(territory__in=having)


def _mark_where_open(model: type[Model], plugin: str, mark: Mark) -> Mark:
    is_open = _where_open(model, plugin)
    if is_open is None:
        return mark
    return replace(
        mark,
        first=mark.first and _first_where_open(mark.first, model._base_manager.filter(is_open)),
        facet=mark.facet and _facet_where_open(model, plugin, mark.facet),
    )


def _first_where_open(
    first: Callable[[str], Expression], pages: QuerySet
) -> Callable[[str], Expression]:
    def expression(path: str) -> Expression:
        both = Q(first(path)) & Q(Exists(pages.filter(pk=OuterRef(path))))
        return ExpressionWrapper(both, output_field=BooleanField())

    return expression


def _facet_where_open(model: type[Model], plugin: str, facet: Facet) -> Facet:
    is_open = _where_open(model, plugin)
    if is_open is None:
        return facet
    rows = facet.rows

    def narrow(queryset: QuerySet, values: Sequence[str]) -> QuerySet:
        narrowed = facet.narrow(queryset, values)
        # Given back as it was: no value was known, nothing is narrowed.
        return queryset if narrowed is queryset else narrowed.filter(is_open)

    return replace(
        facet,
        choices=lambda queryset: facet.choices(queryset.filter(is_open)),
        narrow=narrow,
        rows=rows and (lambda queryset: rows(queryset.filter(is_open))),
    )
