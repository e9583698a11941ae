from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from territories.audit import actions


def practice_in_the_history(registry: LogActionRegistry) -> None:
    sentences = {
        "labelling.sheet": (
            _("Écrire une fiche action"),
            _("Fiche action écrite d’après le bilan du label n° %(number)s"),
        ),
        "labelling.facts": (
            _("Reprendre les chiffres d’un bilan"),
            _("Chiffres repris du bilan du label n° %(number)s"),
        ),
        "labelling.reuse": (
            _("Reprendre une fiche action"),
            _("Repris de la fiche « %(sheet)s » (%(origin)s)"),
        ),
    }
    actions.register(registry, sentences)
