"""15 queries for a page, 18 for a filtered list, and the same for few and for many."""

import pytest
from agenda_factories import make_actor
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_content_page, make_territory
from newsroom_factories import make_many_news, make_story
from wagtail.models import Locale

from newsroom.models import NewsPage, StoryActor

pytestmark = pytest.mark.django_db
LICENCE = "mobilite--financer-ma-mobilite"
PLACES = {
    ("/actualites/", "alpha.localhost"): 18,
    ("/actualites/?theme=mobilite&annee=2026", "alpha.localhost"): 18,
    ("/en/actualites/", "alpha.localhost"): 18,
    ("/actualites/nouvelle-0/", "alpha.localhost"): 15,
    ("/en/actualites/nouvelle-0/", "alpha.localhost"): 15,
    ("/actualites/flux.xml", "alpha.localhost"): 15,
    ("/parcours/", "alpha.localhost"): 18,
    ("/parcours/parcours-0/", "alpha.localhost"): 15,
    ("/en/parcours/parcours-0/", "alpha.localhost"): 15,
    ("/une-page/", "alpha.localhost"): 15,
    ("/", "alpha.localhost"): 15,
    ("/en/", "alpha.localhost"): 15,
    ("/actualites/", "localhost"): 18,
    ("/actualites/flux.xml", "localhost"): 15,
    ("/", "localhost"): 15,
}


@pytest.fixture
def costs(client):
    def count(place):
        address, host = place
        client.get(address, headers={"host": host})  # warms renditions and root paths
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers={"host": host}).status_code == 200, place
        return len(captured), "\n".join(query["sql"][:250] for query in captured)

    return lambda: {place: count(place) for place in PLACES}


def translate(page):
    page = page.copy_for_translation(Locale.objects.get(language_code="en"))
    page.save_revision().publish()


def fill(territory, first, last):
    make_many_news(territory, range(first, last), themes=[LICENCE])
    if first == 0:
        translate(NewsPage.objects.records().get(territory=territory, slug="nouvelle-0"))
    for rank in range(first, min(last, 9)):
        helpers = [StoryActor(actor=make_actor(territory, f"Acteur {rank}"))] if rank else []
        story = make_story(territory, f"Parcours {rank}", themes=[LICENCE], actors=helpers)
        if rank == 0:
            translate(story)


def test_pages_and_lists_cost_the_same_for_5_and_50_news_3_and_8_territories(alpha, beta, costs):
    make_content_page(
        alpha, "Une page", body=[("newsroom_latest", {"title": "", "count": 3, "since": None})]
    )
    fill(alpha, 0, 5)
    few = costs()
    fill(alpha, 5, 50)
    for number in range(6):
        fill(make_territory(f"autre-{number}", plugins=["newsroom"]), 0, 1)
    many = costs()
    for place, most in PLACES.items():
        assert many[place][0] == few[place][0], (place, few[place], many[place])
        assert many[place][0] <= most, (place, many[place])
