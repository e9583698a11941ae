"""What the totals count, and what they leave out."""

from datetime import date, timedelta

import pytest
from agenda_factories import make_event, place_of
from django.utils import timezone
from report_rows import write_labels, write_reports

from labelling.figures.choices import OwnForm, names_of
from labelling.figures.totals import figures_of
from labelling.models import Application, Moment, Report, State
from labelling.models.reports import HELD
from territories.models import Term

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def figures(*territories, **asked):
    names = names_of(territories, is_national=len(territories) > 1)
    form = OwnForm({"annee": "2026", **asked}, names=names, today=TODAY)
    assert not form.errors
    return figures_of(form.selection(territories), names, TODAY)


def report(territory, day, event=None, **said):
    event = event or make_event(territory, f"Atelier du {day}")
    [label] = write_labels(territory, [event], days=[day])
    [found] = write_reports([label], [said])
    return found


def told(groups, name="reached"):
    return {group.label: group.counts[name] for group in groups if group.counts.reports}


def test_what_nobody_knows_is_not_zero(alpha):
    event = make_event(alpha)
    report(alpha, date(2026, 3, 1), event, reached=20, in_qpv=5, hired=0, trained=2)
    report(alpha, date(2026, 4, 1), event, reached=30, hired=4)
    report(alpha, date(2026, 4, 2), event, in_qpv=9)
    total = figures(alpha).total
    assert (total["reached"], total.known["reached"], total.unknown("reached")) == (50, 2, 1)
    # Of the one report that knows both.
    assert (total["living"], total["asked"], total.share) == (5, 20, 25)
    assert (total["retained"], total.known["retained"], total["interned"]) == (6, 2, None)
    assert total["women"] is None and total.unknown("women") == 3


def test_a_report_counts_on_its_day_or_on_the_last_day_of_its_label(alpha):
    event = make_event(alpha)
    report(alpha, date(2026, 12, 31), event, reached=1)
    report(alpha, date(2027, 1, 1), event, reached=10)
    report(alpha, date(2027, 2, 1), event, reached=100, happened_on=date(2026, 2, 3))
    labels = write_labels(alpha, [event], days=[date(2026, 5, 1)])
    write_reports(labels, [{"reached": 1000}])
    found = figures(alpha)
    assert found.total["reached"] == 1101
    assert told(found.by_month) == {"2026-12": 1, "2026-02": 100, "2026-05": 1000}
    assert figures(alpha, trimestre="1").total["reached"] == 100
    assert figures(alpha, du="2026-05-01", au="2026-05-31").total["reached"] == 1000
    assert figures(alpha, annee="2025", avec="2026").before["reached"] == 1101


def test_only_the_reports_that_stand_are_counted(alpha):
    first = report(alpha, date(2026, 3, 1), reached=20)
    Report.objects.filter(pk=first.pk).update(stands=False)
    Report.objects.create(
        label=first.label,
        territory=alpha,
        moment=Moment.LATER,
        due_on=date(2026, 4, 1),
        received_at=timezone.now(),
        stands=True,
        reached=22,
        hired=6,
    )
    found = figures(alpha)
    assert (found.total.reports, found.total["reached"], found.expected) == (1, 22, 1)


def test_totals_say_what_they_rest_on(alpha):
    days = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 11, 19), date(2026, 12, 1)]
    labels = write_labels(alpha, [make_event(alpha)] * 4, days=days)
    write_reports(labels, [{"reached": 5}, None, None, None])
    # Of an action whose sessions are reported one by one, nothing of the whole is awaited.
    [action] = write_labels(alpha, [make_event(alpha)], days=[date(2026, 5, 1)])
    write_reports([action, action], [None, {"reached": 7, "happened_on": date(2026, 2, 1)}])
    found = figures(alpha)
    assert (found.labels, found.total.reports, found.expected) == (5, 2, 4)
    # One is due today; one is not due yet.
    assert (found.missing, found.overdue) == (2, 1)


def test_the_delay_is_between_sending_and_decision(alpha, grid):
    sent = timezone.now().replace(year=2026, month=5, day=2)
    for days in (4, 8, None):
        Application.objects.create(
            territory=alpha,
            grid=grid,
            subject="event",
            title="Forum",
            state=State.GRANTED,
            submitted_at=sent,
            decided_at=days and sent + timedelta(days=days),
        )
    assert figures(alpha).delay == timedelta(days=6)
    assert figures(alpha, annee="2025").delay is None


def test_figures_are_told_by_theme_neighbourhood_criterion_and_subject(alpha, optional):
    theme = Term.objects.of(Term.Kind.THEME).first()
    bagatelle, reynerie = place_of(alpha), place_of(alpha, "Reynerie")
    there = make_event(alpha, "Ici", neighbourhood=bagatelle, themes=[theme.code])
    there.aimed_at.set([bagatelle, reynerie])
    there.save()
    elsewhere = make_event(alpha, "Ailleurs")
    labels = write_labels(
        alpha, [elsewhere, there], days=[date(2026, 3, 1)] * 2, optional=optional[:1]
    )
    first = labels[0].criteria.first()
    write_reports(
        labels,
        [{"reached": 40, HELD: [first.pk]}, {"reached": 7, "hired": 2, HELD: []}],
    )
    # A second event of the same criteria, whose report does not answer.
    write_reports(write_labels(alpha, [elsewhere], days=[date(2026, 3, 2)]), [{"young": 0}])
    found = figures(alpha)
    held = {
        one.label: (one.counts["held"], one.counts.known.get("held", 0), one.counts.reports)
        for one in found.by_criterion
    }
    # Of three reports two answer; of the optional one, nobody said that it was held.
    assert held.pop(first.name) == (1, 2, 3) and held.pop(optional[0].name) == (0, 1, 1)
    assert set(held.values()) == {(0, 2, 3)}
    assert told(found.by_neighbourhood) == {"Bagatelle": 7, "Reynerie": 7}
    assert told(found.by_theme) == {theme.words: 7}
    assert told(found.by_criterion)[optional[0].name] == 7
    assert sorted(told(found.by_criterion).values()) == [7, 47, 47, 47, 47]
    assert told(found.by_subject) == {"un rendez-vous": 47}
    assert [one.counts["reached"] for one in found.by_event] == [None, 40, 7]
    for asked in (
        {"theme": str(theme.pk)},
        {"quartier": str(reynerie.pk)},
        {"quartier": str(bagatelle.pk)},
        {"critere": optional[0].name},
    ):
        narrowed = figures(alpha, **asked)
        assert (narrowed.total["reached"], narrowed.labels) == (7, 1)
    assert figures(alpha, pour="place").total["reached"] is None


def test_the_nation_is_the_sum_of_its_territories(alpha, beta):
    report(alpha, date(2026, 3, 1), reached=20, women=12)
    report(beta, date(2026, 3, 9), reached=5)
    found = figures(alpha, beta)
    assert (found.total["reached"], found.total["women"]) == (25, 12)
    assert told(found.by_territory) == {"Alpha": 20, "Beta": 5}
    assert figures(beta).total["reached"] == 5


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"annee": "l’an dernier"}, "annee"),
        ({"trimestre": "5"}, "trimestre"),
        ({"theme": "99999999999999999999"}, "theme"),
        ({"quartier": "-1"}, "quartier"),
        ({"critere": "\x00"}, "critere"),
        ({"du": "0001-01-01"}, "du"),
        ({"du": "hier"}, "du"),
        ({"du": "2026-03-01", "au": "2026-02-01"}, "au"),
        ({"avec": "2026-01"}, "avec"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(alpha, asked, field):
    place_of(alpha)
    names = names_of([alpha], is_national=False)
    form = OwnForm(asked, names=names, today=TODAY)
    if field in form.fields:
        assert list(form.errors) == [field]
    assert figures_of(form.selection([alpha]), names, TODAY).total.reports == 0
