import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_portal, make_territory
from wagtail.models import Page, Site

from portal.home import france
from portal.home.models import PortalHomePage
from territories.models import Commune

pytestmark = pytest.mark.django_db


def test_the_portal_lists_the_territories_with_their_addresses(client):
    make_territory("alpha")
    make_territory("beta")
    html = client.get("/", headers={"host": "localhost"}).content.decode()
    assert 'href="http://alpha.localhost/"' in html
    assert 'href="http://beta.localhost/"' in html


def test_a_territory_stands_on_the_map_where_its_commune_is(client):
    make_territory("alpha")
    Commune.objects.filter(code="31555").update(latitude=43.6, longitude=1.44)
    html = client.get("/", headers={"host": "localhost"}).content.decode()
    point = france.place(1.44, 43.6)
    assert f"M{point.x} {point.y}" in html
    assert 'aria-label="Alpha"' in html


def test_overseas_territories_are_listed_though_the_drawing_does_not_hold_them(client):
    make_territory("reunion", communes=["97411:Saint-Denis"])
    Commune.objects.filter(code="97411").update(latitude=-20.88, longitude=55.45)
    response = client.get("/", headers={"host": "localhost"})
    assert "reunion.localhost" in response.content.decode()
    assert france.place(55.45, -20.88) is None


def test_creating_the_portal_twice_makes_nothing_twice():
    make_portal()
    before = Page.objects.count(), Site.objects.count()
    call_command("create_portal", "--hostname=localhost", verbosity=0)
    assert (Page.objects.count(), Site.objects.count()) == before
    assert PortalHomePage.objects.count() == 3
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_the_portal_costs_the_same_for_3_and_for_20_territories(client):
    def queries():
        client.get("/", headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/", headers={"host": "localhost"}).status_code == 200
        return len(captured)

    for number in range(3):
        make_territory(f"t{number}")
    few = queries()
    for number in range(3, 20):
        make_territory(f"t{number}", plugins=[])
    assert queries() == few <= 15
