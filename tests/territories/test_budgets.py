"""The house's figures: 15 queries a page, the same for 3 and for 84 territories."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import home_of, make_content_page, make_page, make_territory

from territories.models import ContentPage

pytestmark = pytest.mark.django_db


def queries(client, address: str, host: str = "alpha.localhost") -> int:
    client.get(address, headers={"host": host})  # warms renditions and root paths
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers={"host": host}).status_code == 200
    return len(captured)


def test_a_content_page_costs_the_same_among_many_pages_and_territories(client):
    territory = make_territory("alpha", plugins=["sample_plugin"])
    page = make_content_page(
        territory,
        title="Une page",
        slug="une-page",
        body=[("text", {"text": "<p>Bonjour</p>"}), ("heading", {"text": "Et", "level": "h2"})],
    )
    few = queries(client, "/une-page/")
    for number in range(12):
        make_territory(f"autre-{number}", plugins=["sample_plugin"])
        make_page(home_of(territory), ContentPage(title=f"Page {number}", show_in_menus=True))
    many = queries(client, "/une-page/")
    assert few == many <= 15
    assert page.territory == territory


def test_the_home_page_costs_at_most_15_queries(client):
    make_territory("alpha", plugins=["sample_plugin"])
    assert queries(client, "/") <= 15
    assert queries(client, "/en/") <= 15
