"""`/label/`, the open data and the archive of labels."""

import json

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from label_factories import expire
from wagtail.models import Locale

from labelling.archive import PARTS
from labelling.labels.granting import withdraw_label
from labelling.models import CriteriaGrid, Label, LabelPage
from territories.plugins.switching import run_setup_steps

pytestmark = pytest.mark.django_db
PART = PARTS[0]


class TestPage:
    @pytest.mark.parametrize("host", ["alpha.localhost", "localhost"])
    def test_it_shows_the_current_grid_in_plain_words(self, alpha, get, grid, host):
        html = get("/label/", host).replace("\u00a0", " ")
        for criterion in grid.criteria.all():
            assert criterion.name in html and criterion.problem in html
        assert "Ce que le label vous apporte" in html
        assert f"version {grid.version}" in html

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


class TestOpenData:
    def rows(self, get, host="alpha.localhost"):
        return json.loads(get("/open-data/labels.json", host))

    def test_each_label_is_a_row_with_its_criteria_and_its_state(
        self, alpha, give, get, mandatory, optional
    ):
        event = make_event(alpha, "Le forum")
        label = give(event, optional[0], reasons="Interne ou non", granted_by=None)
        (row,) = self.rows(get)
        assert row == {
            "numero": label.number,
            "territoire": "alpha",
            "objet": "Le forum",
            "url": f"http://alpha.localhost/agenda/{event.slug}/",
            "delivre_le": timezone.localdate().isoformat(),
            "expire_le": label.expires_on.isoformat(),
            "grille": "2026-1",
            "criteres": [
                {
                    "sorte": one.get_kind_display(),
                    "numero": one.number,
                    "nom": one.name,
                }
                for one in [*mandatory, optional[0]]
            ],
            "statut": "valable",
        }

    def test_the_state_says_expired_and_withdrawn(self, alpha, give, get):
        expire(give(make_event(alpha, "Un")))
        withdraw_label(label=give(make_event(alpha, "Deux")), reasons="Erreur.")
        assert [row["statut"] for row in self.rows(get)] == ["expiré", "retiré"]

    def test_drafts_stay_out_and_the_portal_gives_all_territories(self, alpha, beta, give, get):
        give(make_event(alpha, "Le forum"))
        give(make_event(alpha, "Brouillon", published=False))
        give(make_event(beta, "À Bêta"))
        assert [row["objet"] for row in self.rows(get)] == ["Le forum"]
        objects = {row["objet"] for row in self.rows(get, "localhost")}
        assert objects == {"Le forum", "À Bêta"}

    def test_many_labels_cost_as_much_as_one(self, client, alpha, give):
        def count():
            with CaptureQueriesContext(connection) as captured:
                response = client.get("/open-data/labels.json", headers={"host": "alpha.localhost"})
                b"".join(response.streaming_content)
            return len(captured)

        give(make_event(alpha, "Le forum"))
        count()
        few = count()
        for number in range(5):
            give(make_event(alpha, f"Atelier {number}"))
        assert count() == few


class TestArchive:
    def test_labels_come_back_as_they_were_and_twice_is_once(self, alpha, give, optional):
        event = make_event(alpha)
        withdraw_label(label=give(event, optional[3]), reasons="Erreur.")
        give(event, optional[1], reasons="Bien préparé.")
        before = json.loads(json.dumps(list(PART.export(alpha))))
        assert PART.erase(alpha) == 2
        assert not Label.objects.exists()
        PART.restore(alpha, before)
        PART.restore(alpha, before)
        assert json.loads(json.dumps(list(PART.export(alpha)))) == before
        assert Label.objects.active().count() == 1

    def test_another_territorys_labels_are_neither_exported_nor_erased(self, alpha, beta, give):
        kept = give(make_event(beta))
        assert list(PART.export(alpha)) == []
        assert PART.erase(alpha) == 0
        rows = list(PART.export(beta))
        PART.erase(beta)
        PART.restore(alpha, rows)
        assert not Label.objects.exists(), "its event is not there"
        PART.restore(beta, rows)
        assert Label.objects.get().number == kept.number
