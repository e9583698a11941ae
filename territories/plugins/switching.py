"""Switching a plugin on and off in a territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from .models import PluginSwitch
from .registry import contributions, plugins, requirements

if TYPE_CHECKING:
    from territories.models import Territory

# Sent after a switch has changed, with `territory`, `plugin` and `is_on`.
plugin_switched = Signal()


class PluginRefused(ValueError):
    """A plugin cannot be opened or closed; the message says why, in French."""


class UnknownPlugin(PluginRefused):
    """The label names no installed plugin; the message says which ones there are."""


class AddressTaken(PluginRefused):
    """Somebody's page stands where a plugin is to put its own; the message names both."""


@transaction.atomic
def switch_on(*, territory: Territory, plugin: str) -> None:
    """Open a plugin and those it requires: their setup steps and grants. Safe to run twice.

    What stands on them and was hidden comes back, with its grants.
    """
    from territories.tenancy.rights import put_right

    opened = open_plugin(territory=territory, plugin=plugin)
    put_right(territory)
    for label in opened:
        _record(territory, "plugins.open", label)


def open_plugin(*, territory: Territory, plugin: str) -> list[str]:
    """As `switch_on`, for whoever puts the rights right once for several plugins, and says itself
    in the journal what it did. Returns the labels of those that were closed."""
    check_installed(plugin)
    needed = requirements(plugin)
    opened = []
    for label in (label for label in plugins() if label in needed):
        if _set(territory, label, True):
            opened.append(label)
        run_setup_steps(plugin=label, territory=territory)
    return opened


@transaction.atomic
def switch_off(*, territory: Territory, plugin: str) -> None:
    """Close a plugin. Nothing is deleted; what stands on it is hidden with it.

    The roles lose what the plugins that no longer work had granted them, in this territory only.
    """
    from territories.tenancy.rights import put_right

    check_installed(plugin)
    changed = _set(territory, plugin, False)
    put_right(territory)
    if changed:
        _record(territory, "plugins.close", plugin)


def check_installed(plugin: str) -> None:
    if plugin not in plugins():
        raise UnknownPlugin(
            _("« %(plugin)s » n’est pas un module installé. Modules : %(known)s.")
            % {"plugin": plugin, "known": ", ".join(plugins())}
        )


def run_setup_steps(*, plugin: str, territory: Territory | None) -> None:
    """Run the setup steps of a plugin (or of the ground) for a territory; None: the portal."""
    from territories.pages.homes import homes_of

    homes = homes_of(territory)
    for label, step in contributions("SETUP_STEPS"):
        if label == plugin and (territory is not None or step.on_portal):
            step.run(territory, homes)


def _record(territory: Territory, action: str, plugin: str) -> None:
    from territories.audit.recording import record

    name = str(plugins()[plugin].verbose_name)
    record(territory=territory, action=action, user=None, plugin=name)


def _set(territory: Territory, plugin: str, is_on: bool) -> bool:
    """Returns whether it was otherwise before."""
    switch, created = PluginSwitch.objects.get_or_create(
        territory=territory, plugin=plugin, defaults={"is_on": is_on}
    )
    # Even when nothing changes here: another process may have switched since they were read.
    territory.forget_switches()
    if not created and switch.is_on == is_on:
        return False
    switch.is_on = is_on
    switch.save()
    plugin_switched.send(PluginSwitch, territory=territory, plugin=plugin, is_on=is_on)
    return True
