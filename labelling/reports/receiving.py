"""Writing a report: saved as one goes, received, corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from labelling.models import INDICATORS, Label, Moment, Report
from territories.audit.recording import record

from .expecting import due_on
from .figures import Figures, check_figures
from .standing import settle

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CORRECTED_FOR = timedelta(days=30)


@transaction.atomic
def keep_report(
    *,
    report: Report,
    figures: Figures | None = None,
    sessions: Mapping[date, Figures] | None = None,
    words: Mapping[str, Any] | None = None,
    confirmed: Collection[str] = (),
    is_sent: bool = True,
    user: User | None = None,
) -> None:
    """Keep what was said of a label at one of its two dates; raises ValidationError, in French.

    `report`: that of the whole. `figures` are of the whole, `sessions` of single days: one of both,
    and the other is forgotten. Indicators that are left out stay as they are. `words`: values of
    its other fields. `is_sent`: otherwise it is saved and not received yet; a report that was
    received stays so, and is corrected.
    """
    if figures is not None and sessions is not None:
        raise ValidationError(_("Comptez séance par séance, ou en tout : jamais les deux."))
    # One at a time, for what stands is settled over all the reports of a label.
    label = Label.objects.select_for_update().get(pk=report.label_id)
    now = timezone.now()
    report.refresh_from_db()
    is_new = is_sent and report.received_at is None
    for name, value in (words or {}).items():
        setattr(report, name, value)
    report.confirmed = sorted(confirmed)
    of_days = label.reports.filter(moment=report.moment).exclude(happened_on=None)
    if figures is not None:
        of_days.delete()
        say(report, figures)
    elif sessions is not None:
        say(report, dict.fromkeys(INDICATORS))
        of_days.exclude(happened_on__in=sessions).delete()
        known = {row.happened_on: row for row in of_days}
        for day, said in sorted(sessions.items()):
            row = known.get(day) or row_of_day(report, day)
            # Asked once for all of them: each counts it as its own.
            row.criteria_held = report.criteria_held
            say(row, said)
            stamp(row, now=now, is_sent=is_sent, user=user)
    stamp(report, now=now, is_sent=is_sent, user=user)
    settle(label=label)
    if is_new:
        tell(report, user)


@transaction.atomic
def keep_session(
    *, report: Report, day: date, figures: Figures, words: Mapping[str, Any], user: User | None
) -> None:
    """Keep one session of an action beside those that are known; raises ValidationError where the
    whole was counted."""
    label = Label.objects.select_for_update().get(pk=report.label_id)
    report.refresh_from_db()
    if counts_the_whole(report):
        raise ValidationError(
            _("Ce label est déjà compté en tout : une séance serait comptée deux fois.")
        )
    now = timezone.now()
    row = label.reports.filter(moment=report.moment, happened_on=day).first()
    row = row or row_of_day(report, day)
    is_new = row.received_at is None
    say(row, figures)
    for name, value in words.items():
        setattr(row, name, value)
    stamp(row, now=now, is_sent=True, user=user)
    if report.received_at is None:
        stamp(report, now=now, is_sent=True, user=user)
    settle(label=label)
    if is_new:
        tell(row, user)


def whole_of(*, label: Label, moment: Moment) -> Report:
    """The report of the whole at one of its dates, expected now if it was not."""
    report, _made = Report.objects.get_or_create(
        label=label,
        moment=moment,
        happened_on=None,
        defaults={"territory": label.territory, "due_on": due_on(label, moment)},
    )
    return report


def counts_the_whole(report: Report) -> bool:
    return any(getattr(report, name) is not None for name in INDICATORS)


def sessions_of(report: Report) -> Sequence[Report]:
    """The sessions counted one by one at the date of a report of the whole, the first one first."""
    found = Report.objects.filter(label=report.label_id, moment=report.moment)
    return list(found.exclude(happened_on=None).order_by("happened_on"))


def may_be_corrected(report: Report) -> bool:
    return report.received_at is None or timezone.now() < report.received_at + CORRECTED_FOR


def row_of_day(report: Report, day: date) -> Report:
    return Report(
        label_id=report.label_id,
        territory_id=report.territory_id,
        moment=report.moment,
        due_on=report.due_on,
        happened_on=day,
    )


def say(row: Report, figures: Figures) -> None:
    for name, figure in figures.items():
        setattr(row, name, figure)
    check_figures({name: getattr(row, name) for name in INDICATORS}, row.moment)


def stamp(row: Report, *, now, is_sent: bool, user: User | None) -> None:
    row.saved_at, row.user = now, user or row.user
    if is_sent and row.received_at is None:
        row.received_at = now
    row.save()


def tell(report: Report, user: User | None) -> None:
    record(
        territory=report.territory,
        action="labelling.report",
        user=user,
        about=report,
        subject=report.label.number,
    )
