"""Labels and their reports, written as rows: the real code would take minutes for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from labelling.models import CriteriaGrid, Criterion, Label, LabelCheck, Moment, Report, Subject

# SQLite counts the values of one statement.
BATCH = 200


def write_labels(
    territory,
    pages: Sequence[Any],
    *,
    days: Sequence[date],
    optional: Sequence[Criterion] = (),
    subject: str = Subject.EVENT,
) -> list[Label]:
    """One a page, that ends on the day of the same rank; every second one has `optional` too."""
    grid = CriteriaGrid.objects.current()
    mandatory = list(grid.criteria.filter(kind="mandatory"))
    begun = Label.objects.filter(territory=territory).count()
    labels = Label.objects.bulk_create(
        (
            Label(
                number=f"{territory.slug}-{begun + rank}",
                territory=territory,
                page_id=page.pk,
                grid=grid,
                subject=subject,
                granted_on=day - timedelta(days=30),
                starts_on=day - timedelta(days=30),
                expires_on=day,
            )
            for rank, (page, day) in enumerate(zip(pages, days, strict=True))
        ),
        batch_size=BATCH,
    )
    LabelCheck.objects.bulk_create(
        (
            LabelCheck(label=label, criterion=criterion)
            for rank, label in enumerate(labels)
            for criterion in [*mandatory, *(optional if rank % 2 else ())]
        ),
        batch_size=BATCH,
    )
    return labels


def write_reports(labels: Iterable[Label], said: Iterable[Mapping[str, Any]]) -> list[Report]:
    """One a label, received unless `said` is None."""
    now = timezone.now()
    return Report.objects.bulk_create(
        (
            Report(
                label=label,
                territory_id=label.territory_id,
                due_on=label.expires_on + timedelta(days=7),
                received_at=None if one is None else now,
                stands=one is not None,
                **{"moment": Moment.JUST_AFTER, **(one or {})},
            )
            for label, one in zip(labels, said, strict=True)
        ),
        batch_size=BATCH,
    )
