"""Giving and withdrawing the label: the rules of the grid, and the number it bears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from labelling.grids.adopting import criteria_for
from labelling.models import Application, CriteriaGrid, Criterion, CriterionKind, Label, LabelCheck
from labelling.reports.expecting import expect_reports
from territories.plugins.marks import marks_changed

from .bearers import subject_of
from .public import is_number
from .term import term_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

ATTEMPTS = 10
GRANT = "labelling.grant"


def grant_label(
    *,
    page: Page,
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

    All mandatory criteria must be met; optional ones are kept beside them. How long it lasts is
    said by `term_of`. `number`: only for a label that has one. `renews`: the former label of the
    same record, by default the one that the application asks to renew; the new one starts the day
    after it ends.
    """
    criteria = list(criteria)
    subject = subject_of(page)
    if subject is None or page.territory is None:
        raise ValidationError(
            _("Seuls un rendez-vous, une action ou un lieu d’un territoire reçoivent le label.")
        )
    page = page.record
    renews = renews or (application and application.renews)
    if renews is not None and renews.page_id != page.pk:
        raise ValidationError(_("Le label à renouveler a été donné à autre chose."))
    check_criteria(grid, criteria, territory=page.territory)
    if number and not is_number(number):
        raise ValidationError(_("Un numéro de label s’écrit comme GM-2026-001."))
    if number and Label.objects.filter(number=number).exists():
        raise ValidationError(_("Le numéro %(number)s est déjà pris.") % {"number": number})
    on = granted_on or timezone.localdate()
    starts_on = start_of(renews, on)
    expires_on = term_of(page, starts_on)
    if expires_on < starts_on:
        raise ValidationError(_("C’est déjà fini : le label ne peut plus être donné."))
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                # One at a time: two people must not both label the same record.
                Page.objects.select_for_update().get(pk=page.pk)
                if Label.objects.standing(starts_on).filter(page=page).exists():
                    raise ValidationError(_("Il y a déjà un label en cours ici."))
                label = Label.objects.create(
                    number=number or next_number(page.territory, on),
                    territory=page.territory,
                    page=page,
                    subject=subject,
                    grid=grid,
                    application=application,
                    renews=renews,
                    granted_by=granted_by,
                    granted_on=on,
                    starts_on=starts_on,
                    expires_on=expires_on,
                    reasons=reasons,
                )
                LabelCheck.objects.bulk_create(
                    LabelCheck(label=label, criterion=criterion) for criterion in criteria
                )
        except IntegrityError:
            continue  # another record took the number a moment ago
        log(page, GRANT, user=granted_by, data={"number": label.number})
        marks_changed.send(Label, pages=[page.pk])
        expect_reports(label=label)
        return label
    raise ValidationError(_("Le numéro n’a pas pu être réservé. Recommencez dans un instant."))


def start_of(renews: Label | None, on: date) -> date:
    """When a label granted on that day starts: at once, or when the one it renews has ended."""
    if renews is None or renews.withdrawn_on is not None:
        return on
    return max(on, renews.expires_on + timedelta(days=1))


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


def withdraw_what_left(*, branch: Page) -> None:
    """After a move: a territory answers for the labels of its own pages, and for no others."""
    standing = Label.objects.standing().filter(page__path__startswith=branch.path)
    for label in standing.select_related("page"):
        if label.page.specific.territory_id != label.territory_id:
            reasons = _("La page est passée dans un autre territoire.")
            withdraw_label(label=label, reasons=reasons)


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
    labels = Label.objects.filter(number__startswith=prefix)
    # A label goes with its page when that is deleted; its number stays on posters, and is its own.
    given = PageLogEntry.objects.filter(action=GRANT, data__number__startswith=prefix)
    taken = [
        *labels.values_list("number", flat=True),
        *given.values_list("data__number", flat=True),
    ]
    ranks = [int(rank) for number in taken if (rank := number.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(ranks, default=0) + 1:03d}"
