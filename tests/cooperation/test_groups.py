"""Working groups, correspondents, trainings and partners."""

from datetime import timedelta

import pytest
from cooperation_factories import index_of, make_group, make_neighbourhood, make_training
from directory_factories import make_actor
from django.utils import timezone
from factories import make_content_page

from cooperation.models import Correspondent, Partner, PartnersPage, WorkingGroupsPage
from cooperation.searchable import find_training
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def name_people(territory, *people):
    page = index_of(WorkingGroupsPage, territory)
    page.correspondents = [
        Correspondent(**{"agreed_on": NOW.date(), "phone": "05 61 00 00 00", **person})
        for person in people
    ]
    page.save_revision().publish()


class TestGroups:
    def test_a_group_says_who_leads_who_comes_and_when(self, alpha, read):
        make_group(
            alpha,
            leader=make_actor(alpha, "La coordination"),
            members=[
                make_actor(alpha, "Mission Locale"),
                make_actor(alpha, "Caché", published=False),
            ],
            rhythm="le premier mardi du mois",
            next_meeting=NOW + 3 * DAY,
            meeting_place="Maison des services",
            neighbourhoods=[make_neighbourhood(alpha)],
        )
        shown = read("/groupes-de-travail/groupe-emploi/")
        for words in ("La coordination", "Mission Locale", "Le premier mardi", "Maison des"):
            assert words in shown
        assert "Caché" not in shown
        assert "Reynerie" in read("/groupes-de-travail/")

    def test_a_meeting_that_is_over_is_no_longer_announced(self, alpha, read):
        make_group(alpha, next_meeting=NOW - DAY, meeting_place="Maison des services")
        assert "Maison des services" not in read("/groupes-de-travail/groupe-emploi/")

    @pytest.fixture
    def people(self, alpha):
        actor = make_actor(alpha, "France Travail")
        name_people(
            alpha,
            {"name": "Zoé Test", "actor": actor},
            {"name": "Ana Test", "neighbourhood": make_neighbourhood(alpha), "role": "médiatrice"},
        )

    def test_correspondents_stand_by_neighbourhood_then_by_institution(self, people, read):
        shown = read("/groupes-de-travail/")
        places = [
            shown.index(words) for words in ("Reynerie", "Ana Test", "France Travail", "Zoé Test")
        ]
        assert places == sorted(places)

    def test_a_block_shows_them_on_any_page_and_not_when_closed(self, alpha, beta, people, read):
        body = [("cooperation_correspondents", {"title": "Près de vous"})]
        make_content_page(alpha, "Qui appeler", body=body)
        make_content_page(beta, "Qui appeler", body=body)
        assert "Ana Test" in read("/qui-appeler/")
        assert "Ana Test" not in read("/qui-appeler/", "beta.localhost")
        switch_off(territory=alpha, plugin="cooperation")
        assert "Ana Test" not in read("/qui-appeler/")


class TestTrainings:
    def test_the_next_stand_first_and_the_past_below(self, alpha, read):
        make_training(alpha, "Dans un mois", dates=[(NOW + 30 * DAY, None)])
        make_training(alpha, "Demain", dates=[(NOW - DAY, None), (NOW + DAY, None)])
        make_training(alpha, "En cours", dates=[(NOW - DAY, NOW + DAY / 2)])
        make_training(alpha, "Sur demande", dates_text="Au printemps")
        make_training(alpha, "Passée", dates=[(NOW - 3 * DAY, NOW - 2 * DAY)])
        shown = read("/formations-professionnels/")
        titles = [
            "En cours",
            "Demain",
            "Dans un mois",
            "Sur demande",
            "Formations passées",
            "Passée",
        ]
        places = [shown.index(f">{title}<") for title in titles]
        assert places == sorted(places)

    def test_nobody_takes_it_for_a_training_of_residents(self, alpha, read):
        training = make_training(alpha, dates=[(NOW + DAY, None)], seats=0)
        assert "Pour les professionnels" in read("/formations-professionnels/aller-vers/")
        assert "Pour les professionnels" in read("/formations-professionnels/")
        found = find_training(training, training)
        assert [str(badge.text) for badge in found.badges] == ["Pour les professionnels", "Complet"]
        assert found.next_date == training.dates.get().start

    def test_when_it_is_full_nobody_is_sent_to_the_form(self, alpha, read):
        link = {"registration_link": "https://example.org/formulaire"}
        make_training(alpha, "Libre", dates=[(NOW + DAY, None)], seats=2, **link)
        make_training(alpha, "Pleine", dates=[(NOW + DAY, None)], seats=0, **link)
        assert "formulaire" in read("/formations-professionnels/libre/")
        assert "2 places libres" in read("/formations-professionnels/libre/")
        assert "formulaire" not in read("/formations-professionnels/pleine/")

    def test_search_engines_read_the_dates_to_come(self, alpha, rf):
        training = make_training(alpha, dates=[(NOW - DAY, None), (NOW + DAY, None)])
        data = training.structured_data(rf.get("/"))
        assert data["@type"] == "Course"
        assert len(data["hasCourseInstance"]) == 1


class TestPartners:
    @pytest.fixture
    def partners(self, alpha):
        page = index_of(PartnersPage, alpha)
        page.partners = [
            Partner(category="funder", name="Un financeur", url="https://example.org/"),
            Partner(category="institution", actor=make_actor(alpha, "Mairie de quartier")),
            Partner(category="employer", actor=make_actor(alpha, "Caché", published=False)),
        ]
        page.save_revision().publish()

    def test_they_stand_by_family_and_lead_to_their_sheet(self, partners, read):
        shown = read("/partenaires/")
        assert shown.index("Institutions") < shown.index("Financeurs")
        assert 'href="/carte/mairie-de-quartier/"' in shown
        assert 'href="https://example.org/"' in shown
        assert "Employeurs" not in shown
        assert "Funders" in read("/en/partenaires/") or "Financeurs" in read("/en/partenaires/")

    def test_a_block_shows_one_family(self, alpha, partners, read):
        block = {"title": "Merci", "category": "funder"}
        make_content_page(alpha, "Merci", body=[("cooperation_partners", block)])
        shown = read("/merci/")
        assert "Un financeur" in shown
        assert "Mairie de quartier" not in shown
