"""What an import of reports would do, line by line, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agenda.models import Occurrence
from labelling.models import INDICATORS, Label, LabelCheck, Report
from labelling.models.reports import HELD, WORDS
from labelling.reports import table
from labelling.reports.doubts import TIMES, doubts_about, doubts_about_words, expected_people
from labelling.reports.figures import Figures, impossible, name_of
from labelling.reports.receiving import counts_the_whole
from territories.importing.plan import Kind, Plan, Row
from territories.importing.records import Name
from territories.importing.texts import alike, clean
from territories.models import Territory
from territories.spreadsheets.tables import Line
from territories.territory import zone_of

from .cells import (
    Refusal,
    is_yes,
    read_day,
    read_figures,
    read_held,
    read_moment,
    read_texts,
)
from .reading import Reports

# Of fewer people than that, how many were expected is not looked up: a question for each line.
MANY = 10 * TIMES


@dataclass
class ReportRow(Row):
    """`changes`: what is to be written of one report, by the names of its fields."""

    label: Label | None = None
    moment: str = ""
    day: date | None = None
    confirmed: list[str] = field(default_factory=list)

    @property
    def remembers(self) -> bool:
        # The report itself is all there is to remember.
        return False

    @property
    def fields(self) -> list[str]:
        return [name_of(name) for name in self.changes]


class Planner:
    """Everything that is known of a territory's labels, read once for a whole file."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.today = timezone.localdate(timezone=zone_of(territory))
        self.seen: dict[tuple[int, str, date | None], Name] = {}

    @cached_property
    def labels(self) -> dict[str, Label]:
        found = Label.objects.filter(territory=self.territory).select_related("page")
        return {label.number.casefold(): label for label in found}

    @cached_property
    def reports(self) -> dict[tuple[int, str, date | None], Report]:
        found = Report.objects.filter(territory=self.territory)
        return {(one.label_id, one.moment, one.happened_on): one for one in found}

    @cached_property
    def criteria(self) -> dict[int, dict[str, int]]:
        """By the label, and by name as `alike` writes it."""
        found: dict[int, dict[str, int]] = {}
        checks = LabelCheck.objects.filter(label__territory=self.territory)
        for label, pk, name in checks.values_list("label", "criterion", "criterion__name"):
            found.setdefault(label, {})[alike(name)] = pk
        return found

    @cached_property
    def held(self) -> dict[int, set[date]]:
        """The days of the occurrences, by the page that has the label."""
        zone = zone_of(self.territory)
        pages = {label.page_id for label in self.labels.values()}
        days: dict[int, set[date]] = {}
        found = Occurrence.objects.filter(event__in=pages).values_list("event", "start")
        for page, start in found.iterator(chunk_size=2000):
            days.setdefault(page, set()).add(start.astimezone(zone).date())
        return days

    def row_of(self, line: Line) -> ReportRow:
        number = clean(line.values.get(table.NUMBER))
        row = ReportRow(Kind.NEW, Name(line.number, number, where=line.where))
        try:
            self.read(row, line.values, number)
        except Refusal as refusal:
            row.refuse(str(refusal))
        return row

    def read(self, row: ReportRow, values: Mapping[str, Any], number: str) -> None:
        label = self.labels.get(number.casefold())
        if label is None:
            raise Refusal(table.NUMBER, _("ce territoire n’a pas de label à ce numéro."))
        row.label, row.moment = label, read_moment(values.get(table.MOMENT))
        row.day = self.read_day(values.get(table.DAY), label)
        self.refuse_twice(row)
        known = self.reports.get((label.pk, row.moment, row.day))
        criteria = self.criteria.get(label.pk, {})
        wanted = {**read_figures(values), **read_texts(values), **read_held(values, criteria)}
        self.compare(row, known, wanted)
        if row.kind == Kind.UNCHANGED:
            return
        self.refuse_both(row)
        figures = {
            name: wanted.get(name, getattr(known, name, None))
            for name in INDICATORS
        }  # fmt: skip
        for name, sentence in impossible(figures, row.moment):
            raise Refusal(table.FIGURES[name], sentence)
        self.ask(row, figures, wanted, known, values)

    def read_day(self, value: Any, label: Label) -> date | None:
        day = read_day(value)
        if day is None:
            return None
        if day > self.today:
            raise Refusal(table.DAY, _("ce jour n’est pas encore venu."))
        held = self.held.get(label.page_id)
        if held and day not in held:
            raise Refusal(table.DAY, _("il n’y avait pas de séance ce jour-là."))
        return day

    @cached_property
    def counted(self) -> dict[tuple[int, str], set[date | None]]:
        """What is counted of each label at each date: days, or None for a total."""
        found: dict[tuple[int, str], set[date | None]] = {}
        for (label, moment, day), known in self.reports.items():
            if known.received_at and (day is not None or counts_the_whole(known)):
                found.setdefault((label, moment), set()).add(day)
        return found

    def refuse_twice(self, row: ReportRow) -> None:
        key = (row.label.pk, row.moment, row.day)
        first = self.seen.setdefault(key, row.name)
        if first is not row.name:
            raise Refusal(table.NUMBER, _("ce bilan est déjà dans le fichier (%(place)s).") % {
                "place": first.place,
            })  # fmt: skip

    def compare(self, row: ReportRow, known: Report | None, wanted: Mapping[str, Any]) -> None:
        """New, changed or as it is; an empty line about a report that is awaited says nothing."""
        if known is not None and known.received_at:
            row.changes = {
                name: value for name, value in wanted.items() if value != said_by(known, name)
            }
            row.kind = Kind.CHANGED if row.changes else Kind.UNCHANGED
        elif any(value not in (None, "") for value in wanted.values()):
            row.changes = dict(wanted)
        else:
            row.kind = Kind.UNCHANGED

    def refuse_both(self, row: ReportRow) -> None:
        """A total and its sessions, here or in the file, would count everybody twice."""
        if row.day is None and all(row.changes.get(name) is None for name in INDICATORS):
            return
        same, is_total = (row.label.pk, row.moment), row.day is None
        if any(is_total != (day is None) for day in self.counted.get(same, ())):
            raise Refusal(
                table.DAY,
                _("ce label est compté séance par séance, ou en tout : jamais les deux."),
            )
        self.counted.setdefault(same, set()).add(row.day)

    def ask(
        self,
        row: ReportRow,
        figures: Figures,
        wanted: Mapping[str, Any],
        known: Report | None,
        values: Mapping[str, Any],
    ) -> None:
        expected = 0
        if (figures["reached"] or 0) >= MANY:
            expected = expected_people(row.label, row.day)
        found = [
            *doubts_about_words({name: wanted.get(name, "") for name in WORDS}),
            *doubts_about(figures, expected=expected, day=row.day),
        ]
        confirmed = set(known.confirmed) if known else set()
        if is_yes(values.get(table.CONFIRMED)):
            confirmed |= {doubt.key for doubt in found}
        row.confirmed = sorted(doubt.key for doubt in found)
        for doubt in found:
            if doubt.key not in confirmed:
                raise Refusal(
                    table.CONFIRMED,
                    _("%(doubt)s Si c’est juste, écrivez « oui » dans cette colonne.")
                    % {"doubt": doubt.sentence},
                )


def said_by(report: Report, name: str) -> Any:
    value = getattr(report, name)
    # Which boxes were ticked, in whatever order.
    return sorted(value) if name == HELD and value else value


def make_plan(*, territory: Territory, read: Reports, source: str) -> Plan:
    planner = Planner(territory)
    return Plan(
        territory=territory,
        rows=[planner.row_of(line) for line in read.lines],
        notes=read.notes,
        sources=[source],
    )
