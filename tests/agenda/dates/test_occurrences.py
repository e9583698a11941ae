import itertools
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from agenda_factories import local, make_event
from factories import make_territory
from hypothesis import assume, given
from hypothesis import strategies as st
from wagtail.models import Locale

from agenda.dates.occurrences import HORIZON, extend_horizon, moments, rebuild_occurrences
from agenda.models import EventDate, EventPage, Occurrence

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
# Two clocks that change at other dates than Paris, and two that never do.
ZONES = st.sampled_from(
    [
        PARIS,
        zoneinfo.ZoneInfo("America/Miquelon"),
        zoneinfo.ZoneInfo("Indian/Reunion"),
        zoneinfo.ZoneInfo("America/Martinique"),
    ]
)
# Between 1:00 and 3:00 an hour may not exist, or exist twice, on two nights of the year.
hours = st.times(min_value=time(4), max_value=time(22)).map(
    lambda hour: hour.replace(second=0, microsecond=0, fold=0)
)
walls = st.builds(datetime.combine, st.dates(date(2024, 1, 1), date(2028, 12, 31)), hours)
lengths = st.none() | st.integers(15, 160).map(lambda minutes: timedelta(minutes=minutes))


def found(wall, zone, *, length=None, repeat="", until=None, days=456):
    start = wall.replace(tzinfo=zone)
    end = (wall + length).replace(tzinfo=zone) if length else None
    typed = EventDate(
        start=start.astimezone(UTC), end=end and end.astimezone(UTC), repeat=repeat, until=until
    )
    return list(moments(typed, zone, start + timedelta(days=days)))


@given(walls, ZONES, lengths)
def test_a_weekly_date_keeps_its_hour_and_its_day_when_the_clocks_change(wall, zone, length):
    for moment in found(wall, zone, length=length, repeat="weekly"):
        start = moment.start.astimezone(UTC).astimezone(zone)
        assert (start.weekday(), start.time()) == (wall.weekday(), wall.time())
        if length:
            end = moment.end.astimezone(UTC).astimezone(zone)
            assert end.replace(tzinfo=None) - start.replace(tzinfo=None) == length


@given(walls, ZONES, st.integers(0, 60))
def test_a_weekly_date_takes_place_once_a_week_until_its_last_day(wall, zone, weeks):
    until = wall.date() + timedelta(weeks=weeks)
    assert len(found(wall, zone, repeat="weekly", until=until)) == weeks + 1
    assert len(found(wall, zone, repeat="weekly", until=until - timedelta(days=1))) == weeks


@given(walls, ZONES, st.sampled_from(["", "weekly", "monthly_weekday"]), lengths)
def test_a_date_never_takes_place_before_it_starts(wall, zone, repeat, length):
    times = found(wall, zone, repeat=repeat, length=length)
    assert times[0].start == wall.replace(tzinfo=zone)
    assert all(one.start < other.start for one, other in itertools.pairwise(times))
    assert all(moment.over_at > moment.start for moment in times)
    assert len({moment.key for moment in times}) == len(times)


@given(walls, ZONES)
def test_a_monthly_date_is_the_same_weekday_of_each_month(wall, zone):
    times = found(wall, zone, repeat="monthly_weekday")
    starts = [moment.start.astimezone(zone) for moment in times]
    months = {(start.year, start.month) for start in starts}
    assert len(months) == len(times) >= 14
    for start in starts:
        assert start.time() == wall.time()
        assert start.weekday() == wall.weekday()
        if wall.day > 28:  # a fifth Thursday is the last one
            assert (start + timedelta(days=7)).month != start.month
        else:
            assert (start.day - 1) // 7 == (wall.day - 1) // 7


@given(walls, ZONES)
def test_a_date_without_end_is_over_at_the_end_of_its_day(wall, zone):
    (moment,) = found(wall, zone)
    over = moment.over_at.astimezone(UTC).astimezone(zone)
    assert (over.date(), over.time()) == (wall.date() + timedelta(days=1), time.min)


@given(walls, walls, ZONES)
def test_a_date_without_repeat_is_known_however_far_it_is(wall, seen_from, zone):
    assume(wall > seen_from)
    typed = EventDate(start=wall.replace(tzinfo=zone))
    assert len(list(moments(typed, zone, seen_from.replace(tzinfo=zone)))) == 1


def test_half_past_nine_in_paris_stays_half_past_nine_over_the_winter():
    times = found(datetime(2026, 10, 22, 9, 30), PARIS, repeat="weekly", days=10)  # noqa: DTZ001
    assert [moment.start.astimezone(UTC).hour for moment in times] == [7, 8]


@pytest.mark.django_db
class TestRebuilding:
    def test_publishing_makes_the_occurrences_and_a_draft_does_not(self, alpha):
        event = make_event(alpha, published=False)
        assert not event.occurrences.exists()
        event.get_latest_revision().publish()
        assert event.occurrences.count() == 1
        assert event.dates.get().key.hex == event.occurrences.get().key

    def test_saving_a_live_page_brings_them_in_line(self, alpha):
        event = make_event(alpha)
        event.status = "cancelled"
        event.save()
        assert event.occurrences.get().status == "cancelled"

    def test_rebuilding_twice_changes_nothing(self, alpha):
        start = local(alpha, 2026, 12, 3, 9, 30)
        event = make_event(alpha, dates=[EventDate(start=start, repeat="weekly")])
        before = list(event.occurrences.values())
        assert rebuild_occurrences(event=event) == (0, 0, 0)
        assert list(event.occurrences.values()) == before
        assert len(before) > 50

    def test_what_stays_keeps_its_row(self, alpha):
        now = datetime(2026, 12, 1, tzinfo=UTC)
        start = local(alpha, 2026, 12, 3, 9, 30)
        event = make_event(alpha, dates=[EventDate(start=start, repeat="weekly")])
        rebuild_occurrences(event=event, now=now)
        before = dict(event.occurrences.values_list("key", "pk"))
        # A later hour, and a last day: the rows of the days that stay are the same.
        typed = event.dates.get()
        typed.start, typed.until = start + timedelta(hours=1), date(2026, 12, 31)
        event.dates = [typed]
        event.save()
        after = dict(event.occurrences.values_list("key", "pk"))
        assert len(after) == 5
        assert after.items() <= before.items()
        first = event.occurrences.first()
        assert first.start == start + timedelta(hours=1)

    def test_a_moved_date_is_the_same_occurrence(self, alpha):
        event = make_event(alpha)
        before = event.occurrences.get()
        typed = event.dates.get()
        typed.start += timedelta(days=7)
        typed.end += timedelta(days=7)
        event.dates = [typed]
        event.save_revision().publish()
        after = Occurrence.objects.get(event=event)
        assert (after.pk, after.key) == (before.pk, before.key)
        assert after.start == before.start + timedelta(days=7)

    def test_what_is_over_keeps_the_status_it_had(self, alpha):
        now = datetime(2026, 12, 15, tzinfo=UTC)
        start = local(alpha, 2026, 12, 3, 9, 30)
        typed = EventDate(start=start, repeat="weekly", until=date(2026, 12, 24))
        event = make_event(alpha, dates=[typed])
        EventPage.objects.filter(pk=event.pk).update(status="cancelled")
        event.refresh_from_db()
        event.occurrences.update(status="scheduled")
        rebuild_occurrences(event=event, now=now)
        statuses = list(event.occurrences.order_by("start").values_list("status", flat=True))
        assert statuses == ["scheduled", "scheduled", "cancelled", "cancelled"]

    def test_a_translation_has_none(self, alpha):
        event = make_event(alpha)
        translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
        translation.save_revision().publish()
        assert not Occurrence.objects.filter(event=translation).exists()
        assert Occurrence.objects.filter(event=event).count() == 1

    def test_the_daily_job_moves_the_horizon_on(self, alpha):
        start = local(alpha, 2024, 1, 4, 9, 30)
        event = make_event(alpha, dates=[EventDate(start=start, repeat="weekly")])
        far = event.occurrences.last().start
        Occurrence.objects.filter(event=event, start__gt=far - timedelta(days=30)).delete()
        extend_horizon()
        assert event.occurrences.last().start == far
        assert far - timedelta(days=7) < datetime.now(UTC) + HORIZON

    def test_a_series_beside_a_single_date_is_moved_on_too(self, alpha):
        start = local(alpha, 2024, 1, 4, 9, 30)
        dates = [EventDate(start=start, repeat="weekly"), EventDate(start=start)]
        event = make_event(alpha, dates=dates)
        number = event.occurrences.count()
        event.occurrences.filter(start__gt=datetime.now(UTC)).delete()
        extend_horizon()
        assert event.occurrences.count() == number

    def test_hours_are_those_of_the_territory(self):
        far = make_territory("reunion", plugins=["agenda"])
        far.time_zone = "Indian/Reunion"
        far.save()
        start = local(far, 2026, 12, 3, 9, 30)
        event = make_event(far, dates=[EventDate(start=start)])
        occurrence = event.occurrences.get()
        assert occurrence.start == datetime(2026, 12, 3, 5, 30, tzinfo=UTC)
        assert occurrence.over_at == datetime(2026, 12, 3, 20, tzinfo=UTC)
