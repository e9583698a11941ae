from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Retention

from .models.registrations import MONTHS_KEPT

RETENTIONS = [
    Retention(
        _("Les inscriptions aux rendez-vous : votre prénom, de quoi vous prévenir, votre mot"),
        _("Pour préparer le rendez-vous, et vous dire s’il change"),
        format_lazy(_("{months} mois après le rendez-vous"), months=MONTHS_KEPT),
        order=46,
    ),
]  # fmt: skip
