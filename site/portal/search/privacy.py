from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Retention

from .insight.forgetting import MONTHS_KEPT

RETENTIONS = [
    Retention(
        what=_("Les mots cherchés sans trouver : ni votre nom, ni votre adresse Internet, ni "
               "l’heure. Rares, ils restent illisibles, même pour nous"),
        why=_("Pour savoir ce qui manque au site"),
        how_long=format_lazy(_("{months} mois"), months=MONTHS_KEPT),
        order=48,
    ),
    Retention(
        what=_("Les recherches dont vous voulez connaître les nouveautés, et votre adresse "
               "e-mail"),
        why=_("Pour vous prévenir, une fois par semaine au plus"),
        how_long=_("Jusqu’à ce que vous arrêtiez l’alerte, d’un seul geste"),
        order=49,
    ),
]  # fmt: skip
