"""The totals of a selection, added up by the database, and what they rest on.

Eight queries, whatever is counted: see docs/decisions/0045-figures.md.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Avg,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Substr

from agenda.models import EventPage
from labelling.models import Application, Label, Moment, Report, State, Subject

from .choices import Names
from .measures import ALL, HELD, SHORT, Counts, added, aggregates, size
from .selection import DAY, Selection, Span

EVENTS_SHOWN = 30
EVENT = "label__page__eventpage__"
TEXT = CharField()


@dataclass
class Group:
    """A part of the whole. `language`: of a name that no vocabulary translates."""

    key: str
    label: str
    counts: Counts
    language: str = ""


@dataclass
class Figures:
    """`expected`: labels and days whose report has come or should have."""

    selection: Selection
    total: Counts
    before: Counts
    by_month: list[Group]
    by_territory: list[Group]
    by_theme: list[Group]
    by_neighbourhood: list[Group]
    by_criterion: list[Group]
    by_subject: list[Group]
    by_event: list[Group]
    labels: int = 0
    labels_before: int = 0
    missing: int = 0
    overdue: int = 0
    delay: timedelta | None = None
    labels_by_territory: dict[int, int] = field(default_factory=dict)
    missing_by_territory: dict[int, int] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        return self.total.reports + self.missing


def counted(selection: Selection, span: Span) -> QuerySet[Report]:
    """The reports that the totals rest on, each with the `day` it counts on."""
    narrowed = selection.narrowing(page="label__page", label="label")
    found = Report.objects.standing().filter(narrowed).order_by()
    return found.alias(day=DAY).filter(day__range=(span.first, span.last))


def figures_of(selection: Selection, names: Names, today: date, *, events: bool = True) -> Figures:
    """`events`: with the latest ones one by one."""
    span = selection.span
    found = counted(selection, span)
    earlier = counted(selection, selection.before)
    total, before, months, territories = by_month_and_territory(found, earlier, selection)
    parts = breakdowns(found, selection, names.criteria)
    facts = what_they_rest_on(selection, today)
    return Figures(
        selection=selection,
        total=total,
        before=before,
        by_month=months,
        by_territory=territories,
        by_theme=sized(parts["theme"], names.themes),
        by_neighbourhood=sized(parts["neighbourhood"], names.neighbourhoods, language="fr"),
        by_criterion=sized(parts["criterion"], None, language="fr"),
        by_subject=sized(parts["subject"], dict(Subject.choices), order=False),
        by_event=by_event(found) if events else [],
        delay=average_delay(selection),
        **facts,
    )


def by_month_and_territory(
    found: QuerySet[Report], earlier: QuerySet[Report], selection: Selection
) -> tuple[Counts, Counts, list[Group], list[Group]]:
    """Grouped once by both: what is added up of it is the same. With it, in the same query, the
    whole of the `earlier` period."""
    # "2026-10": both databases write a day so, and neither calls a function of ours for it.
    month = Substr(Cast("day", TEXT), 1, 7)
    columns = ("territory", "month", *aggregates())
    rows = found.annotate(day=DAY).values("territory", month=month).annotate(**aggregates())
    beside = earlier.values("territory", month=Value("", TEXT)).annotate(**aggregates())
    before = Counts()
    months: dict[str, Counts] = {month: Counts() for month in months_of(selection.span)}
    territories = {territory.pk: Counts() for territory in selection.territories}
    for values in rows.values_list(*columns).union(beside.values_list(*columns), all=True):
        row = dict(zip(columns, values, strict=True))
        counts = Counts.of(row)
        if not row["month"]:
            before.add(counts)
            continue
        months[row["month"]].add(counts)
        territories[row["territory"]].add(counts)
    by_territory = [
        Group(one.slug, one.name, territories[one.pk], "fr") for one in selection.territories
    ]
    by_month = [Group(key, key, counts) for key, counts in months.items()]
    return added(territories.values()), before, by_month, by_territory


def months_of(span: Span) -> Iterable[str]:
    for rank in range(
        span.first.year * 12 + span.first.month - 1, span.last.year * 12 + span.last.month
    ):
        yield f"{rank // 12}-{rank % 12 + 1:02}"


def breakdowns(
    found: QuerySet[Report], selection: Selection, criteria: Mapping[int, str]
) -> dict[str, dict[str, Counts]]:
    """By theme, neighbourhood, criterion and subject, in one query: {kind: {key: counts}}.

    A report counts once in each neighbourhood, and as often as it has themes and criteria.
    """
    answered = Count("criteria_held")

    def part(kind: str, path: str, reports: QuerySet[Report] = found) -> QuerySet:
        key = Cast(path, TEXT)
        rows = reports.filter(**{f"{path}__isnull": False})
        counts = aggregates(SHORT)
        return rows.values(kind=Value(kind, TEXT), key=key).annotate(answered=answered, **counts)

    aimed = EventPage.aimed_at.through.objects.filter(eventpage=OuterRef("label__page"))

    def held(path: str, reports: QuerySet[Report] = found) -> QuerySet:
        again = Exists(aimed.filter(neighbourhood=OuterRef(path)))
        return part("neighbourhood", path, reports.exclude(again))

    columns = ("kind", "key", "answered", *aggregates(SHORT))
    first, *others = (
        one.values_list(*columns)
        for one in (
            part("theme", f"{EVENT}themes"),
            part("neighbourhood", f"{EVENT}aimed_at"),
            held(f"{EVENT}neighbourhood", found.filter(**{f"{EVENT}place": None})),
            held(f"{EVENT}place__neighbourhood"),
            part("neighbourhood", "label__page__actionpage__neighbourhoods"),
            part("neighbourhood", "label__page__actorpage__neighbourhood"),
            part("criterion", "label__checks__criterion"),
            part("subject", "label__subject"),
            # As many groups as there are answers: « [1, 3] » is a text to both databases.
            part("held", "criteria_held"),
        )
    )
    groups: dict[str, dict[str, Counts]] = defaultdict(dict)
    for values in first.union(*others, all=True):
        row = dict(zip(columns, values, strict=True))
        counts = Counts.of(row, SHORT)
        if row["kind"] == "criterion" and row["answered"]:
            counts.sums[HELD], counts.known[HELD] = 0, row["answered"]
        key = row["key"]
        if row["kind"] == "criterion":
            # Grids of several versions have criteria of one name.
            if (name := criteria.get(int(key))) is None:
                continue
            key = name
        groups[row["kind"]].setdefault(key, Counts()).add(counts)
    for answer, counts in groups.pop("held", {}).items():
        for name in {criteria[pk] for pk in json.loads(answer) if pk in criteria}:
            if (of := groups["criterion"].get(name)) and of.known.get(HELD):
                of.sums[HELD] = size(of.sums[HELD]) + counts.reports
    return groups


def sized(
    parts: dict[str, Counts],
    names: Mapping[str, Any] | None,
    *,
    order: bool = True,
    language: str = "",
) -> list[Group]:
    """The largest first. `language`: of names that are written once."""
    found = [
        Group(key, key if names is None else str(names[key]), counts, language)
        for key, counts in parts.items()
        if names is None or key in names
    ]
    return sorted(found, key=lambda one: (-size(one.counts["reached"]) * order, one.label))


def by_event(found: QuerySet[Report]) -> list[Group]:
    """The latest ones."""
    rows = (
        found.annotate(day=DAY)
        .values("label__number", "label__page__title", "day")
        .annotate(**aggregates(ALL))
        .order_by("-day", "label__number")[:EVENTS_SHOWN]
    )
    return [
        Group(row["label__number"], row["label__page__title"], Counts.of(row), "fr") for row in rows
    ]


def what_they_rest_on(selection: Selection, today: date) -> dict[str, Any]:
    """Labels given, and reports that have not come: by territory, both in one query."""
    span, before = selection.span, selection.before
    twin = Report.objects.standing().filter(label=OuterRef("label"))
    # Reports of single days stand in the place of the one of the whole.
    has_come = Q(happened_on=None) & Exists(twin) | Exists(
        twin.filter(happened_on=OuterRef("happened_on"))
    )
    missing = (
        Report.objects.filter(selection.narrowing(page="label__page", label="label"))
        .filter(received_at=None, moment=Moment.JUST_AFTER, due_on__lte=today)
        .alias(day=DAY)
        .filter(~has_come, day__range=(span.first, span.last))
        .order_by()
        .values("territory", kind=Value("missing", TEXT))
        .annotate(n=Count("pk"), m=Count("pk", filter=Q(due_on__lt=today)))
    )
    given = (
        Label.objects.filter(selection.narrowing(page="page", label="pk"))
        .order_by()
        .values("territory", kind=Value("labels", TEXT))
        .annotate(
            n=Count("pk", filter=Q(granted_on__range=(span.first, span.last))),
            m=Count("pk", filter=Q(granted_on__range=(before.first, before.last))),
        )
    )
    columns = ("kind", "territory", "n", "m")
    rows = missing.values_list(*columns).union(given.values_list(*columns), all=True)
    found: dict[str, Any] = {"labels_by_territory": {}, "missing_by_territory": {}}
    numbers: Counter[str] = Counter()
    for kind, territory, n, m in rows:
        found[f"{kind}_by_territory"][territory] = n
        numbers[kind] += n
        numbers[f"{kind}, beside"] += m
    return {
        **found,
        "labels": numbers["labels"],
        "labels_before": numbers["labels, beside"],
        "missing": numbers["missing"],
        "overdue": numbers["missing, beside"],
    }


def average_delay(selection: Selection) -> timedelta | None:
    """Between the day an application was first sent and its decision, of those decided then."""
    narrowed = selection.narrowing(page="page", label="label")
    decided = Application.objects.filter(
        narrowed,
        state__in=(State.GRANTED, State.REFUSED),
        decided_at__range=selection.span.moments,
    )
    taken = ExpressionWrapper(F("decided_at") - F("submitted_at"), DurationField())
    return decided.exclude(submitted_at=None).order_by().aggregate(delay=Avg(taken))["delay"]
