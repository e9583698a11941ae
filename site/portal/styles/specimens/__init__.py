"""Which components the style page shows, and in which states: a file for each style sheet.

A test fails when a template of `components/` is drawn nowhere on the page: add it here.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .actions import actions
from .forms import forms
from .kinds import Section
from .lists import lists
from .sheets import sheets


def sections() -> list[Section]:
    return [
        Section("actions", _("Agir"), actions()),
        Section("listes", _("Parcourir"), lists()),
        Section("fiches", _("Lire"), sheets()),
        Section("formulaires", _("Remplir"), forms()),
    ]
