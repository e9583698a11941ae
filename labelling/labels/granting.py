"""Giving and withdrawing the label: the rules of the grid, and the number it bears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from agenda.dates.occurrences import HORIZON
from agenda.models import EventPage, Repeat
from labelling.grids.adopting import criteria_for
from labelling.models import Application, CriteriaGrid, Criterion, CriterionKind, Label, LabelCheck
from labelling.reports.expecting import expect_reports
from territories.plugins.marks import marks_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

ATTEMPTS = 10


def grant_label(
    *,
    page: EventPage,
    grid: CriteriaGrid,
    criteria: Iterable[Criterion],
    granted_by: User | None = None,
    granted_on: date | None = None,
    reasons: str = "",
    number: str = "",
    application: Application | None = None,
    renews: Label | None = None,
) -> Label:
    """Give the label to a record. Raises ValidationError, naming what is missing, in French.

    All mandatory criteria must be met; optional ones are kept beside them. The label lasts as long
    as the event: until the day of its last occurrence. `number`: only for a label that has one.
    """
    criteria = list(criteria)
    if not isinstance(page, EventPage) or page.territory is None:
        raise ValidationError(_("Seul un rendez-vous d’un territoire peut recevoir le label."))
    page = page.record
    check_criteria(grid, criteria, territory=page.territory)
    if number and Label.objects.filter(number=number).exists():
        raise ValidationError(_("Le numéro %(number)s est déjà pris.") % {"number": number})
    on = granted_on or timezone.localdate()
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                # One at a time: two people must not both label the same event.
                Page.objects.select_for_update().get(pk=page.pk)
                if Label.objects.active(on).filter(page=page).exists():
                    raise ValidationError(_("Ce rendez-vous a déjà un label en cours."))
                label = Label.objects.create(
                    number=number or next_number(page.territory, on),
                    territory=page.territory,
                    page=page,
                    grid=grid,
                    application=application,
                    renews=renews,
                    granted_by=granted_by,
                    granted_on=on,
                    expires_on=last_day(page),
                    reasons=reasons,
                )
                LabelCheck.objects.bulk_create(
                    LabelCheck(label=label, criterion=criterion) for criterion in criteria
                )
        except IntegrityError:
            continue  # another event took the number a moment ago
        log(page, "labelling.grant", user=granted_by, data={"number": label.number})
        marks_changed.send(Label, pages=[page.pk])
        expect_reports(label=label)
        return label
    raise ValidationError(_("Le numéro n’a pas pu être réservé. Recommencez dans un instant."))


def withdraw_label(
    *, label: Label, reasons: str, withdrawn_by: User | None = None, on: date | None = None
) -> None:
    """Take the label back, for a reason that is kept. Raises ValidationError without one."""
    if not reasons.strip():
        raise ValidationError(_("Dites pourquoi le label est retiré."))
    label.withdrawn_on = on or timezone.localdate()
    label.withdrawal_reasons = reasons
    label.save(update_fields=["withdrawn_on", "withdrawal_reasons"])
    log(label.page, "labelling.withdraw", user=withdrawn_by, data={"number": label.number})
    marks_changed.send(Label, pages=[label.page_id])
    expect_reports(label=label)


def check_criteria(
    grid: CriteriaGrid, criteria: Iterable[Criterion], *, territory: Territory
) -> None:
    """All that the shared grid demands is met; the rest is of it, or what the territory adds."""
    if grid is None or grid.published_on is None or grid.territory_id is not None:
        raise ValidationError(_("Cette grille n’est pas encore publiée."))
    met = {criterion.pk for criterion in criteria}
    known = {criterion.pk: criterion for criterion in criteria_for(territory, grid)}
    if not met <= known.keys():
        raise ValidationError(_("Un critère ne fait pas partie de cette grille."))
    missing = [
        criterion.name
        for pk, criterion in known.items()
        if criterion.kind == CriterionKind.MANDATORY and pk not in met
    ]
    if missing:
        raise ValidationError(
            _("Il manque un critère obligatoire : %(names)s.") % {"names": " ; ".join(missing)}
        )


def next_number(territory: Territory, on: date) -> str:
    """ "GM-2026-001": the territory's initials, the year, the rank in the year.

    Two territories with the same initials share one sequence, so that numbers stay unique.
    """
    initials = "".join(word[0] for word in territory.slug.split("-") if word).upper()
    prefix = f"{initials}-{on.year}-"
    taken = Label.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    ranks = [int(rank) for number in taken if (rank := number.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(ranks, default=0) + 1:03d}"


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


def follow_the_dates(*, page: EventPage) -> None:
    """Bring the term of a label in line with the event's dates. An expired label stays expired."""
    Label.objects.active().filter(page=page).update(expires_on=last_day(page))
