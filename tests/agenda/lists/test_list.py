import re
from datetime import timedelta

import pytest
from agenda_factories import local, make_actor, make_event
from django.utils import timezone
from factories import make_territory
from perimeters_drawn import MIDDLE, make_neighbourhood
from wagtail.models import Locale

from agenda.models import EventDate, EventPage
from territories.models import Neighbourhood, Term
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db

JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"


def titles(html):
    """The events listed, in order; not the one that an empty list proposes."""
    return re.findall(r'<h[23]><a href="[^"]*">([^<]*)</a>', html)


def on(start, hours=2, **fields):
    return [EventDate(start=start, end=start + timedelta(hours=hours), **fields)]


def in_days(number, **kwargs):
    return on(timezone.now() + timedelta(days=number), **kwargs)


def test_the_agenda_lists_what_is_to_come_in_the_order_of_time(alpha, get):
    make_event(alpha, "Après-demain", dates=in_days(2))
    make_event(alpha, "Demain", dates=in_days(1))
    make_event(alpha, "Hier", dates=in_days(-1))
    make_event(alpha, "Brouillon", published=False)
    assert titles(get("/agenda/")) == ["Demain", "Après-demain"]


def test_an_event_under_way_is_still_listed_and_one_that_has_ended_is_not(alpha, get):
    now = timezone.now()
    make_event(alpha, "En cours", dates=on(now - timedelta(hours=1)))
    make_event(alpha, "Fini", dates=on(now - timedelta(hours=3)))
    assert titles(get("/agenda/")) == ["En cours"]


def test_the_archive_lists_what_is_over_newest_first(alpha, get, mark_events):
    make_event(alpha, "À venir")
    mark_events(make_event(alpha, "Il y a un mois", dates=in_days(-30)))
    make_event(alpha, "Hier", dates=in_days(-1))
    html = get("/agenda/?passes=1")
    assert titles(html) == ["Hier", "Il y a un mois"]
    assert "En avant" not in html


def test_the_archive_tells_the_months_apart(alpha, get):
    for title, *day in (("Été", 2025, 8, 31), ("Rentrée", 2025, 9, 1), ("Forum", 2025, 9, 30)):
        make_event(alpha, title, dates=on(local(alpha, *day, 9)))
    told = re.findall(r'<h2 class="mb[^>]*>([^<]*)<|<h3><a[^>]*>([^<]*)<', get("/agenda/?passes=1"))
    months = ["Septembre 2025", "Forum", "Rentrée", "Août 2025", "Été"]
    assert [month or title for month, title in told] == months


def test_a_series_is_listed_once_with_its_next_date_and_a_sentence(alpha, get):
    first = local(alpha, 2024, 1, 4, 18)
    make_event(alpha, "Parler français", dates=on(first, repeat="weekly"))
    html = get("/agenda/")
    assert titles(html) == ["Parler français"]
    assert "tous les jeudis" in html
    today = timezone.localdate(timezone=alpha.zone)
    coming = next(
        event for event in EventPage.objects.upcoming() if event.next_start
    ).next_start.astimezone(alpha.zone)
    assert coming.weekday() == 3 and coming.hour == 18
    assert today <= coming.date() <= today + timedelta(days=7)


def test_a_line_says_hour_place_and_what_decides_somebody_to_come(alpha, get):
    day = local(alpha, 2030, 12, 3, 9, 30)
    make_event(
        alpha,
        "Café rencontre",
        dates=on(day),
        place_name="Place Abbal",
        commune="Toulouse",
        format=Term.objects.get(kind="event-format", code="cafe-rencontre"),
    )
    html = get("/agenda/")
    assert "9\u00a0h\u00a030 à 11\u00a0h\u00a030" in html
    assert "Place Abbal, Toulouse" in html
    assert '<span class="tag">Gratuit</span>' in html
    assert '<span class="tag">Café rencontre</span>' in html


@pytest.mark.parametrize(
    ("status", "words"), [("cancelled", "Annulé"), ("full", "Complet"), ("postponed", "Reporté")]
)
def test_a_cancelled_or_full_event_is_listed_and_says_so(alpha, get, status, words):
    make_event(alpha, "Visite", status=status)
    html = get("/agenda/")
    assert titles(html) == ["Visite"]
    assert words in html
    assert ('class="date off"' in html) == (status in {"cancelled", "postponed"})


def test_what_a_mark_puts_first_comes_first_under_a_heading_of_its_own(alpha, get, mark_events):
    make_event(alpha, "Demain", dates=in_days(1))
    mark_events(make_event(alpha, "Dans un mois", dates=in_days(30)))
    html = get("/agenda/")
    assert titles(html) == ["Dans un mois", "Demain"]
    assert html.index("En avant") < html.index("Dans un mois") < html.index("Tous les rendez-vous")
    assert 'class="date lit"' in html and "Mis en lumière" in html


def test_a_list_of_one_kind_has_no_group_headings(alpha, get, mark_events):
    event = make_event(alpha, "Demain")
    assert "Tous les rendez-vous</h2>" not in get("/agenda/")
    mark_events(event)
    html = get("/agenda/")
    assert "En avant" not in html and titles(html) == ["Demain"]


def test_marks_order_before_the_pages_are_cut(alpha, get, mark_events):
    for number in range(21):
        event = make_event(alpha, f"Atelier {number:02}", dates=in_days(number + 1))
    mark_events(event)
    assert titles(get("/agenda/"))[0] == "Atelier 20"
    assert titles(get("/agenda/?page=2")) == ["Atelier 19"]


def test_facets_offer_only_what_has_results_and_count_it(alpha, get):
    make_event(alpha, "Forum", publics=["jeunes"], themes=[JOBS])
    make_event(alpha, "Mon CV", publics=["jeunes", "femmes"], themes=[CV], is_free=False)
    html = get("/agenda/")
    assert 'name="public" value="jeunes"' in html and 'value="seniors"' not in html
    assert re.search(r'value="jeunes">.*?aria-hidden="true">2<', html)
    assert titles(get("/agenda/?public=femmes")) == ["Mon CV"]
    assert titles(get("/agenda/?theme=trouver-un-emploi")) == ["Forum"]
    assert titles(get("/agenda/?gratuit=oui")) == ["Forum"]
    assert titles(get("/agenda/?public=femmes&gratuit=oui")) == []


def test_a_chosen_filter_can_be_taken_away(alpha, get):
    make_event(alpha, "Forum", publics=["jeunes"])
    html = get("/agenda/?public=jeunes&periode=30-jours")
    assert 'href="/agenda/?public=jeunes"' in html  # without the period
    assert 'href="/agenda/?periode=30-jours"' in html  # without the public
    assert re.search(r'value="jeunes" checked', html)


def test_a_period_narrows_the_list_and_the_presets_are_counted(alpha, get):
    make_event(alpha, "Ce soir", dates=on(timezone.now() + timedelta(minutes=1), hours=0.1))
    make_event(alpha, "Dans dix jours", dates=in_days(10))
    make_event(alpha, "Dans un an", dates=in_days(365))
    html = get("/agenda/")
    found = re.search(r"30 prochains jours</span>\s*<span class=\"n\">(\d+)", html)
    assert found and found[1] == "2"
    assert titles(get("/agenda/?periode=30-jours")) == ["Ce soir", "Dans dix jours"]
    day = timezone.localdate() + timedelta(days=10)
    assert titles(get(f"/agenda/?du={day}&au={day}")) == ["Dans dix jours"]
    assert titles(get(f"/agenda/?du={day}")) == ["Dans dix jours", "Dans un an"]


def test_a_series_shows_the_date_that_falls_in_the_period(alpha, get):
    event = make_event(alpha, "Chaque semaine", dates=in_days(1, repeat="weekly"))
    far = event.occurrences.all()[8]
    day = far.start.astimezone(alpha.zone).date()
    assert f'datetime="{day}"' in get(f"/agenda/?du={day}&au={day}")


def test_a_bad_date_is_named_in_a_sentence_and_narrows_nothing(alpha, get):
    make_event(alpha, "Forum")
    html = get("/agenda/?du=2026-99-99")
    assert "À partir du" in html and "écrivez une date comme 03/12/2026" in html
    assert titles(html) == ["Forum"]


def test_an_empty_period_proposes_the_nearest_event(alpha, get):
    make_event(alpha, "Forum", dates=in_days(40))
    html = get("/agenda/?periode=aujourdhui")
    assert "Rien aujourd’hui." in html
    assert "Le plus proche" in html and "Forum" in html
    assert titles(html) == []


def test_filters_that_leave_nothing_are_not_taken_for_an_empty_agenda(alpha, get):
    make_event(alpha, "Forum", publics=["jeunes"])
    html = get("/agenda/?public=seniors")
    assert "Rien avec ces filtres." in html and "Forum" in html


def test_an_unpublished_event_leaves_and_comes_back_as_it_was(alpha, get):
    event = make_event(alpha, "Forum")
    before = list(event.occurrences.values())
    event.unpublish()
    assert titles(get("/agenda/")) == []
    event.save_revision().publish()
    assert titles(get("/agenda/")) == ["Forum"]
    assert list(event.occurrences.values()) == before


def test_an_empty_agenda_says_so(alpha, get):
    assert "Rien pour l’instant." in get("/agenda/")
    assert "Aucun rendez-vous passé." in get("/agenda/?passes=1")


NONSENSE = [
    "page=abc",
    "page=-1",
    "page=99999999999999999999",
    "du=2026-99-99",
    "du=%00&au=%00",
    "du=9999-12-31&au=0001-01-01",
    "du=2026-01-01&du=hier",
    "periode=%00",
    "periode=toujours",
    "theme=%00",
    "theme=inconnu&public=%00&format=%22&gratuit=peut-%C3%AAtre",
    "theme=" + "a" * 5000,
    "&".join(["public=jeunes"] * 300),
    "passes=1&page=abc",
    "passes=%00",
    "q=%22&x[]=1",
]


@pytest.mark.parametrize("address", ["/agenda/", "/agenda/calendrier.ics"])
def test_nonsense_in_the_address_is_never_an_error(alpha, client, address):
    make_event(alpha, "Forum", publics=["jeunes"])
    for query in NONSENSE:
        response = client.get(f"{address}?{query}", headers={"host": "alpha.localhost"})
        assert response.status_code == 200, query


def test_a_territory_lists_no_strangers_event(alpha, beta, get):
    make_event(alpha, "Chez alpha")
    make_event(beta, "Chez beta")
    assert titles(get("/agenda/")) == ["Chez alpha"]
    assert "Chez beta" not in get("/agenda/?passes=1")
    assert "Chez beta" not in get("/agenda/?periode=aujourdhui")


def test_the_portal_lists_every_territory_and_names_it(alpha, beta, get):
    make_event(alpha, "Chez alpha")
    make_event(beta, "Chez beta")
    html = get("/agenda/", host="localhost")
    assert sorted(titles(html)) == ["Chez alpha", "Chez beta"]
    assert "<br>Alpha</p>" in html and "<br>Beta</p>" in html
    assert 'href="http://beta.localhost/agenda/chez-beta/"' in html
    assert "<br>Alpha</p>" not in get("/agenda/")


def test_on_the_portal_hours_are_those_of_each_place(get):
    far = make_territory("reunion", plugins=["agenda"])
    far.time_zone = "Indian/Reunion"
    far.save()
    make_event(far, "Atelier", dates=on(local(far, 2030, 12, 3, 9, 30)))
    html = get("/agenda/", host="localhost")
    assert "9\u00a0h\u00a030 à 11\u00a0h\u00a030" in html
    assert "(heure locale)" in html
    assert "(heure locale)" not in get("/agenda/", host="reunion.localhost")


def test_a_switched_off_agenda_answers_404_and_leaves_the_portal(alpha, beta, get):
    event = make_event(alpha, "Chez alpha")
    switch_off(territory=alpha, plugin="agenda")
    for address in ("/agenda/", "/agenda/calendrier.ics", "/agenda/chez-alpha.ics", "/en/agenda/"):
        get(address, status=404)
    get(event.get_url_parts()[2], status=404)
    assert "Chez alpha" not in get("/agenda/", host="localhost")
    assert "Chez alpha" not in get("/agenda/calendrier.ics", host="localhost")
    assert get("/agenda/", host="beta.localhost")


def test_the_list_speaks_the_visitors_language_where_it_can(alpha, get):
    event = make_event(alpha, "Le marché")
    make_event(alpha, "Pas traduit")
    translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title = "The market"
    translation.save_revision().publish()
    html = get("/en/agenda/")
    assert ">The market</a>" in html and "Le marché" not in html
    assert '<bdi lang="fr">Pas traduit</bdi></a>' in html


def test_the_page_sets_no_cookie_and_holds_nothing_inline(alpha, client):
    event = make_event(alpha, "Forum")
    for address in ("/agenda/", event.get_url_parts()[2]):
        response = client.get(address, headers={"host": "alpha.localhost"})
        html = response.content.decode()
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in html
        assert "<style" not in html and " style=" not in html and "onclick" not in html
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
        assert set(inline) <= {' type="application/ld+json"'}


def offered(html, name):
    """The choices of a facet with their counts."""
    return dict(re.findall(rf'name="{name}" value="([^"]*)".*?aria-hidden="true">(\d+)<', html))


def test_one_asks_for_a_town_a_neighbourhood_what_is_online_and_how_long(alpha, get):
    town = alpha.communes.get()
    bagatelle = Neighbourhood.objects.create(commune=town, name="Bagatelle", code="QN03107M")
    nameless = Neighbourhood.objects.create(commune=town, name="Sans code")
    make_event(alpha, "Ici", commune="Toulouse", aimed_at=[bagatelle])
    make_event(alpha, "Là", commune="Blagnac", aimed_at=[bagatelle, nameless], is_online=True)
    make_event(alpha, "Partout", commune="Blagnac")
    html = get("/agenda/")
    assert offered(html, "ville") == {"Blagnac": "2", "Toulouse": "1"}
    assert offered(html, "quartier") == {"QN03107M": "2", str(nameless.pk): "1"}
    assert offered(html, "en-ligne") == {"oui": "1"}
    assert offered(html, "duree") == {}  # all have their day
    assert titles(get("/agenda/?ville=Toulouse")) == ["Ici"]
    assert sorted(titles(get("/agenda/?quartier=QN03107M"))) == ["Ici", "Là"]
    assert titles(get(f"/agenda/?quartier={nameless.pk}&en-ligne=oui")) == ["Là"]
    # Counted with the other facets in force, and never with its own.
    html = get("/agenda/?ville=Toulouse")
    assert offered(html, "ville") == {"Blagnac": "2", "Toulouse": "1"}
    assert offered(html, "quartier") == {"QN03107M": "1"}


def test_a_neighbourhood_is_where_an_event_takes_place_or_whom_it_is_aimed_at(alpha, get):
    here = make_neighbourhood("Bagatelle", "QN03107M", former_code="QP031007")
    there = {"latitude": MIDDLE.latitude, "longitude": MIDDLE.longitude}
    host = make_actor(alpha, "Maison de quartier", **there)
    far = make_actor(alpha, "Loin", latitude=43.7, longitude=1.2)
    make_event(alpha, "Dehors", **there)
    make_event(alpha, "Chez un acteur", place=host, latitude=43.7, longitude=1.2)
    make_event(alpha, "Les deux", place=host, aimed_at=[here])
    make_event(alpha, "Pour eux ailleurs", place=far, aimed_at=[here])
    make_event(alpha, "Ailleurs", place=far, **there)
    make_event(alpha, "Nulle part")
    html = get("/agenda/")
    assert offered(html, "quartier") == {"QN03107M": "4"}
    expected = ["Chez un acteur", "Dehors", "Les deux", "Pour eux ailleurs"]
    for value in ("QN03107M", "QP031007"):
        assert sorted(titles(get(f"/agenda/?quartier={value}"))) == expected
    assert titles(get("/agenda/?quartier=QN99999M")) == []


@pytest.fixture
def around(alpha):
    """Three places, at 0, 0.5 and 30 km of the commune's own point."""
    town = alpha.communes.get()
    town.latitude, town.longitude = 43.6, 1.44
    town.save()
    house = make_actor(alpha, "Maison", latitude=43.6, longitude=1.44)
    make_event(alpha, "Ici", place=house, dates=in_days(3))
    make_event(alpha, "Tout près", latitude=43.6045, longitude=1.44, dates=in_days(2))
    make_event(alpha, "Loin", latitude=43.87, longitude=1.44, dates=in_days(1))
    make_event(alpha, "Sans adresse", dates=in_days(1))
    return f"commune-{town.pk}", f"lieu-{house.pk}"


def test_near_a_known_place_events_say_how_far_they_are_in_the_order_of_time(alpha, around, get):
    for place in (*around, "43.60,1.44"):
        html = get(f"/agenda/?pres={place}")
        assert titles(html) == ["Tout près", "Ici"], place
        assert "à 500\u00a0m" in html
    assert titles(get(f"/agenda/?pres={around[0]}&rayon=20")) == ["Tout près", "Ici"]
    assert f'<option value="{around[0]}" selected>' in get(f"/agenda/?pres={around[0]}")


def test_a_place_that_nobody_knows_narrows_nothing(alpha, beta, around, get):
    hidden = make_actor(beta, "Chez beta", latitude=43.6, longitude=1.44)
    for place in ("commune-99999", f"lieu-{hidden.pk}", "900,1", "%00", "ici", "43.6,"):
        assert len(titles(get(f"/agenda/?pres={place}"))) == 4, place
    assert "Chez beta" not in get("/agenda/")


def test_nothing_found_proposes_what_one_filter_less_leaves(alpha, get):
    for title in ("Forum", "Visite"):
        make_event(alpha, title, publics=["jeunes"], is_free=False, dates=in_days(40))
    make_event(alpha, "Atelier", publics=["femmes"], dates=in_days(2))
    html = get("/agenda/?public=jeunes&gratuit=oui")
    assert "Rien avec ces filtres." in html
    assert 'href="/agenda/?public=jeunes">Sans «\u00a0Gratuit\u00a0»\u00a0: 2 rendez-vous' in html
    # The nearest in time has the same filters.
    html = get("/agenda/?public=jeunes&periode=aujourdhui")
    assert "Rien aujourd’hui." in html and "<b>Forum</b>" in html
    assert 'href="/agenda/?public=jeunes">Sans «\u00a0aujourd’hui\u00a0»' in html


def test_a_list_knows_when_an_event_is_over_after_any_change_of_its_dates(alpha, get):
    event = make_event(alpha, "Forum", dates=in_days(-3))
    assert titles(get("/agenda/")) == []
    event.dates = in_days(2)
    event.save_revision().publish()
    assert titles(get("/agenda/")) == ["Forum"] and titles(get("/agenda/?passes=1")) == []
