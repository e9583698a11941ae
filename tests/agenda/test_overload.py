"""Saving an event warns of others that ask the same people to come at the same time."""

from datetime import timedelta

import pytest
from agenda_factories import local, make_event, place_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_member
from filling_forms import typed

from agenda.models import EventDate, Status
from agenda.overload import clashes_of, half_days

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def at(territory, hour, minute=0, *, day=3, hours=2, **rule):
    start = local(territory, 2030, 12, day, hour, minute)
    return EventDate(start=start, end=start + timedelta(hours=hours), **rule)


def make(territory, title, *dates, **fields):
    return make_event(territory, title, dates=list(dates), publics=["jeunes"], **fields)


def titles(event):
    return [clash.title for clash in clashes_of(event, NOW)]


@pytest.fixture
def bagatelle(alpha):
    return [place_of(alpha)]


def test_the_same_public_and_neighbourhood_in_the_same_half_day_meet(alpha, bagatelle):
    event = make(alpha, "Forum", at(alpha, 9), aimed_at=bagatelle)
    make(alpha, "Même matin", at(alpha, 10, 30, hours=1), aimed_at=bagatelle)
    make(alpha, "Après-midi", at(alpha, 14), aimed_at=bagatelle)
    make(alpha, "Lendemain", at(alpha, 9, day=4), aimed_at=bagatelle)
    make(alpha, "Ailleurs", at(alpha, 9), aimed_at=[place_of(alpha, "Reynerie")])
    make(alpha, "Tout le territoire", at(alpha, 9))
    make_event(alpha, "Autre public", dates=[at(alpha, 9)], publics=["seniors"], aimed_at=bagatelle)
    make(alpha, "Annulé", at(alpha, 9), aimed_at=bagatelle, status=Status.CANCELLED)
    make(alpha, "Brouillon", at(alpha, 9), aimed_at=bagatelle, published=False)
    assert titles(event) == ["Même matin"]


def test_events_for_everybody_everywhere_meet_each_other(alpha):
    event = make_event(alpha, "Forum", dates=[at(alpha, 9)], publics=["tous-publics"])
    make_event(alpha, "Sans précision", dates=[at(alpha, 11, hours=4)])
    assert titles(event) == ["Sans précision"]


def test_nothing_of_another_territory_is_told(alpha, beta, bagatelle):
    event = make(alpha, "Forum", at(alpha, 9), aimed_at=bagatelle)
    beta.neighbourhoods.set(bagatelle)
    make(beta, "Chez beta", at(beta, 9), aimed_at=bagatelle)
    assert titles(event) == []


def test_of_two_series_the_first_day_they_share_is_told_once(alpha, bagatelle):
    start = local(alpha, 2026, 1, 8, 18)
    weekly = EventDate(start=start, end=start + timedelta(hours=1), repeat="weekly")
    event = make(alpha, "Chaque jeudi", weekly, aimed_at=bagatelle)
    again = EventDate(start=start + timedelta(minutes=30), repeat="weekly")
    make(alpha, "Chaque jeudi aussi", again, aimed_at=bagatelle)
    (clash,) = clashes_of(event, NOW)
    assert timedelta(0) <= clash.start - NOW < timedelta(days=8)


def test_a_whole_day_touches_its_morning_afternoon_and_evening_but_no_long_period(alpha):
    nine = local(alpha, 2030, 12, 3, 9)
    parts = [part for _day, part in half_days(nine, nine + timedelta(hours=10))]
    assert parts == [0, 1, 2]
    assert list(half_days(nine, nine + timedelta(hours=3))) == [(nine.date(), 0)]
    assert list(half_days(nine, None)) == [(nine.date(), 0)]
    assert list(half_days(nine, nine + timedelta(days=20))) == []


def test_it_costs_the_same_for_few_and_for_many(alpha, bagatelle):
    event = make(alpha, "Forum", at(alpha, 9), aimed_at=bagatelle)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            clashes_of(event, NOW)
        return len(captured)

    make(alpha, "Un", at(alpha, 9), aimed_at=bagatelle)
    cost()  # reads the territory and what the event names
    one = cost()
    for number in range(4):
        make(alpha, f"Encore {number}", at(alpha, 9, repeat="weekly"), aimed_at=bagatelle)
    assert cost() == one <= 5


def save(client, event, **pressed):
    """As somebody who opens the event and saves it; what they are told then."""
    address = f"/admin/pages/{event.pk}/edit/"
    client.force_login(make_member(event.territory, "coordinator"))
    form = client.get(address, headers={"host": "localhost"}).context["form"]
    sent = typed(form) | pressed
    for lines in form.formsets.values():
        sent |= typed(lines.management_form)
        for line in lines.forms:
            sent |= typed(line)
    response = client.post(address, sent, headers={"host": "localhost"})
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response["Location"], headers={"host": "localhost"})
    return page.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("pressed", [{"action-publish": "1"}, {}])
def test_whoever_saves_is_warned_with_links_and_hours_and_hindered_in_nothing(
    alpha, client, pressed
):
    others = [
        make_event(alpha, f"Atelier <{number}>", dates=[at(alpha, 9, number)])
        for number in range(5)
    ]
    html = save(client, make_event(alpha, "Forum", dates=[at(alpha, 10)]), **pressed)
    assert "Au même moment, pour le même public et le même quartier" in html
    for other in others[:3]:
        assert f'href="/admin/pages/{other.pk}/edit/"' in html
    assert "Atelier &lt;0&gt;</a> (mardi 3 décembre, de 9 h à 11 h)" in html
    assert "et 2 autres." in html and "Atelier &lt;3&gt;</a>" not in html


def test_whoever_saves_what_meets_nothing_is_told_nothing(alpha, beta, client):
    make_event(beta, "Chez beta", dates=[at(beta, 9)])
    html = save(client, make_event(alpha, "Forum", dates=[at(alpha, 9)]))
    assert "Au même moment" not in html
