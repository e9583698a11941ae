"""`/label/`: what the label asks, in plain words."""

import pytest
from agenda_factories import make_event
from wagtail.models import Locale

from labelling.grids.adding import keep_addition, new_addition
from labelling.models import CriteriaGrid, LabelPage
from territories.plugins.switching import run_setup_steps

pytestmark = pytest.mark.django_db


class TestPage:
    @pytest.mark.parametrize("host", ["alpha.localhost", "localhost"])
    def test_it_shows_the_current_grid_in_plain_words(self, alpha, get, grid, host):
        html = get("/label/", host).replace("\u00a0", " ")
        for criterion in grid.criteria.all():
            assert criterion.name in html and criterion.problem in html
        assert "Ce que le label vous apporte" in html
        assert f"version {grid.version}" in html

    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
    def test_it_says_the_grid_in_the_visitors_language(self, alpha, get, grid, language, direction):
        html = get(f"/{language}/label/").replace("\u00a0", " ")
        for criterion in grid.criteria.all():
            said = criterion.translations[language]
            assert said["name"] in html and said["help_text"] in html
            assert criterion.name not in html

    def test_it_shows_what_the_territory_adds_and_who_adds_it(self, alpha, beta, get, grid):
        own = new_addition(alpha, grid)
        own.name, own.question, own.help_text = "Tout près", "Est-ce à côté ?", "À dix minutes."
        keep_addition(criterion=own)
        html = get("/label/")
        assert "Tout près" in html and html.count("Ajouté par Alpha") == 1
        assert '<bdi lang="fr">Tout près</bdi>' in get("/en/label/")
        for host in ("beta.localhost", "localhost"):
            assert "Tout près" not in get("/label/", host)

    def test_it_leads_to_the_form_where_there_is_a_territory_to_ask(self, alpha, get):
        assert 'href="/label/demander/"' in get("/label/")
        assert "/label/demander/" not in get("/label/", "localhost")

    def test_it_announces_the_labelled_events_to_come(self, alpha, beta, give, get):
        give(make_event(alpha, "Le forum"))
        give(make_event(beta, "À Bêta"))
        make_event(alpha, "Sans label")
        html = get("/label/")
        assert "Le forum" in html
        assert "Sans label" not in html and "À Bêta" not in html
        portal = get("/label/", "localhost")
        assert "Le forum" in portal and "À Bêta" in portal

    def test_without_a_published_grid_it_still_answers(self, alpha, get):
        CriteriaGrid.objects.update(published_on=None)
        assert "Le label" in get("/label/")

    def test_it_is_set_up_once_in_every_language(self, alpha, get):
        before = LabelPage.objects.count()
        run_setup_steps(plugin="labelling", territory=alpha)
        assert LabelPage.objects.count() == before
        assert LabelPage.objects.filter(territory=alpha).count() == Locale.objects.count()
        assert 'lang="fr"' in get("/en/label/")

    def test_nothing_is_inline(self, alpha, get):
        html = get("/label/")
        assert "<style" not in html and " style=" not in html and "csrfmiddleware" not in html
