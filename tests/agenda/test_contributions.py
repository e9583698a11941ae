"""What the agenda gives to other rooms: data, search, blocks, panels."""

import json
from datetime import timedelta

import pytest
from agenda_factories import local, make_actor, make_event, place_of
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from factories import home_of, make_content_page, make_territory
from wagtail.models import Locale

from agenda.blocks import UpcomingEventsBlock
from agenda.models import EventDate, EventPage
from agenda.searchable import find_event
from territories.blocks.mail import render_mail
from territories.models import Term

pytestmark = pytest.mark.django_db
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
DATA = "/open-data/evenements.json"


class TestOpenData:
    def test_a_row_holds_the_documented_facts(self, alpha, get):
        start = local(alpha, 2030, 7, 3, 9, 30)
        actor = make_actor(alpha, "Maison", address="12 rue du Lot", insee_code="31555")
        event = make_event(
            alpha,
            "Forum",
            dates=[EventDate(start=start, end=start + timedelta(hours=2))],
            body="<p>Dix &amp; stands.</p><ul><li>Un</li><li>Deux</li></ul>",
            place=actor,
            organiser=actor,
            publics=["jeunes"],
            themes=[JOBS],
            external_id="oa-12",
        )
        (row,) = json.loads(get(DATA))
        assert row["id"] == str(event.translation_key) and row["id_source"] == "oa-12"
        assert row["debut"] == "2030-07-03T09:30:00+02:00"
        end = "2030-07-03T11:30:00+02:00"
        assert row["dates"] == [
            {"debut": row["debut"], "fin": end, "statut": "scheduled", "note": None}
        ]
        assert row["description"] == "Dix & stands.\nUn\nDeux"
        assert (row["lieu"], row["adresse"], row["code_insee"]) == (
            "Maison",
            "12 rue du Lot",
            "31555",
        )
        assert (row["publics"], row["thematiques"]) == (["jeunes"], [JOBS])
        assert row["url"] == "http://alpha.localhost/agenda/forum/"
        assert row["territoire"] == "alpha"
        structures = json.loads(get("/open-data/structures.json"))
        assert row["id_organisateur"] == structures[0]["id"]

    def test_every_name_is_documented(self, alpha, get):
        from agenda import open_data

        make_event(alpha)
        (row,) = json.loads(get(DATA))
        documented = {column.name for column in open_data.COLUMNS}
        assert documented == set(row)

    def test_each_date_of_a_series_is_given_and_the_next_one_first(self, alpha, get):
        start = local(alpha, 2026, 1, 8, 18)
        make_event(alpha, dates=[EventDate(start=start, repeat="weekly")])
        (row,) = json.loads(get(DATA))
        assert len(row["dates"]) > 60
        assert parse_datetime(row["debut"]) > timezone.now() - timedelta(days=1)

    def test_a_territory_publishes_its_own_and_the_portal_all(self, alpha, beta, get):
        make_event(alpha, "Chez alpha")
        make_event(beta, "Chez beta")
        make_event(beta, "Brouillon", published=False)
        assert [row["titre"] for row in json.loads(get(DATA))] == ["Chez alpha"]
        everywhere = {row["titre"] for row in json.loads(get(DATA, host="localhost"))}
        assert everywhere == {"Chez alpha", "Chez beta"}


class TestSearch:
    def test_a_finding_has_the_words_of_the_codes_and_both_dates(self, alpha):
        start = local(alpha, 2026, 1, 8, 18)
        until = timezone.localdate() + timedelta(days=30)
        event = make_event(
            alpha,
            "Forum",
            dates=[EventDate(start=start, repeat="weekly", until=until)],
            publics=["jeunes"],
            themes=[JOBS],
            format=Term.objects.get(kind="event-format", code="forum"),
            external_id="oa-12",
            body="<p>Dix</p><p>stands</p>",
        )
        finding = find_event(event, event)
        assert finding.title == "Forum"
        assert {"Forum ou salon", "Jeunes", "Répondre à des offres d’emploi"} <= set(finding.words)
        assert "Trouver un emploi" in finding.words
        assert finding.next_date > timezone.now() - timedelta(hours=12)
        assert finding.last_date.astimezone(alpha.zone).date() <= until
        assert (finding.publics, finding.themes) == (["jeunes"], [JOBS])
        assert finding.external_id == "oa-12"
        assert "Dix stands" in " ".join(finding.body.split())

    def test_a_translation_gives_its_words_and_the_records_facts(self, alpha):
        event = make_event(alpha, "Le marché", publics=["jeunes"])
        page = event.copy_for_translation(Locale.objects.get(language_code="en"))
        page.title = "The market"
        page.save_revision().publish()
        finding = find_event(page, page.record)
        assert finding.title == "The market"
        assert finding.next_date == event.occurrences.get().start

    def test_a_past_event_has_no_next_date(self, alpha):
        start = timezone.now() - timedelta(days=3)
        event = make_event(alpha, dates=[EventDate(start=start)])
        finding = find_event(event, event)
        assert finding.next_date is None and finding.last_date == start

    def test_it_tells_the_days_to_come_by_the_clocks_of_its_territory(self, alpha):
        today = timezone.localdate()
        night = local(alpha, today.year, today.month, today.day, 20) + timedelta(days=3)
        exhibition = night + timedelta(days=7)
        event = make_event(
            alpha,
            dates=[
                EventDate(start=night, end=night + timedelta(hours=6)),
                EventDate(start=exhibition, end=exhibition + timedelta(days=2)),
                EventDate(start=night + timedelta(days=90)),
            ],
        )
        days = sorted((day - today).days for day in find_event(event, event).days)
        assert days == [3, 10, 11, 12]

    def test_a_cancelled_day_is_none_of_them(self, alpha):
        event = make_event(alpha, status="cancelled")
        assert find_event(event, event).days == set()

    def test_it_is_in_the_neighbourhood_of_its_place_and_in_those_it_is_meant_for(self, alpha):
        event = make_event(alpha, aimed_at=[place_of(alpha)])
        assert find_event(event, event).neighbourhoods == ["QP031007"]


class TestBlock:
    def shown(self, territory, get, **value):
        value = {"title": "À venir", "count": 4, "labelled_only": False, **value}
        make_content_page(
            territory, title="Une page", slug="une-page", body=[("upcoming_events", value)]
        )
        return get("/une-page/")

    def test_it_shows_the_next_events_and_not_the_cancelled(self, alpha, beta, get):
        for number in range(3):
            day = timezone.now() + timedelta(days=number + 1)
            make_event(alpha, f"Atelier {number}", dates=[EventDate(start=day)])
        make_event(alpha, "Supprimé", status="cancelled")
        make_event(beta, "Chez beta")
        html = self.shown(alpha, get, count=2)
        assert "À venir" in html
        assert html.index("Atelier 0") < html.index("Atelier 1")
        assert not {"Atelier 2", "Supprimé", "Chez beta"} & set(html.split("<"))
        assert "Atelier 2" not in html and "Supprimé" not in html and "Chez beta" not in html

    def test_it_may_show_only_what_a_mark_puts_first(self, alpha, get, mark_events):
        make_event(alpha, "Sans")
        mark_events(make_event(alpha, "Avec"))
        html = self.shown(alpha, get, labelled_only=True)
        assert "Avec" in html and "Sans</a>" not in html

    def test_without_events_it_is_empty(self, alpha, get):
        assert "À venir" not in self.shown(alpha, get)

    def test_it_goes_into_a_letter_with_whole_addresses(self, alpha):
        make_event(alpha, "Café & croissants", slug="cafe", summary="Venez !")
        block = UpcomingEventsBlock()
        value = block.to_python({"title": "À venir", "count": 3, "labelled_only": False})
        mail = render_mail(block, value, {"territory": alpha, "request": None})
        assert 'href="http://alpha.localhost/agenda/cafe/"' in mail
        assert (
            "Café &amp; croissants" in mail
            and "Venez" in mail
            and "9 h 30" in mail.replace("\u00a0", " ")
        )

    def test_it_fills_itself_with_what_is_new(self, alpha):
        block = UpcomingEventsBlock()
        old = make_event(alpha, "Ancien")
        EventPage.objects.filter(pk=old.pk).update(
            first_published_at=timezone.now() - timedelta(days=20)
        )
        since = timezone.now() - timedelta(days=7)
        assert block.new_since(alpha, since) is None
        make_event(alpha, "Nouveau")
        value = block.to_python(
            block.get_prep_value(block.normalize(block.new_since(alpha, since)))
        )
        lines = block.get_context(value, {"territory": alpha})["lines"]
        assert [line.page.title for line in lines] == ["Nouveau"]


class TestPanels:
    def test_the_home_page_announces_what_is_soon(self, alpha, beta, get):
        for number in range(6):
            day = timezone.now() + timedelta(days=number + 1)
            make_event(alpha, f"Atelier {number}", dates=[EventDate(start=day)])
        make_event(beta, "Chez beta")
        html = get("/")
        assert "Bientôt dans le quartier" in html
        assert html.count('class="poster-card"') == 1
        assert "Atelier 0" in html and "Atelier 3" in html and "Atelier 4" not in html
        assert "Chez beta" not in html

    def test_the_poster_is_what_a_mark_puts_first(self, alpha, get, mark_events):
        day = timezone.now()
        make_event(alpha, "Demain", dates=[EventDate(start=day + timedelta(days=1))])
        mark_events(make_event(alpha, "Plus tard", dates=[EventDate(start=day + timedelta(9))]))
        html = get("/")
        poster = html[html.index('class="poster-card"') : html.index("</article>")]
        assert "Plus tard" in poster and "Demain" not in poster

    def test_a_home_without_events_has_no_empty_band(self, alpha, get):
        assert "Bientôt dans le quartier" not in get("/")

    def test_the_home_leads_to_what_there_is_this_week_and_only_then(self, alpha, beta, get):
        make_event(alpha, "Plus tard", dates=[EventDate(start=timezone.now() + timedelta(days=9))])
        make_event(beta, "Chez beta", dates=[EventDate(start=timezone.now() + timedelta(hours=1))])
        assert "?periode=semaine" not in get("/")
        make_event(alpha, "Bientôt", dates=[EventDate(start=timezone.now() + timedelta(seconds=9))])
        assert 'href="/agenda/?periode=semaine">Cette semaine</a>' in get("/")

    def test_an_actors_page_tells_what_takes_place_there(self, alpha, get):
        actor = make_actor(alpha, "Maison", slug="maison")
        make_event(alpha, "Ici", place=actor)
        make_event(alpha, "Par eux", organiser=actor)
        make_event(alpha, "Autre part")
        html = get("/carte/maison/")
        assert "Prochains rendez-vous ici" in html
        assert "Ici</a>" in html and "Par eux" in html and "Autre part" not in html

    def test_the_portals_home_is_made_of_the_same_lines(self, alpha, get, mark_events):
        mark_events(make_event(alpha, "Chez alpha"))
        html = get("/", host="localhost")
        assert "Chez alpha" in html and "<br>Alpha</p>" in html
        assert home_of(None) is not None


def test_a_new_territory_has_its_agenda_and_the_portal_too():
    make_territory("alpha", plugins=["agenda"])
    for territory in (None, "alpha"):
        from agenda.models import AgendaPage

        found = AgendaPage.objects.filter(territory__slug=territory)
        if territory is None:
            found = AgendaPage.objects.filter(territory=None)
        assert {page.locale.language_code for page in found} == {"fr", "en", "ar"}
        assert {page.slug for page in found} == {"agenda"}
