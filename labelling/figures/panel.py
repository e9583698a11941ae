"""On the admin's home: how many reports came this year, of how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.models import Report
from territories.plugins.contributions import Figure

from .selection import DAY, year_of


def reports_of_the_year(territories: Collection[int]) -> Mapping[int, int]:
    """Those that the totals of this year rest on."""
    year = year_of(timezone.localdate().year)
    found = Report.objects.standing().filter(territory__in=territories).order_by().alias(day=DAY)
    found = found.filter(day__range=(year.first, year.last))
    return dict(found.values_list("territory").annotate(number=Count("pk")))


FIGURE = Figure("reports", _("bilans reçus cette année"), reports_of_the_year, order=52)
