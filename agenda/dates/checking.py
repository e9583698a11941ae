"""What dates cannot be, in sentences that name the field."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.days import YEARS

from .occurrences import HORIZON
from .rules import MOST, on_the_wall, walls

if TYPE_CHECKING:
    from agenda.models import DateChange, EventDate, EventPage

# From 1 September to 31 August, and a leap day.
LONGEST_ACTION = 366
WEEK = timedelta(days=7)


def check_date(typed: EventDate) -> None:
    """Raise ValidationError for a date that cannot be. Days are read on the current clock."""
    errors = {}
    zone = timezone.get_current_timezone()
    if typed.start and typed.start.year not in YEARS:
        errors["start"] = _("Début : vérifiez l’année.")
    if typed.start and typed.end and ends_too_soon(typed, zone):
        errors["end"] = _("Fin : elle doit venir après le début.")
    elif typed.end and typed.end.year not in YEARS:
        errors["end"] = _("Fin : vérifiez l’année.")
    if typed.until and not typed.repeat:
        errors["repeat"] = _("Se répète : choisissez comment, ou videz la case « jusqu’au ».")
    elif typed.until and typed.start and typed.until < timezone.localdate(typed.start):
        errors["until"] = _("Jusqu’au : ce jour doit venir après le début.")
    if not errors and typed.start and typed.repeat:
        errors |= wrong_rule(typed, on_the_wall(typed.start, zone).date())
    if not errors and typed.start and repeats_too_often(typed, zone):
        errors["start"] = _(
            "Début : cette date se répéterait plus de %(most)s fois. Donnez un début plus proche."
        ) % {"most": MOST}
    if errors:
        raise ValidationError(errors)


def ends_too_soon(typed: EventDate, zone) -> bool:
    if typed.is_all_day:
        return on_the_wall(typed.end, zone).date() < on_the_wall(typed.start, zone).date()
    return typed.end <= typed.start


def wrong_rule(typed: EventDate, first: date) -> dict[str, str]:
    """A rule whose first day is not the one that was typed."""
    if typed.repeat == "weekly" and typed.weekdays and first.weekday() not in typed.weekdays:
        return {
            "weekdays": _("Quels jours : cochez aussi celui du début, ou changez le début."),
        }
    if typed.repeat == "monthly_last_weekday" and (first + WEEK).month == first.month:
        return {"start": _("Début : ce n’est pas le dernier de son mois. Choisissez le dernier.")}
    return {}


def repeats_too_often(typed: EventDate, zone) -> bool:
    horizon = max(timezone.now(), typed.start) + HORIZON
    return sum(1 for _wall in walls(typed, zone, horizon)) >= MOST


def check_change(change: DateChange) -> None:
    """Raise ValidationError for a change that says too little."""
    errors = {}
    if change.kind == "added":
        change.original = None
        if not change.start:
            errors["start"] = _("Nouveau début : donnez le jour et l’heure de cette date.")
    elif change.kind:
        if not change.original:
            errors["original"] = _("La date : choisissez celle qui change.")
        if change.kind == "moved" and not change.start:
            errors["start"] = _("Nouveau début : donnez le jour et l’heure.")
        if change.kind == "note" and not change.note:
            errors["note"] = _("Précision : écrivez-la en quelques mots.")
    for name, label in (("start", _("Nouveau début")), ("end", _("Nouvelle fin"))):
        moment = getattr(change, name)
        if moment and moment.year not in YEARS:
            errors[name] = _("%(label)s : vérifiez l’année.") % {"label": label}
    if change.start and change.end and change.end <= change.start:
        errors["end"] = _("Nouvelle fin : elle doit venir après le début.")
    if errors:
        raise ValidationError(errors)


def wrong_period(event: EventPage) -> dict[str, str]:
    """What is wrong in the first and last days of an action, by field."""
    if not event.is_action:
        return {}
    errors = {}
    if not event.runs_from:
        errors["runs_from"] = _("Premier jour de l’action : donnez-le.")
    if not event.runs_until:
        errors["runs_until"] = _("Dernier jour de l’action : donnez-le.")
    if errors:
        return errors
    if event.runs_from.year not in YEARS:
        return {"runs_from": _("Premier jour de l’action : vérifiez l’année.")}
    if event.runs_until < event.runs_from:
        return {"runs_until": _("Dernier jour de l’action : il doit venir après le premier.")}
    if (event.runs_until - event.runs_from).days >= LONGEST_ACTION:
        return {"runs_until": _("Dernier jour de l’action : elle dure un an au plus.")}
    return {}
