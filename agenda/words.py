"""How a date repeats, as people say it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.words import day_words

EVERY = (
    gettext_lazy("tous les lundis"),
    gettext_lazy("tous les mardis"),
    gettext_lazy("tous les mercredis"),
    gettext_lazy("tous les jeudis"),
    gettext_lazy("tous les vendredis"),
    gettext_lazy("tous les samedis"),
    gettext_lazy("tous les dimanches"),
)
# How a date repeats, by `Occurrence.series`. Translators: %s is the name of a weekday.
SERIES = {
    "monthly_1": gettext_lazy("le premier %s du mois"),
    "monthly_2": gettext_lazy("le deuxième %s du mois"),
    "monthly_3": gettext_lazy("le troisième %s du mois"),
    "monthly_4": gettext_lazy("le quatrième %s du mois"),
    "monthly_-1": gettext_lazy("le dernier %s du mois"),
}


def series_words(series: str, day: date, until: date | None, today: date) -> str:
    """« tous les jeudis jusqu’au 17 juin », « le premier mardi du mois »; "" for no series.

    `day`: one of its days, which tells the weekday.
    """
    if not series:
        return ""
    if series in SERIES:
        words = str(SERIES[series]) % date_format(day, "l")
    else:
        words = str(EVERY[day.weekday()])
    if until is None:
        return words
    # A last day more than half a year away needs its year.
    year = (until - today).days > 183
    return _("%(repeat)s jusqu’au %(day)s") % {
        "repeat": words,
        "day": day_words(until, weekday=False, year=year),
    }
