"""What the installed plugins contribute, and what a territory has of it.

A plugin never writes "if enabled": whoever asks here gets only what is switched on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

from .config import PluginConfig
from .contributions import KINDS

if TYPE_CHECKING:
    from territories.models import Territory

# The ground contributes like a plugin (its pages can be found, its setup runs), and is never off.
# So does any other app whose AppConfig says `contributes = True`: a room of the portal.
GROUND = "territories"


class Contribution(NamedTuple):
    plugin: str
    item: Any


@cache
def plugins() -> dict[str, PluginConfig]:
    """The installed plugins by label, required ones before those that require them."""
    installed = {
        config.label: config
        for config in apps.get_app_configs()
        if isinstance(config, PluginConfig)
    }
    ordered: dict[str, PluginConfig] = {}

    def place(label: str) -> None:
        if label in ordered or label not in installed:
            return
        for required in installed[label].requires:
            place(required)
        ordered[label] = installed[label]

    for label in sorted(installed):
        place(label)
    return ordered


@cache
def requirements(label: str) -> frozenset[str]:
    """The plugin itself and all it stands on, directly or not."""
    found = {label}
    for required in plugins()[label].requires:
        if required in plugins():
            found |= requirements(required)
    return frozenset(found)


def working(switched_on: set[str]) -> frozenset[str]:
    """Of the switched-on plugins, those whose requirements are switched on as well."""
    return frozenset(
        label for label in switched_on & plugins().keys() if requirements(label) <= switched_on
    )


def plugin_of(model: type) -> str:
    """The label of the plugin that a model belongs to, "" for the ground and the portal."""
    label = model._meta.app_label  # type: ignore[attr-defined]
    return label if label in plugins() else ""


@cache
def contributions(kind: str) -> tuple[Contribution, ...]:
    """All contributions of one kind (a key of `KINDS`), whoever has switched what.

    The ground's come first, then the plugins', then those of apps that say `contributes = True`.
    """
    rooms = [config for config in apps.get_app_configs() if getattr(config, "contributes", False)]
    return tuple(
        Contribution(config.label, item)
        for config in (apps.get_app_config(GROUND), *plugins().values(), *rooms)
        for item in _read(config, kind)
    )


def works_in(plugin: str, territory: Territory | None) -> bool:
    """Whether the plugin is open there; the ground, other apps and the portal close nothing."""
    return territory is None or plugin not in plugins() or plugin in territory.enabled_plugins


def contributed(kind: str, territory: Territory | None) -> Iterator[Any]:
    """The contributions of one kind that work in a territory; None: the portal has them all.

    Marks and facets are asked of `marks.py`, which on the portal looks at each page's territory.
    """
    for plugin, item in contributions(kind):
        if works_in(plugin, territory):
            yield item


def _read(config: AppConfig, kind: str) -> list[Any]:
    module_name, constant, item_type = KINDS[kind].module, KINDS[kind].constant, KINDS[kind].type
    path = f"{config.name}.{module_name}"
    if find_spec(path) is None:
        return []
    items = getattr(import_module(path), constant, ())
    for item in items:
        if not isinstance(item, item_type):
            raise ImproperlyConfigured(
                f"{path}.{constant} holds {item!r}, which is not a {item_type.__name__}."
            )
    return list(items)
