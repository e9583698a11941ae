"""The list, the month and the map show the same events."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from agenda_factories import local, make_actor, make_event
from factories import make_territory
from wagtail.models import Locale

from agenda.models import EventDate

pytestmark = pytest.mark.django_db
IN_DECEMBER = "vue=mois&mois=2030-12"


@pytest.fixture(autouse=True)
def autumn(alpha):
    """A Wednesday of November 2030. The territories are older than that."""
    with time_machine.travel("2030-11-20T09:00:00+01:00"):
        yield


def at(territory, *parts, hours=2, **fields):
    start = local(territory, *parts)
    return [EventDate(start=start, end=start + timedelta(hours=hours), **fields)]


def month_of(html):
    return re.search(r'<table class="month.*?</table>', html, re.DOTALL)[0]


def named(html):
    """The events named in the cells of a month."""
    return [
        re.sub(r"<[^>]+>", "", name).split(" ", 1)[1]
        for name in re.findall(r'<li><a[^>]*href="[^"?]*">(.*?)</a></li>', month_of(html))
    ]


def test_a_switch_leads_to_the_three_views_with_the_filters_kept(alpha, get):
    make_event(alpha, "Forum", publics=["jeunes"], dates=at(alpha, 2030, 12, 3, 9))
    html = get("/agenda/?public=jeunes&periode=mois-prochain")
    switch = re.search(r'<nav class="view".*?</nav>', html, re.DOTALL)[0]
    assert re.search(r'href="[^"]*" aria-current="true"><svg[^>]*>.*?</svg>Liste', switch)
    for view in ("mois", "carte"):
        query = f"public=jeunes&amp;periode=mois-prochain&amp;vue={view}"
        assert f'href="/agenda/?{query}"' in switch
        assert "<b>1 rendez-vous</b> le mois prochain" in get(
            f"/agenda/?{query}".replace("&amp;", "&")
        )


def test_a_month_names_the_events_of_each_day_in_a_table(alpha, get):
    make_event(alpha, "Forum", dates=at(alpha, 2030, 12, 3, 9))
    make_event(alpha, "Cours", dates=at(alpha, 2030, 12, 5, 18, repeat="weekly"))
    make_event(alpha, "En janvier", dates=at(alpha, 2031, 1, 5, 18))
    html = get(f"/agenda/?{IN_DECEMBER}")
    assert named(html) == ["Forum", "Cours", "Cours", "Cours", "Cours"]
    table = month_of(html)
    assert table.count('scope="col"') == 7 and table.count("<tr>") == 7  # with the head
    assert "3 décembre, 1 rendez-vous" in table
    assert "<b>2 rendez-vous</b> en décembre 2030" in html


def test_a_day_leads_to_its_list_under_the_month(alpha, get):
    make_event(alpha, "Forum", dates=at(alpha, 2030, 12, 3, 9))
    make_event(alpha, "Visite", dates=at(alpha, 2030, 12, 4, 9))
    address = "/agenda/?vue=mois&du=2030-12-03&au=2030-12-03"
    assert f'href="{address.replace("&", "&amp;")}#jour"' in get(f"/agenda/?{IN_DECEMBER}")
    html = get(address)
    assert named(html) == ["Forum", "Visite"]  # of the whole month
    below = html[html.index('id="jour"') :]
    assert "Forum" in below and "Visite" not in below
    assert "<b>1 rendez-vous</b> le 3 décembre 2030" in html


def test_a_full_day_names_three_events_and_counts_the_others(alpha, get):
    for number in range(5):
        make_event(alpha, f"Atelier {number}", dates=at(alpha, 2030, 12, 3, 9 + number))
    html = get(f"/agenda/?{IN_DECEMBER}")
    assert named(html)[:3] == ["Atelier 0", "Atelier 1", "Atelier 2"]
    assert "et 2 autres" in month_of(html) and "5 rendez-vous" in month_of(html)


def test_the_facets_narrow_the_month(alpha, get):
    make_event(alpha, "Forum", publics=["jeunes"], dates=at(alpha, 2030, 12, 3, 9))
    make_event(alpha, "Visite", dates=at(alpha, 2030, 12, 4, 9))
    assert named(get(f"/agenda/?{IN_DECEMBER}&public=jeunes")) == ["Forum"]


def test_a_mark_lights_the_window_of_its_day(alpha, get, mark_events):
    mark_events(make_event(alpha, "Forum", dates=at(alpha, 2030, 12, 3, 9)))
    make_event(alpha, "Visite", dates=at(alpha, 2030, 12, 4, 9))
    table = month_of(get(f"/agenda/?{IN_DECEMBER}"))
    assert table.count('class="arch lit"') == 1 and table.count('class="arch"') == 1


def test_the_months_lead_no_further_than_dates_are_known(alpha, get):
    make_event(alpha, "Forum")
    html = get("/agenda/?vue=mois")
    assert 'rel="prev"' in html and 'rel="next"' in html
    assert 'rel="next"' not in get("/agenda/?vue=mois&mois=2032-02")
    assert 'rel="prev"' not in get("/agenda/?vue=mois&mois=2029-11")
    for nonsense in ("2032-13", "2050-01", "0000-01", "1999-12", "décembre", "%00"):
        assert "Novembre 2030" in get(f"/agenda/?vue=mois&mois={nonsense}")


def test_an_action_of_several_months_stands_after_the_dated_ones_and_in_no_cell(alpha, get):
    make_event(
        alpha,
        "Action",
        is_action=True,
        dates=[],
        runs_from=date(2030, 11, 1),
        runs_until=date(2031, 3, 31),
    )
    make_event(alpha, "Forum", dates=at(alpha, 2030, 12, 3, 9))
    html = get("/agenda/")
    assert html.index("Tous les rendez-vous") < html.index(">Forum<")
    assert html.index(">Forum<") < html.index("Sur plusieurs mois") < html.index(">Action<")
    assert named(get(f"/agenda/?{IN_DECEMBER}")) == ["Forum"]
    assert re.findall(r'<h[23]><a href="[^"]*">([^<]*)', get("/agenda/?duree=action")) == ["Action"]
    assert re.findall(r'<h[23]><a href="[^"]*">([^<]*)', get("/agenda/?duree=date")) == ["Forum"]


@pytest.mark.parametrize("view", ["mois", "carte"])
def test_no_view_shows_a_stranger(alpha, beta, get, view):
    house = make_actor(beta, "Chez beta", latitude=43.6, longitude=1.4)
    make_event(beta, "Secret de beta", place=house)
    assert "Secret de beta" not in get(f"/agenda/?vue={view}")
    assert json.loads(get("/agenda/lieux.geojson"))["features"] == []
    assert "Secret de beta" in get(f"/agenda/?vue={view}", host="localhost")
    assert "Secret de beta" in get(f"/agenda/?vue={view}", host="beta.localhost")


def test_on_the_portal_a_month_tells_the_hours_of_each_place(get):
    far = make_territory("reunion", plugins=["agenda"])
    far.time_zone = "Indian/Reunion"
    far.save()
    # Still the evening of the 2nd in Paris.
    make_event(far, "Atelier", dates=at(far, 2030, 12, 3, 1, 30))
    table = month_of(get(f"/agenda/?{IN_DECEMBER}", host="localhost"))
    assert "3 décembre, 1 rendez-vous" in table and "1\u00a0h\u00a030" in table


def test_the_map_lists_places_with_their_events(alpha, get):
    house = make_actor(alpha, "Maison", latitude=43.57, longitude=1.4)
    for number in range(4):
        make_event(
            alpha, f"Atelier {number}", place=house, dates=at(alpha, 2030, 12, number + 1, 9)
        )
    make_event(alpha, "Ailleurs", place_name="Place Abbal", latitude=43.58, longitude=1.41)
    make_event(alpha, "Sans lieu", is_online=True)
    html = get("/agenda/?vue=carte")
    places = re.findall(r'data-place="([^"]*)"', html)
    assert places == ["43.58000,1.41000", "43.57000,1.40000"]
    assert "Voir les 4 rendez-vous ici" in html and "Atelier 3" not in html
    assert "1 rendez-vous n’est pas sur la carte" in html
    assert '<svg class="places-drawing"' in html and "leaflet.js" in html
    features = json.loads(get("/agenda/lieux.geojson?vue=carte"))["features"]
    assert [one["id"] for one in features] == places
    assert [one["properties"]["events"] for one in features] == [1, 4]
    assert features[1]["properties"]["said"] == "4 rendez-vous"
    assert "<b>4 rendez-vous</b>" in get(features[1]["properties"]["url"])


def test_a_month_speaks_the_visitors_language_where_it_can(alpha, get):
    event = make_event(alpha, "Le marché", dates=at(alpha, 2030, 12, 3, 9))
    make_event(alpha, "Pas traduit", dates=at(alpha, 2030, 12, 4, 9))
    translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title = "The market"
    translation.save_revision().publish()
    table = month_of(get(f"/en/agenda/?{IN_DECEMBER}"))
    assert "The market" in table and "Le marché" not in table
    assert '<bdi lang="fr">Pas traduit</bdi>' in table
    assert "/en/agenda/?vue=mois" in table


def test_a_day_without_events_has_no_window_and_leads_nowhere(get, alpha):
    html = get("/agenda/?vue=mois")
    assert "<a" not in month_of(html)
    assert "Rien en novembre 2030." in html
