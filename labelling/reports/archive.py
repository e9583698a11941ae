"""Reports travel with their label, without who filled them in and without their photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from labelling.labels.archive import key_of
from labelling.models import INDICATORS, Label, Report
from labelling.models.reports import HELD, WORDS
from territories.models import Territory
from territories.plugins.contributions import Part

from .forgetting import erase_reports
from .standing import settle

ORDER = ("label__number", "happened_on", "moment", "pk")
MOMENTS = ("received_at", "saved_at")
PERSONAL = ("signed",)
AS_IT_IS = (*INDICATORS, *WORDS, "moment", "confirmed", "reminders", *PERSONAL)


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = Report.objects.filter(territory=territory).select_related("label__grid")
    for report in found.prefetch_related("label__criteria").order_by(*ORDER):
        held, grid = report.criteria_held, report.label.grid
        yield {
            "identity": str(report.identity),
            "label": report.label.number,
            "due_on": report.due_on.isoformat(),
            "happened_on": report.happened_on and report.happened_on.isoformat(),
            **{name: at and at.isoformat() for name in MOMENTS for at in [getattr(report, name)]},
            HELD: held
            and [key_of(one, grid) for one in report.label.criteria.all() if one.pk in held],
            **{name: getattr(report, name) for name in AS_IT_IS},
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out the reports of labels that are not there, and those that are: an awaited one,
    made again with its label, takes what was said."""
    labels: dict[int, Label] = {}
    for row in rows:
        label = Label.objects.filter(territory=territory, number=row["label"]).first()
        day = row["happened_on"] and date.fromisoformat(row["happened_on"])
        if label is None:
            continue
        report = Report.objects.filter(label=label, moment=row["moment"], happened_on=day).first()
        if report is not None and report.saved_at:
            continue
        report = report or Report(label=label, territory=territory, happened_on=day)
        known = {tuple(key_of(one, label.grid)): one.pk for one in label.criteria.all()}
        if not Report.objects.filter(identity=row["identity"]).exists():
            report.identity = row["identity"]
        report.due_on = date.fromisoformat(row["due_on"])
        for name in MOMENTS:
            setattr(report, name, row[name] and datetime.fromisoformat(row[name]))
        for name in AS_IT_IS:
            setattr(report, name, row[name])
        held = row[HELD]
        report.criteria_held = held and [known[key] for key in map(tuple, held) if key in known]
        report.save()
        labels[label.pk] = label
    for label in labels.values():
        settle(label=label)


PARTS = [Part("reports", export, restore, erase_reports, personal=PERSONAL)]
