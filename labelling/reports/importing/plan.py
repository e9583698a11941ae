"""What an import of reports would do, line by line, before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agenda.models import Occurrence
from labelling.models import INDICATORS, Label, Moment, Report
from labelling.models.reports import WORDS
from labelling.reports import table
from labelling.reports.doubts import TIMES, doubts_about, doubts_about_words, expected_people
from labelling.reports.figures import Figures, impossible, name_of, read_figure
from labelling.reports.receiving import counts_the_whole
from territories.importing.plan import Kind, Plan, Row
from territories.importing.records import Name
from territories.importing.texts import clean
from territories.models import Territory
from territories.territory import zone_of

from .reading import Line, Table

LONGEST = 3000
# Of fewer people than that, how many were expected is not looked up: a question for each line.
MANY = 10 * TIMES
JUST_AFTER = {"juste apres", "just_after", "1"}
LATER = {"un mois apres", "un mois apres ou plus", "plus tard", "later", "2"}
YES = {"oui", "x", "1", "true", "vrai", "yes"}
FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Refusal(Exception):
    """`str()`: the French sentence, with the column it is about."""

    def __init__(self, column: str, sentence: Any) -> None:
        super().__init__(_("colonne « %(column)s » : %(sentence)s") % {
            "column": column, "sentence": sentence,
        })  # fmt: skip


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
        wanted = {**read_figures(values), **read_texts(values)}
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
                name: value for name, value in wanted.items() if value != getattr(known, name)
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
        if plain(values.get(table.CONFIRMED)) in YES:
            confirmed |= {doubt.key for doubt in found}
        row.confirmed = sorted(doubt.key for doubt in found)
        for doubt in found:
            if doubt.key not in confirmed:
                raise Refusal(
                    table.CONFIRMED,
                    _("%(doubt)s Si c’est juste, écrivez « oui » dans cette colonne.")
                    % {"doubt": doubt.sentence},
                )


def make_plan(*, territory: Territory, read: Table, source: str) -> Plan:
    planner = Planner(territory)
    return Plan(
        territory=territory,
        rows=[planner.row_of(line) for line in read.lines],
        notes=read.notes,
        sources=[source],
    )


def plain(value: Any) -> str:
    """Without accents and capitals, for the few words that are known."""
    letters = unicodedata.normalize("NFKD", clean(value).casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def read_moment(value: Any) -> str:
    said = plain(value)
    if said in JUST_AFTER:
        return Moment.JUST_AFTER
    if said in LATER:
        return Moment.LATER
    raise Refusal(table.MOMENT, _("écrivez « juste après » ou « un mois après »."))


def read_day(value: Any) -> date | None:
    text = clean(value)
    if not text:
        return None
    try:
        if found := FRENCH_DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise Refusal(table.DAY, _("écrivez un jour, comme 31/03/2026.")) from None


def read_figures(values: Mapping[str, Any]) -> dict[str, int | None]:
    """Of the columns that the file has; the others stay as they are."""
    found: dict[str, int | None] = {}
    for name, column in table.FIGURES.items():
        if column not in values:
            continue
        try:
            found[name] = read_figure(values[column])
        except ValidationError as error:
            raise Refusal(column, " ".join(error.messages)) from None
    return found


def read_texts(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, column in table.TEXTS.items():
        if column not in values:
            continue
        text = clean(values[column])
        if len(text) > LONGEST:
            raise Refusal(column, _("gardez 3 000 signes au plus."))
        found[name] = text
    return found
