"""Labels and their reports, written as rows: the real code would take minutes for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from labelling.models import CriteriaGrid, Criterion, Label, LabelCheck, Moment, Report, Subject
from territories.models import PluginSwitch, Territory

# SQLite counts the values of one statement.
BATCH = 200


def write_territories(number: int, *, like: Territory, slug: str = "un") -> list[Territory]:
    """Without pages nor groups, on the site of another one's home, with the plugins it has."""
    switches = list(PluginSwitch.objects.filter(territory=like, is_on=True))
    made = []
    for rank in range(number):
        host = f"{slug}-{rank}.localhost"
        site = Site.objects.create(hostname=host, port=80, root_page=like.site.root_page)
        name = f"{slug.title()} {rank}"
        made.append(Territory.objects.create(site=site, name=name, slug=f"{slug}-{rank}"))
    PluginSwitch.objects.bulk_create(
        PluginSwitch(territory=one, plugin=switch.plugin, is_on=True)
        for one in made
        for switch in switches
    )
    return made


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
