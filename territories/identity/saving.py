"""Saving a territory's identity, its plugins and the line in the journal at one go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import override

from territories.audit.recording import record
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.registry import plugins
from territories.plugins.switching import switch_off, switch_on

if TYPE_CHECKING:
    from territories.models import Territory

    from .forms import IdentityForm


@transaction.atomic
def save_identity(*, form: IdentityForm, by: User) -> Territory:
    """Save a valid form: what was typed, then the plugins that it opens and closes."""
    territory = form.save()
    changed = [name for name in form.changed_data if name != "plugins"]
    if changed:
        with override(SOURCE_LANGUAGE):
            fields = ", ".join(str(capfirst(form.fields[name].label)) for name in changed)
        record(territory=territory, action="territories.settings", user=by, fields=fields)
    territory.forget_switches()
    switch_plugins(territory=territory, before=form.switched_on, asked=form.cleaned_data["plugins"])
    return territory


def switch_plugins(*, territory: Territory, before: set[str], asked: Iterable[str]) -> None:
    asked = set(asked)
    # What stands on others closes first, and opens last.
    for label in reversed(plugins()):
        if label in before - asked:
            switch_off(territory=territory, plugin=label)
    for label in plugins():
        if label in asked - before:
            switch_on(territory=territory, plugin=label)
