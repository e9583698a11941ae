"""The trainings that come, those that are over, and what the page of one says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from resources_directory.sheets import facts, written
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.listing import Listing
from territories.pages.translations import in_language, said_in
from territories.plugins.contributions import Badge
from territories.territory import zone_of
from territories.words import moment_words, sentence

from .directory import shown_actors
from .models import TrainingPage

PAST_SHOWN = 10
FOR_PROFESSIONALS = Badge(gettext_lazy("Pour les professionnels"), "group")
FULL = Badge(gettext_lazy("Complet"), "alert", "warn")


def trainings_of(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    found = TrainingPage.objects.findable().in_territory(request.territory)
    found = found.prefetch_related("dates")
    listing = Listing(
        request,
        found.upcoming(now),
        ordering=[F("next_start").asc(nulls_last=True), "title", "pk"],
    )
    over = found.past(now).order_by("-last_start", "pk")[:PAST_SHOWN]
    items = listing.items
    past = in_language(over, get_language() or "") if listing.page.number == 1 else []
    for training in [*items, *past]:
        dress(training, now)
    return {"listing": listing, "past": past}


def dress(training: TrainingPage, now: datetime) -> None:
    """What a line says beside the words: when, and whether one may still come."""
    zone = zone_of(training.territory)
    to_come = [date for date in training.dates.all() if (date.end or date.start) >= now]
    known = to_come or list(training.dates.all())[-1:]
    words = [moment_words(date.start, date.end, zone, year=True) for date in known[:1]]
    training.when = sentence("".join(words))
    training.more_dates = max(len(to_come) - 1, 0)
    training.badges = [FOR_PROFESSIONALS, *badges(training)]


def badges(training: TrainingPage) -> list[Badge]:
    return [FULL] if training.is_full else []


def training_sheet(page: TrainingPage) -> dict[str, Any]:
    record = page.record
    now = timezone.now()
    dates = list(record.dates.all())
    is_over = bool(dates) and all((date.end or date.start) < now for date in dates)
    giver = shown_actors([record.giver_id]).get(record.giver_id)
    return {
        "giver": giver,
        "is_over": is_over,
        "badges": [FOR_PROFESSIONALS, *badges(record)],
        "is_open": not is_over and not record.is_full,
        "facts": training_facts(page, record, dates),
    }


def training_facts(page: TrainingPage, record: TrainingPage, dates: list) -> list[dict]:
    zone = zone_of(record.territory)
    moments = [sentence(moment_words(date.start, date.end, zone, year=True)) for date in dates]
    return facts(
        [
            ("group", _("Pour quels professionnels"), [written(page, page.audience)]),
            ("calendar", _("Dates"), [*moments, written(page, page.dates_text)]),
            ("pin", _("Lieu"), [said_in(record.place, SOURCE_LANGUAGE)]),
            ("person", _("Places"), [seats_words(record)]),
            ("euro", _("Prix"), [written(page, page.cost)]),
            ("pencil", _("Inscription"), [written(page, page.registration)]),
        ]
    )


def seats_words(record: TrainingPage) -> str:
    if record.seats is None:
        return ""
    if record.is_full:
        return _("Complet")
    words = ngettext("%(count)d place libre", "%(count)d places libres", record.seats)
    return words % {"count": record.seats}
