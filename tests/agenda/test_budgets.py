"""18 queries for the list, 15 for a page, and the same for few and for many of everything."""

from datetime import timedelta

import pytest
from agenda_factories import local, make_actor, make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_territory
from wagtail.models import Locale

from agenda.models import EventDate, EventPartner
from territories.models import Term

pytestmark = pytest.mark.django_db
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"


@pytest.fixture
def queries(client):
    def count(address, host="alpha.localhost"):
        client.get(address, headers={"host": host})  # warms renditions and root paths
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, headers={"host": host})
            assert response.status_code == 200
            if response.streaming:
                b"".join(response)
        return len(captured), [query["sql"][:200] for query in captured]

    return count


def make_many(territory, number, first=0):
    actor = make_actor(territory, f"Maison {first}")
    for rank in range(first, first + number):
        start = timezone.now() + timedelta(days=rank % 40 + 1)
        event = make_event(
            territory,
            f"Atelier {rank}",
            slug=f"atelier-{rank}",
            dates=[EventDate(start=start, repeat="weekly" if rank % 2 else "")],
            place=actor,
            organiser=actor,
            publics=["jeunes", "femmes"],
            themes=[JOBS],
            format=Term.objects.get(kind="event-format", code="atelier"),
        )
    return event


def test_the_list_and_the_feeds_cost_the_same_for_5_and_for_60_events(alpha, queries):
    tomorrow = timezone.localdate() + timedelta(days=1)
    addresses = {
        "/agenda/": 18,
        "/agenda/?public=jeunes&gratuit=oui&periode=30-jours": 18,
        "/agenda/?passes=1": 18,
        "/agenda/?vue=mois": 18,
        f"/agenda/?vue=mois&public=jeunes&du={tomorrow}&au={tomorrow}": 18,
        "/agenda/?vue=carte&public=jeunes": 18,
        "/agenda/?pres=43.60,1.44&rayon=20&gratuit=oui&quartier=1": 18,
        "/agenda/lieux.geojson": 15,
        "/en/agenda/": 18,
        "/agenda/calendrier.ics": 15,
        "/en/agenda/calendrier.rss?public=jeunes": 15,
        "/agenda/calendrier.json?size=300": 15,
        "/agenda/calendrier.csv": 15,
        "/agenda/atelier-0.ics": 15,
        "/open-data/evenements.json": 15,
        "/": 15,
        "/en/agenda/atelier-0/": 15,
    }
    make_many(alpha, 5)
    few = {address: queries(address) for address in addresses}
    make_many(alpha, 55, first=5)
    for number in range(6):
        make_territory(f"autre-{number}", plugins=["agenda"])
    for address, budget in addresses.items():
        cost, sql = queries(address)
        assert cost == few[address][0] <= budget, (address, few[address][0], cost, sql)


def test_an_empty_list_keeps_its_budget(alpha, queries):
    make_many(alpha, 2)
    asked = "periode=aujourdhui&public=seniors"
    for query in (asked, f"{asked}&vue=mois&gratuit=oui&pres=43.6,1.4", f"{asked}&vue=carte"):
        cost, sql = queries(f"/agenda/?{query}")
        assert cost <= 18, (query, cost, sql)


def test_the_portal_costs_the_same_for_few_and_for_many_territories(alpha, queries):
    make_many(alpha, 3)
    few = queries("/agenda/", "localhost")[0], queries("/agenda/calendrier.ics", "localhost")[0]
    for number in range(6):
        make_many(make_territory(f"t{number}", plugins=["agenda"]), 3)
    many = queries("/agenda/", "localhost")[0], queries("/agenda/calendrier.ics", "localhost")[0]
    assert few == many and few[0] <= 18 and few[1] <= 15


def test_a_translated_event_page_keeps_its_budget(alpha, queries):
    event = make_many(alpha, 1)
    page = event.copy_for_translation(Locale.objects.get(language_code="en"))
    page.save_revision().publish()
    cost, sql = queries("/en/agenda/atelier-0/")
    assert cost <= 15, sql


def test_an_event_page_costs_at_most_15_queries_and_the_same_with_many_dates(alpha, queries):
    plain = make_many(alpha, 1)
    cost, sql = queries("/agenda/atelier-0/")
    start = local(alpha, 2026, 1, 8, 18)
    plain.dates = [
        EventDate(start=start + timedelta(days=number), repeat="weekly") for number in range(3)
    ]
    plain.partners = [
        EventPartner(actor=make_actor(alpha, f"Partenaire {number}")) for number in range(5)
    ]
    plain.save_revision().publish()
    make_many(alpha, 20, first=1)
    many, sql_many = queries("/agenda/atelier-0/")
    assert many <= 15, sql_many
    assert many == cost, (sql, sql_many)
