"""How the journal says what is done to grids."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from territories.audit import actions

SENTENCES = {
    "labelling.adopt": (
        _("Choisir une version de la grille"),
        _("Grille du label : version %(version)s choisie (avant : %(before)s)"),
    ),
    "labelling.add_criterion": (
        _("Ajouter un critère du label"),
        _("Critère du label ajouté : %(name)s"),
    ),
    "labelling.change_criterion": (
        _("Changer un critère du label"),
        _("Critère du label changé : %(name)s"),
    ),
    "labelling.remove_criterion": (
        _("Supprimer un critère du label"),
        _("Critère du label supprimé : %(name)s"),
    ),
    "labelling.import_grid": (
        _("Importer une grille du label"),
        _("Grille du label importée : version %(version)s"),
    ),
    "labelling.translate_grid": (
        _("Traduire une grille du label"),
        _("Grille du label, version %(version)s : mots changés en %(language)s"),
    ),
}


def register(registry: LogActionRegistry) -> None:
    actions.register(registry, SENTENCES)
