"""What the Cité does, by neighbourhood, axis, public and sector."""

import json
from datetime import date, timedelta

import pytest
from cooperation_factories import index_of, make_action, make_neighbourhood, terms
from directory_factories import make_actor
from django.utils import timezone
from factories import make_member
from wagtail.models import Locale

from cooperation.models import ActionPage, ActionsPage
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


class TestList:
    @pytest.fixture
    def places(self, alpha):
        return [make_neighbourhood(alpha, name) for name in ("Bagatelle", "Reynerie", "Faourette")]

    @pytest.fixture
    def actions(self, alpha, places):
        return [
            make_action(alpha, "Matche ton job", neighbourhoods=places[:1], axis="aller-vers"),
            make_action(
                alpha,
                "Visites de chantier",
                neighbourhoods=places[1:2],
                axis="aller-vers",
                sectors=["batiment-travaux-publics"],
                publics=["jeunes"],
            ),
            make_action(alpha, "La lettre", axis="federer-les-acteurs"),
        ]

    def test_a_neighbourhood_shows_its_actions_and_those_of_the_whole_territory(
        self, read, places, actions
    ):
        shown = read(f"/actions/?quartier={places[0].pk}")
        assert "Matche ton job" in shown
        assert "La lettre" in shown
        assert "Visites de chantier" not in shown
        # A neighbourhood where nothing of its own takes place still has what is everywhere.
        assert "1 action<" in read(f"/actions/?quartier={places[2].pk}")

    def test_each_filter_narrows_and_says_how_many_it_would_find(self, read, actions):
        shown = read("/actions/?axe=aller-vers")
        assert "<b>2 actions</b>" in shown
        assert "La lettre" not in shown
        both = read("/actions/?axe=aller-vers&secteur=batiment-travaux-publics&public=jeunes")
        assert "<b>1 action</b>" in both
        assert "Visites de chantier" in both

    def test_only_what_has_results_is_offered(self, read, actions):
        shown = read("/actions/")
        assert 'value="batiment-travaux-publics"' in shown
        assert 'value="securite"' not in shown
        assert 'value="innover"' not in shown

    def test_it_begins_by_place_and_by_aim_until_something_is_chosen(self, read, places, actions):
        landing = read("/actions/")
        assert f'href="/actions/?quartier={places[0].pk}"' in landing
        assert 'href="/actions/?axe=aller-vers"' in landing
        chosen = read("/actions/?axe=aller-vers")
        assert "<title>Venir vers vous – Actions" in chosen
        assert "Par quartier" not in chosen

    @pytest.mark.parametrize(
        "query",
        ["quartier=9" + "9" * 30, "quartier=%00", "quartier=x", "axe=%27", "page=0", "secteur=²"],
    )
    def test_nonsense_in_the_address_is_ignored(self, read, actions, query):
        assert "<b>3 actions</b>" in read(f"/actions/?{query}")

    def test_finished_actions_have_a_list_of_their_own(self, alpha, read):
        make_action(alpha, "Finie hier", ends_on=day(-1))
        make_action(alpha, "Finit aujourd’hui", ends_on=day(0))
        assert "Finie hier" not in read("/actions/")
        assert "Finit aujourd’hui" in read("/actions/")
        archive = read("/actions/?terminees=1")
        assert "Finie hier" in archive
        assert "Finit aujourd’hui" not in archive

    def test_the_day_ends_where_the_territory_is(self, alpha, time_machine):
        alpha.time_zone = "Indian/Reunion"
        alpha.save()
        action = make_action(alpha, ends_on=date(2026, 3, 1))
        time_machine.move_to("2026-03-01T21:00:00Z", tick=False)  # the 2nd, 1 a.m., in La Réunion
        from cooperation.models.actions import today_of

        assert action.is_finished(today_of(alpha))
        assert not action.is_finished(today_of(None))


class TestPage:
    def test_it_says_where_for_whom_when_why_and_with_whom(self, alpha, read):
        make_action(
            alpha,
            neighbourhoods=[make_neighbourhood(alpha)],
            publics=["jeunes"],
            sectors=["securite"],
            axis="aller-vers",
            starts_on=date(2026, 3, 1),
            ends_on=date(2099, 4, 2),
            results="97 personnes reçues.",
            carriers=[make_actor(alpha, "Maison du sport")],
            partners=[make_actor(alpha, "Mission Locale")],
            phone="05 61 00 00 00",
        )
        shown = read("/actions/matche-ton-job/")
        for words in (
            *("Reynerie", "Jeunes", "Sécurité, gardiennage", "Venir vers vous"),
            *("Du 1er mars 2026 au 2 avril 2099", "97 personnes reçues.", "tel:+33561000000"),
        ):
            assert words in shown, words
        assert shown.index("Maison du sport") < shown.index("Mission Locale")

    def test_an_actor_that_is_not_published_is_not_named(self, alpha, read):
        make_action(alpha, carriers=[make_actor(alpha, "En préparation", published=False)])
        assert "En préparation" not in read("/actions/matche-ton-job/")

    def test_an_actor_shows_its_current_actions(self, alpha, read):
        actor = make_actor(alpha, "Maison du sport")
        make_action(alpha, "Celle-ci", partners=[actor])
        make_action(alpha, "Passée", carriers=[actor], ends_on=day(-1))
        make_action(alpha, "Brouillon", carriers=[actor], published=False)
        shown = read("/carte/maison-du-sport/")
        assert "Celle-ci" in shown
        assert "Passée" not in shown
        assert "Brouillon" not in shown

    def test_a_translation_speaks_its_language_and_reads_the_facts_of_the_record(self, alpha, read):
        action = make_action(alpha, axis="aller-vers", neighbourhoods=[make_neighbourhood(alpha)])
        page = action.copy_for_translation(Locale.objects.get(language_code="en"))
        page.title, page.summary = "Match your job", "Play, then talk."
        page.save_revision().publish()
        action.axis = terms("innover")[0]
        action.save_revision().publish()
        shown = read(f"/en/actions/{page.slug}/")
        assert "Match your job" in shown
        assert "Trying new ideas" in shown
        assert '<bdi lang="fr">Reynerie</bdi>' in shown
        assert "Match your job" in read("/en/actions/")


def test_open_data_says_what_is_public_and_nobodys_number(alpha, read):
    action = make_action(
        alpha,
        axis="aller-vers",
        neighbourhoods=[make_neighbourhood(alpha)],
        carriers=[
            make_actor(alpha, "Maison du sport"),
            make_actor(alpha, "Caché", published=False),
        ],
        contact_name="Alix",
        phone="05 61 00 00 00",
    )
    make_action(alpha, "Brouillon", published=False)
    written = read("/open-data/actions.json")
    (row,) = json.loads(written)
    assert row["id"] == str(action.translation_key)
    assert row["quartiers"] == [{"nom": "Reynerie", "code": None, "code_insee": "31555"}]
    assert len(row["porteurs"]) == 1
    assert "Alix" not in written and "05 61" not in written


class TestStrangers:
    def test_another_territory_shows_none_of_them(self, alpha, beta, read):
        make_action(alpha)
        assert "Matche ton job" not in read("/actions/", "beta.localhost")
        read("/actions/matche-ton-job/", "beta.localhost", status=404)
        assert "Matche ton job" in read("/actions/", "localhost")

    def test_closed_the_plugin_leaves_nothing_to_read(self, alpha, read):
        actor = make_actor(alpha, "Maison du sport")
        make_action(alpha, carriers=[actor])
        switch_off(territory=alpha, plugin="cooperation")
        read("/actions/", status=404)
        read("/actions/matche-ton-job/", status=404)
        assert "Matche ton job" not in read("/carte/maison-du-sport/")
        assert "Matche ton job" not in read("/actions/", "localhost")
        switch_on(territory=alpha, plugin="cooperation")
        assert "Matche ton job" in read("/actions/")

    @pytest.fixture
    def editing(self, alpha, client):
        """Posts the form of a new action as alpha's coordinator."""
        client.force_login(make_member(alpha, "coordinator"))
        parent = index_of(ActionsPage, alpha)
        address = f"/admin/pages/add/cooperation/actionpage/{parent.pk}/"

        def post(**values):
            form = {
                "title": "Nouvelle",
                "slug": "nouvelle",
                "summary": "Une action.",
                "body-count": "0",
                "actors-TOTAL_FORMS": "0",
                "actors-INITIAL_FORMS": "0",
                "comments-TOTAL_FORMS": "0",
                "comments-INITIAL_FORMS": "0",
                **values,
            }
            return client.post(address, form, headers={"host": "localhost"})

        return post

    def test_the_form_names_ones_own_neighbourhoods_only(self, alpha, beta, editing):
        theirs, ours = make_neighbourhood(beta, "Ailleurs"), make_neighbourhood(alpha, "Ici")
        assert editing(neighbourhoods=[theirs.pk]).status_code == 200
        assert not ActionPage.objects.filter(slug="nouvelle").exists()
        assert editing(neighbourhoods=[ours.pk]).status_code == 302
        made = ActionPage.objects.get(slug="nouvelle")
        assert [place.name for place in made.neighbourhoods.all()] == ["Ici"]
        assert not made.live

    def test_the_form_refuses_the_actor_of_another_territory(self, beta, editing):
        theirs = make_actor(beta, "Ailleurs")
        line = {"actors-TOTAL_FORMS": "1", "actors-0-actor": theirs.pk, "actors-0-part": "carrier"}
        answer = editing(**line)
        assert answer.status_code == 200
        assert "autre territoire" in answer.content.decode() or "ce territoire" in (
            answer.content.decode()
        )
        assert not ActionPage.objects.filter(slug="nouvelle").exists()

    def test_an_end_before_the_start_is_said_in_a_sentence(self, editing):
        answer = editing(starts_on="2026-05-02", ends_on="2026-05-01")
        assert "La fin vient avant le début." in answer.content.decode()
