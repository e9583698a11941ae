"""What goes: who filled a report in, after a time; everything, with its territory."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.models import Report
from territories.models import Territory
from territories.plugins.contributions import Retention

from .photos import forget_photos

MONTHS_KEPT = 24

RETENTIONS = [
    Retention(
        what=_("Le nom de la personne qui a rempli un bilan"),
        why=_("Pour la rappeler si un chiffre étonne"),
        how_long=_("24 mois après le bilan ; les nombres restent"),
        order=48,
    ),
    Retention(
        what=_("Les photos envoyées avec un bilan"),
        why=_("Pour illustrer, avec l’accord des personnes, une fiche pratique"),
        how_long=_("24 mois après le bilan"),
        order=49,
    ),
]


def forget_who_reported() -> None:
    """The job: names and pictures go, the figures stay."""
    old = Report.objects.filter(saved_at__lt=timezone.now() - relativedelta(months=MONTHS_KEPT))
    for report in old.filter(photos__isnull=False).distinct():
        forget_photos(report=report)
    old.exclude(signed="", user=None).update(signed="", user=None)


@transaction.atomic
def erase_reports(territory: Territory) -> int:
    reports = Report.objects.filter(territory=territory)
    for report in reports.filter(photos__isnull=False).distinct():
        forget_photos(report=report)
    number = reports.count()
    reports.delete()
    return number
