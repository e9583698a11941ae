"""What the house does beside Wagtail's own actions, and how the journal says it.

A plugin hands its own to `register` in Wagtail's hook: `labelling/wagtail_hooks.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

# Code: label (in filters), sentence. The sentence may name what `record` was given: %(plugin)s.
ACTIONS = {
    "territories.create": (_("Créer un territoire"), _("Territoire créé")),
    "territories.settings": (_("Changer les réglages"), _("Réglages changés : %(fields)s")),
    "territories.close": (_("Mettre un territoire hors ligne"), _("Territoire mis hors ligne")),
    "territories.reopen": (_("Remettre un territoire en ligne"), _("Territoire remis en ligne")),
    "territories.export": (_("Exporter un territoire"), _("Territoire exporté")),
    "territories.import": (_("Importer un territoire"), _("Territoire importé")),
    "territories.clone": (_("Copier un territoire"), _("Territoire copié de %(source)s")),
    "plugins.open": (_("Ouvrir un module"), _("Module ouvert : %(plugin)s")),
    "plugins.close": (_("Fermer un module"), _("Module fermé : %(plugin)s")),
    "people.invite": (_("Inviter"), _("Invitation envoyée à %(email)s (%(role)s)")),
    "people.withdraw": (_("Annuler une invitation"), _("Invitation annulée : %(email)s")),
    "people.join": (_("Accepter une invitation"), _("Invitation acceptée (%(role)s)")),
    "people.give_role": (_("Donner un rôle"), _("Rôle donné : %(role)s")),
    "people.take_role": (_("Retirer un rôle"), _("Rôle retiré : %(role)s")),
    "people.remove": (_("Retirer une personne"), _("Personne retirée du territoire")),
    "people.hand_over": (_("Passer le relais"), _("Relais passé à %(successor)s")),
    "people.second_factor": (
        _("Changer la double authentification"),
        _("Double authentification : %(state)s"),
    ),
    "proposals.offer": (_("Proposer un changement"), _("Changement proposé par %(who)s")),
    "proposals.apply": (
        _("Reprendre une proposition"),
        _("Proposition de %(who)s reprise : %(fields)s"),
    ),
    "proposals.refuse": (
        _("Refuser une proposition"),
        _("Proposition de %(who)s refusée : %(reason)s"),
    ),
    "proposals.withdraw": (_("Retirer une proposition"), _("Proposition retirée")),
    "contact.receive": (
        pgettext_lazy("d’une personne", "Recevoir un message"),
        pgettext_lazy("d’une personne", "Message reçu : %(subject)s"),
    ),
    "contact.answer": (
        _("Répondre à un message"),
        _("Message marqué comme répondu : %(subject)s"),
    ),
    "contact.reopen": (
        _("Rouvrir un message"),
        _("Message à répondre de nouveau : %(subject)s"),
    ),
    "contact.delete": (_("Supprimer un message"), _("Message supprimé : %(subject)s")),
    "links.send": (_("Envoyer un lien"), _("Lien envoyé à %(email)s")),
}


class Sentence(LogFormatter):
    def format_message(self, log_entry: Any) -> str:
        given = {name: str(value) for name, value in log_entry.data.items()}
        return str(self.message) % defaultdict(lambda: "…", given)


def register(actions: LogActionRegistry, sentences: Mapping[str, tuple[Any, Any]]) -> None:
    """`sentences`: label and sentence by code, as in `ACTIONS`."""
    for code, (label, message) in sentences.items():
        formatter = type("Formatter", (Sentence,), {"label": label, "message": message})
        actions.register_action(code)(formatter)
