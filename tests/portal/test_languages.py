"""One record, many languages: a fact is kept once, words follow the visitor, French is left."""

import json
import re
from html import unescape

import pytest
from agenda_factories import make_event
from directory_factories import make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from factories import home_of, make_content_page, make_member, make_territory
from icalendar import Calendar
from wagtail.models import Locale

from agenda.models import EventPage
from resources_directory.models import ServicePage

OTHERS = ("en", "ar")
TITLES = {"en": "The market", "ar": "سوق التوظيف"}
AGENDA = {"en": "What’s on", "ar": "المواعيد"}
UNTRANSLATED = "Cette page n’est pas encore traduite. La voici en français."
HELP = {"en": "Learn to drive", "ar": "تعلّم القيادة"}
every_language = pytest.mark.parametrize("language", OTHERS)


def said(words, language):
    with override(language):
        return gettext(words)


def translate(record, language, title, **words):
    page = record.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in {"title": title, **words}.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def market(alpha, django_capture_on_commit_callbacks):
    """An event in three languages; another only in French."""
    with django_capture_on_commit_callbacks(execute=True):
        event = make_event(alpha, "Le marché", slug="marche", commune="Toulouse")
        for language in OTHERS:
            translate(event, language, TITLES[language], summary=f"({language})")
        make_event(alpha, "La visite", slug="visite", commune="Toulouse")
    return event


@pytest.fixture
def permit(alpha, django_capture_on_commit_callbacks):
    """A service in three languages; another only in French."""
    terms = {"themes": ["mobilite--passer-le-permis-de-conduire"], "publics": ["jeunes"]}
    with django_capture_on_commit_callbacks(execute=True):
        service = make_service(alpha, "Passer le permis", slug="permis", **terms)
        for language in OTHERS:
            translate(service, language, HELP[language])
        make_service(alpha, "Louer un vélo", slug="velo", **terms)
    return service


@pytest.fixture
def get(client):
    def ask(address, host="alpha.localhost", status=200):
        response = client.get(address, headers={"host": host})
        assert response.status_code == status, address
        return unescape(response.content.decode())

    return ask


def events_of(calendar):
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


@every_language
class TestEditing:
    @pytest.mark.parametrize("role", ["coordinator", "editor"])
    def test_whoever_edits_the_record_edits_its_translations(
        self, alpha, market, client, language, role
    ):
        page = market.get_translation(Locale.objects.get(language_code=language))
        client.force_login(make_member(alpha, role))
        address = f"/admin/pages/{page.pk}/edit/"
        assert client.get(address, headers={"host": "localhost"}).status_code == 200

    def test_a_stranger_edits_neither(self, alpha, market, client, language):
        page = market.get_translation(Locale.objects.get(language_code=language))
        client.force_login(make_member(make_territory("beta")))
        for pk in (market.pk, page.pk):
            response = client.get(f"/admin/pages/{pk}/edit/", headers={"host": "localhost"})
            assert response.status_code in {302, 403, 404}

    def test_new_pages_may_be_made_under_the_home_of_each_language(self, alpha, client, language):
        home = home_of(alpha).get_translation(Locale.objects.get(language_code=language))
        client.force_login(make_member(alpha))
        address = f"/admin/pages/add/territories/contentpage/{home.pk}/"
        assert client.get(address, headers={"host": "localhost"}).status_code == 200


class TestCancelledOnce:
    @pytest.fixture
    def cancelled(self, market, django_capture_on_commit_callbacks):
        # As the editor does it: on the French page, and nowhere else.
        with django_capture_on_commit_callbacks(execute=True):
            event = EventPage.objects.get(pk=market.pk)
            event.status = "cancelled"
            event.save_revision().publish()
        return event

    @pytest.mark.parametrize("language", ["fr", *OTHERS])
    def test_it_is_cancelled_at_once_in_every_language_and_place(self, cancelled, get, language):
        prefix = "" if language == "fr" else f"/{language}"
        badge, banner = said("Annulé", language), said("Ce rendez-vous est annulé.", language)
        assert banner in get(f"{prefix}/agenda/marche/")
        title = TITLES.get(language, "Le marché")
        for address in ("/agenda/", "/recherche/?q="):
            [line] = [
                line for line in get(prefix + address).split('<li class="item') if title in line
            ]
            assert badge in line
        [event] = events_of(get(f"{prefix}/agenda/marche.ics"))
        assert event["STATUS"] == "CANCELLED"
        assert badge in event["SUMMARY"] and title in event["SUMMARY"]

    def test_the_translations_were_not_touched(self, market, cancelled):
        # Their own copies of the fact are never read.
        assert set(
            EventPage.objects.filter(translation_key=market.translation_key)
            .exclude(pk=market.pk)
            .values_list("status", flat=True)
        ) == {"scheduled"}


@every_language
class TestFallback:
    def test_what_is_not_translated_is_read_in_french_under_a_polite_banner(
        self, market, get, language
    ):
        html = get(f"/{language}/agenda/visite/")
        assert said(UNTRANSLATED, language) in html
        assert re.search(r'<div [^>]*lang="fr" dir="ltr"><h1>La visite</h1>', html)
        assert '<link rel="canonical" href="http://alpha.localhost/agenda/visite/">' in html
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}"' in html

    def test_what_is_translated_has_no_banner(self, market, get, language):
        html = get(f"/{language}/agenda/marche/")
        assert said(UNTRANSLATED, language) not in html
        itself = f"http://alpha.localhost/{language}/agenda/marche/"
        assert f'<link rel="canonical" href="{itself}">' in html
        assert f"<h1>{TITLES[language]}</h1>" in html

    def test_a_content_page_falls_back_as_well(self, alpha, get, language):
        make_content_page(alpha, title="Venir", slug="venir")
        html = get(f"/{language}/venir/")
        assert '<article class="wrap band slim" lang="fr" dir="ltr">' in html

    def test_a_translation_that_is_a_draft_leaves_the_french_page(self, market, get, language):
        market.get_translation(Locale.objects.get(language_code=language)).unpublish()
        assert "<h1>Le marché</h1>" in get(f"/{language}/agenda/marche/")
        assert '<bdi lang="fr">Le marché</bdi>' in get(f"/{language}/agenda/")

    def test_what_does_not_exist_in_french_does_not_exist(self, market, get, language):
        get(f"/{language}/agenda/nulle-part/", status=404)

    def test_the_legal_pages_are_never_missing(self, alpha, get, language):
        written = home_of(alpha).get_translation(Locale.objects.get(language_code=language))
        written.get_children().get(slug="mentions-legales").unpublish()
        foot = get(f"/{language}/").partition("<footer")[2]
        assert f'<a href="/{language}/mentions-legales/"><bdi lang="fr">' in foot


@every_language
class TestLists:
    def test_each_thing_is_listed_once_in_its_language_or_in_french(
        self, market, permit, get, language
    ):
        for address, mine, french in (
            ("/agenda/", TITLES[language], "La visite"),
            ("/guide/", HELP[language], "Louer un vélo"),
            ("/recherche/?q=", TITLES[language], "La visite"),
            ("/recherche/?q=", HELP[language], "Louer un vélo"),
        ):
            html = get(f"/{language}{address}")
            assert len(re.findall(rf"<a [^>]*>{mine}</a>", html)) == 1, address
            assert html.count(f'<bdi lang="fr">{french}</bdi>') == 1, address
            for stranger in {"Le marché", "Passer le permis"}:
                assert stranger not in html, address

    def test_the_portal_lists_them_once_too(self, market, permit, get, language):
        for address, title in (("/agenda/", TITLES[language]), ("/guide/", HELP[language])):
            html = get(f"/{language}{address}", host="localhost")
            assert len(re.findall(rf"<a [^>]*>{title}</a>", html)) == 1

    def test_calendars_and_maps_speak_the_language_of_their_address(
        self, market, permit, get, language
    ):
        found = events_of(get(f"/{language}/agenda/calendrier.ics"))
        assert sorted(event["SUMMARY"] for event in found) == sorted(
            ["La visite", TITLES[language]]
        )
        actor = permit.actor
        translate(actor, language, HELP[language])
        features = json.loads(get(f"/{language}/carte/acteurs.geojson"))["features"]
        [name] = [feature["properties"]["name"] for feature in features]
        assert name == HELP[language]

    def test_a_calendar_keeps_one_identity_in_all_languages(self, market, get, language):
        [french] = events_of(get("/agenda/marche.ics"))
        [other] = events_of(get(f"/{language}/agenda/marche.ics"))
        assert french["UID"] == other["UID"] and french["DTSTART"].dt == other["DTSTART"].dt

    def test_search_answers_words_of_the_language_and_french_ones_left(
        self, market, permit, get, language
    ):
        assert TITLES[language] in get(f"/{language}/recherche/?q={TITLES[language]}").replace(
            "<mark>", ""
        ).replace("</mark>", "")
        assert "visite" in get(f"/{language}/recherche/?q=visite").partition('class="lines')[2]


@every_language
class TestFigures:
    def test_facets_and_totals_count_records(self, market, permit, get, language):
        def numbers(address, pattern):
            return re.findall(pattern, get(address))

        for address in ("/agenda/", "/guide/"):
            pattern = r'<span aria-hidden="true">(\d+)</span>'
            french = numbers(address, pattern)
            assert french and numbers(f"/{language}{address}", pattern) == french
        total = r'role="status"[^>]*><b>(\d+|\w+)'
        assert numbers("/guide/", total) == ["2"]

    def test_open_data_holds_each_record_once(self, market, permit, client, language):
        for name in ("evenements", "services"):
            response = client.get(f"/open-data/{name}.json", headers={"host": "alpha.localhost"})
            assert len(json.loads(b"".join(response.streaming_content))) == 2

    def test_records_are_counted_without_their_translations(self, market, permit, language):
        assert EventPage.objects.findable().count() == 2
        assert ServicePage.objects.findable().count() == 2


@every_language
def test_index_pages_are_named_in_their_language_from_the_start(alpha, get, language):
    html = get(f"/{language}/")
    names = {"en": ("What’s on", "Services", "Map"), "ar": ("المواعيد", "الخريطة")}
    for name in names[language]:
        assert f">{name}</a>" in html


@every_language
def test_the_way_back_from_an_untranslated_page_is_in_the_visitors_language(market, get, language):
    crumb = get(f"/{language}/agenda/visite/").partition('<nav class="crumb"')[2]
    assert f'<a href="/{language}/agenda/">{AGENDA[language]}</a>' in crumb


def test_lists_of_pages_in_a_body_lead_to_the_translation(alpha, get):
    page = make_content_page(alpha, title="Venir", slug="venir")
    other = make_content_page(alpha, title="Repartir", slug="repartir")
    translate(page, "en", "Come here")
    listing = ("page_list", {"title": "", "pages": [page, other]})
    make_content_page(alpha, title="Liste", slug="liste", body=[listing])
    html = get("/en/liste/")
    assert '<a href="/en/venir/">Come here</a>' in html
    assert '<a href="/en/repartir/"><bdi lang="fr">Repartir</bdi></a>' in html


@pytest.mark.parametrize("language", ["fr", *OTHERS])
def test_each_short_list_of_a_body_costs_one_query_and_the_places_of_services_another(
    alpha, permit, get, language
):
    services = ("services", {"title": "", "theme": "", "count": 3})
    actors = ("actors", {"title": "", "count": 3})
    make_content_page(alpha, title="Deux listes", slug="deux", body=[services, actors])
    make_content_page(alpha, title="Quatre listes", slug="quatre", body=[services, actors] * 2)
    prefix = "" if language == "fr" else f"/{language}"
    cost = {}
    for slug in ("deux", "quatre"):
        html = get(f"{prefix}/{slug}/")  # warms the caches
        assert html.count(HELP.get(language, "Passer le permis")) >= 1
        with CaptureQueriesContext(connection) as captured:
            get(f"{prefix}/{slug}/")
        cost[slug] = len(captured)
    assert cost["quatre"] == cost["deux"] + 3 <= 15
