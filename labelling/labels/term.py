"""How long a label lasts: the time of an event, a year at most for an action or a place."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from agenda.dates.occurrences import HORIZON
from agenda.models import EventPage, Repeat
from cooperation.models import ActionPage
from labelling.models import Label, Subject

from .bearers import subject_of


def term_of(page: Page, starts_on: date) -> date:
    """The last day of a label that starts on that day.

    An event: the day of its last occurrence; a year where it has no end. An action: its last
    day, a year at most. A place: a year.
    """
    page, year = page.record, a_year_from(starts_on)
    subject = subject_of(page)
    if subject == Subject.EVENT:
        return last_day(page) or year
    if subject == Subject.ACTION:
        return min(end_of_action(page) or year, year)
    return year


def a_year_from(day: date) -> date:
    """The eve of the same day a year later: a year is 365 days, or 366."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:  # the 29th of February
        return date(day.year + 1, 2, 28)


def end_of_action(page: EventPage | ActionPage) -> date | None:
    if isinstance(page, ActionPage):
        return page.ends_on
    # An action of the agenda is over with its last session where it says no last day.
    return page.runs_until or last_day(page)


def last_day(page: EventPage) -> date | None:
    """The day of the event's last occurrence; None while it has none, or goes on without end."""
    repeating = page.dates.exclude(repeat__in=[Repeat.ONCE, Repeat.LIST])
    if repeating.filter(until=None).exists():
        last = page.ends_by
        if last is None:
            return None
    else:
        last = repeating.aggregate(last=Max("until"))["last"]
        last = min(last, page.ends_by or last) if last else None
    if last and last > timezone.localdate() + HORIZON:
        return last
    over_at = page.occurrences.aggregate(last=Max("over_at"))["last"]
    # An event without a known end is over at midnight: the day before is still its day.
    return over_at and timezone.localdate(over_at - timedelta(microseconds=1), page.zone)


def follow_the_dates(*, page: Page) -> None:
    """Bring the term of the labels in line with the dates of what bears them.

    An expired label stays expired; one that is renewed ends at the latest the day before the
    next one starts.
    """
    labels = Label.objects.standing().filter(page=page).order_by("-starts_on")
    latest = date.max
    for label in labels:
        label.expires_on = max(label.starts_on, min(term_of(page, label.starts_on), latest))
        latest = label.starts_on - timedelta(days=1)
        label.save(update_fields=["expires_on"])
