"""The totals of the dashboard, added up once more by hand from the file that it hands out."""

import csv
import io
from datetime import date, timedelta

import pytest
from agenda_factories import make_event, place_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_rows import write_labels, write_reports

from labelling.figures.board import own_board
from labelling.figures.sheets import reports_csv
from labelling.models import Label, Report
from labelling.models.reports import HELD, INDICATORS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NUMBERS = st.fixed_dictionaries(
    {name: st.none() | st.integers(0, 40) for name in INDICATORS}
    | {"day": st.integers(0, 500), "event": st.integers(0, 2)}
    # How many of the criteria were held; None: nobody answered.
    | {"held": st.none() | st.integers(0, 4)}
)
# What the file calls them.
COLUMNS = {name: str(Report._meta.get_field(name).verbose_name) for name in INDICATORS}


@pytest.fixture
def events(alpha):
    here, there = place_of(alpha), place_of(alpha, "Reynerie")
    found = [
        make_event(alpha, "Ici", neighbourhood=here),
        make_event(alpha, "Là", neighbourhood=here),
        make_event(alpha, "Nulle part"),
    ]
    found[1].aimed_at.set([here, there])
    found[1].save()
    return found


def known(rows, column):
    return [int(row[column]) for row in rows if row[column] != ""]


def summed(numbers):
    """What nobody knows is not zero."""
    return sum(numbers) if numbers else None


def by(rows, column):
    found = {}
    for row in rows:
        for name in filter(None, row[column].split(" | ")):
            found.setdefault(name, []).append(row)
    return {name: summed(known(some, COLUMNS["reached"])) for name, some in found.items()}


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(NUMBERS, max_size=8))
def test_totals_equal_what_is_added_up_from_the_file(alpha, events, optional, said):
    Label.objects.all().delete()
    pages = [events[one["event"]] for one in said]
    days = [TODAY - timedelta(days=one["day"]) for one in said]
    labels = write_labels(alpha, pages, days=days, optional=optional[:1])
    mandatory = [one.pk for one in labels[0].criteria.all()[:4]] if labels else []
    held = [one["held"] if one["held"] is None else mandatory[: one["held"]] for one in said]
    write_reports(
        labels,
        [
            {**{name: one[name] for name in INDICATORS}, HELD: some}
            for one, some in zip(said, held, strict=True)
        ],
    )

    board = own_board([alpha], {"annee": "2026"}, territory=alpha, today=TODAY, base="")
    file = reports_csv(board).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))

    figures, total = board.figures, board.figures.total
    assert total.reports == len(rows) == sum(day.year == 2026 for day in days)
    for name, column in COLUMNS.items():
        numbers = known(rows, column)
        assert total[name] == summed(numbers), name
        assert (total.known.get(name, 0), total.unknown(name)) == (
            len(numbers),
            len(rows) - len(numbers),
        )
    both = [row for row in rows if row[COLUMNS["reached"]] and row[COLUMNS["in_qpv"]]]
    inside = sum(known(both, COLUMNS["in_qpv"]))
    came = sum(known(both, COLUMNS["reached"]))
    assert total.share == (round(100 * inside / came) if came else None)
    retained = [known(rows, COLUMNS[name]) for name in ("hired", "trained", "interned")]
    assert total["retained"] == summed([number for some in retained for number in some])

    def told(groups):
        return {one.label: one.counts["reached"] for one in groups if one.counts.reports}

    assert told(figures.by_neighbourhood) == by(rows, "Quartiers")
    assert told(figures.by_criterion) == by(rows, "Critères acceptés")
    for one in figures.by_criterion:
        asked = [row for row in rows if one.label in row["Critères acceptés"].split(" | ")]
        answers = [row["Critères tenus"].split(" | ") for row in asked if row["Critères tenus"]]
        assert one.counts.known.get("held", 0) == len(answers)
        assert one.counts["held"] == (
            sum(one.label in some for some in answers) if answers else None
        )
    months = {}
    for row in rows:
        months.setdefault(row["Jour compté"][:7], []).append(row)
    assert {one.key: one.counts["reached"] for one in figures.by_month if one.counts.reports} == {
        month: summed(known(some, COLUMNS["reached"])) for month, some in months.items()
    }
