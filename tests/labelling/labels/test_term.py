"""How long a label lasts: an event's time, an action's up to a year, a place's year."""

from datetime import date, timedelta

import pytest
from agenda_factories import local, make_actor, make_event
from cooperation_factories import make_action
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agenda.models import EventDate
from labelling.labels.granting import withdraw_label
from labelling.labels.term import a_year_from, last_day
from labelling.models import Label, Status, Subject

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


class TestOfAnEvent:
    def test_the_label_lasts_until_the_day_of_the_last_occurrence(self, alpha, give):
        start = local(alpha, 2026, 12, 8, 9)
        dates = [EventDate(start=start + timedelta(days=week * 7)) for week in range(3)]
        assert give(make_event(alpha, dates=dates)).expires_on == date(2026, 12, 22)

    def test_midnight_is_still_the_day_before(self, alpha):
        start = local(alpha, 2026, 12, 8, 20)
        end = local(alpha, 2026, 12, 9, 0)
        for title, one in (("Sans fin", None), ("Minuit", end)):
            event = make_event(alpha, title, dates=[EventDate(start=start, end=one)])
            assert last_day(event) == date(2026, 12, 8), title

    def test_an_endless_series_is_labelled_for_a_year(self, alpha, give):
        dates = [EventDate(start=local(alpha, 2026, 12, 8, 9), repeat="weekly")]
        label = give(make_event(alpha, dates=dates), granted_on=TODAY)
        assert label.expires_on == date(2027, 11, 22)

    def test_a_long_series_keeps_its_label_to_its_end(self, alpha, give):
        until = timezone.localdate() + timedelta(days=900)
        start = timezone.now() + timedelta(days=1)
        dates = [EventDate(start=start, repeat="weekly", until=until)]
        assert give(make_event(alpha, dates=dates)).expires_on == until

    def test_sessions_end_with_their_action_and_a_list_with_its_last_day(self, alpha):
        start = timezone.now() + timedelta(days=1)
        first, until = start.date(), start.date() + timedelta(days=200)
        weekly, days = EventDate(start=start, repeat="weekly"), [until.isoformat()]
        action = {"is_action": True, "runs_from": first, "runs_until": until}
        event = make_event(alpha, "Action", dates=[weekly], **action)
        assert until - timedelta(days=7) < last_day(event) <= until
        listed = EventDate(start=start, repeat="list", days=days)
        assert last_day(make_event(alpha, "Liste", dates=[listed])) == until

    def test_it_follows_the_event_that_is_moved(self, alpha, give):
        event = make_event(alpha, dates=[EventDate(start=timezone.now() + timedelta(days=3))])
        label = give(event)
        moved = timezone.now() + timedelta(days=40)
        event.dates.set([EventDate(start=moved)])
        event.save_revision().publish()
        label.refresh_from_db()
        assert label.expires_on == timezone.localdate(moved)

    def test_an_expired_label_does_not_come_back_with_a_new_date(self, alpha, give):
        event = make_event(alpha, dates=[EventDate(start=timezone.now() - timedelta(days=9))])
        label = give(event, granted_on=timezone.localdate() - timedelta(days=30))
        expired = label.expires_on
        event.dates.add(EventDate(start=timezone.now() + timedelta(days=9)))
        event.save_revision().publish()
        label.refresh_from_db()
        assert label.expires_on == expired
        assert not Label.objects.active().exists()

    def test_what_is_over_gets_no_label(self, alpha, give):
        event = make_event(alpha, dates=[EventDate(start=timezone.now() - timedelta(days=2))])
        with pytest.raises(ValidationError, match="déjà fini"):
            give(event)

    def test_active_is_from_its_first_to_its_last_day(self, alpha, give):
        dates = [EventDate(start=local(alpha, 2026, 12, 8, 9))]
        give(make_event(alpha, dates=dates), granted_on=TODAY)
        for day, is_active in (
            (date(2026, 11, 22), False),
            (TODAY, True),
            (date(2026, 12, 8), True),
            (date(2026, 12, 9), False),
        ):
            assert Label.objects.active(day).exists() is is_active, day


class TestOfAnActionOrAPlace:
    def test_an_action_until_its_last_day_a_year_at_most_a_year_when_it_says_none(
        self, alpha, give
    ):
        for ends_on, expected in (
            (date(2027, 3, 1), date(2027, 3, 1)),
            (date(2028, 3, 1), date(2027, 11, 22)),
            (None, date(2027, 11, 22)),
        ):
            action = make_action(alpha, f"Action {ends_on}", ends_on=ends_on)
            label = give(action, granted_on=TODAY)
            assert (label.subject, label.expires_on) == (Subject.ACTION, expected)

    def test_an_action_of_the_agenda_too(self, alpha, give):
        run = {"is_action": True, "runs_from": TODAY, "runs_until": date(2027, 11, 20)}
        weekly = EventDate(start=local(alpha, 2026, 12, 8, 9), repeat="weekly")
        label = give(make_event(alpha, dates=[weekly], **run), granted_on=TODAY)
        assert (label.subject, label.expires_on) == (Subject.ACTION, date(2027, 11, 20))

    def test_a_place_for_a_year(self, alpha, give):
        label = give(make_actor(alpha), granted_on=TODAY)
        assert (label.subject, label.expires_on) == (Subject.PLACE, date(2027, 11, 22))

    def test_it_follows_the_action_and_never_beyond_a_year(self, alpha, give):
        action = make_action(alpha)
        label = give(action)
        year = a_year_from(timezone.localdate())
        soon = timezone.localdate() + timedelta(days=30)
        for ends_on, expected in ((soon, soon), (year + timedelta(days=90), year), (None, year)):
            action.ends_on = ends_on
            action.save_revision().publish()
            label.refresh_from_db()
            assert label.expires_on == expected

    def test_moved_before_the_label_it_ends_the_day_it_started(self, alpha, give):
        action = make_action(alpha)
        label = give(action)
        action.ends_on = timezone.localdate() - timedelta(days=30)
        action.save_revision().publish()
        label.refresh_from_db()
        assert label.expires_on == label.starts_on

    def test_a_year_ends_on_the_eve(self):
        assert a_year_from(date(2026, 1, 1)) == date(2026, 12, 31)
        assert a_year_from(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_database_refuses_what_no_label_can_be(alpha, give):
    label = give(make_actor(alpha))
    day = timedelta(days=1)
    for wrong in (
        {"expires_on": None},
        {"expires_on": label.starts_on - day},
        {"starts_on": label.granted_on - day},
        {"withdrawn_on": label.granted_on},
        {"withdrawn_on": label.granted_on - day, "withdrawal_reasons": "Erreur."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Label.objects.filter(pk=label.pk).update(**wrong)


def test_a_label_says_what_it_has_become(alpha, give):
    label = give(make_actor(alpha), granted_on=TODAY)
    for day, status in (
        (TODAY - timedelta(days=1), Status.TO_COME),
        (TODAY, Status.ACTIVE),
        (label.expires_on, Status.ACTIVE),
        (label.expires_on + timedelta(days=1), Status.EXPIRED),
    ):
        assert label.status_on(day) == status
    withdraw_label(label=label, reasons="Erreur.")
    assert label.status == Status.WITHDRAWN
