"""Giving and withdrawing the label: the rules of the grid, and the number it bears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from territories.plugins.marks import marks_changed

from .models import CriteriaGrid, Criterion, CriterionKind, Label, LabelCheck

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from agenda.models import EventPage
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
) -> Label:
    """Give the label to a record. Raises ValidationError, naming what is missing, in French.

    All mandatory criteria must be met; optional ones are kept beside them. The label lasts as long
    as the event: until the day of its last occurrence.
    """
    page = page.record
    criteria = list(criteria)
    if page.territory is None:
        raise ValidationError(_("Seul un rendez-vous d’un territoire peut recevoir le label."))
    check_criteria(grid, criteria)
    on = granted_on or timezone.localdate()
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                # One at a time: two people must not both label the same event.
                Page.objects.select_for_update().get(pk=page.pk)
                if Label.objects.active(on).filter(page=page).exists():
                    raise ValidationError(_("Ce rendez-vous a déjà un label en cours."))
                label = Label.objects.create(
                    number=next_number(page.territory, on),
                    territory=page.territory,
                    page=page,
                    grid=grid,
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
        marks_changed.send(Label, pages=[page.pk])
        return label
    raise ValidationError(_("Le numéro n’a pas pu être réservé. Recommencez dans un instant."))


def withdraw_label(*, label: Label, reasons: str, on: date | None = None) -> None:
    """Take the label back, for a reason that is kept."""
    if not reasons.strip():
        raise ValidationError(_("Dites pourquoi le label est retiré."))
    label.withdrawn_on = on or timezone.localdate()
    label.withdrawal_reasons = reasons
    label.save(update_fields=["withdrawn_on", "withdrawal_reasons"])
    marks_changed.send(Label, pages=[label.page_id])


def check_criteria(grid: CriteriaGrid, criteria: Iterable[Criterion]) -> None:
    if grid is None or grid.published_on is None:
        raise ValidationError(_("Cette grille n’est pas encore publiée."))
    met = {criterion.pk for criterion in criteria}
    known = {criterion.pk: criterion for criterion in grid.criteria.all()}
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
    initials = "".join(word[0] for word in territory.slug.split("-")).upper()
    prefix = f"{initials}-{on.year}-"
    taken = Label.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    ranks = [int(rank) for number in taken if (rank := number.removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(ranks, default=0) + 1:03d}"


def last_day(page: EventPage) -> date | None:
    """The day of the event's last occurrence; None while it has none, or goes on without end."""
    if page.dates.exclude(repeat="").filter(until=None).exists():
        return None
    last = page.occurrences.order_by("-over_at").values_list("over_at", flat=True).first()
    return timezone.localtime(last, page.territory.zone).date() if last else None
