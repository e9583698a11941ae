"""`/open-data/labels.json`: the register, for machines."""

import json

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from label_factories import expire

from labelling.labels.granting import withdraw_label

pytestmark = pytest.mark.django_db


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
            "objet_type": "rendez-vous",
            "url": f"http://alpha.localhost/agenda/{event.slug}/",
            "verification": f"http://alpha.localhost/label/{label.number}/",
            "delivre_le": timezone.localdate().isoformat(),
            "commence_le": timezone.localdate().isoformat(),
            "expire_le": label.expires_on.isoformat(),
            "retire_le": None,
            "renouvelle": None,
            "renouvele_par": None,
            "demande_le": None,
            "avis": None,
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

    def test_actions_places_and_what_follows_what_are_told(self, alpha, give, get):
        place = make_actor(alpha, "Le centre")
        former = give(place)
        expire(former)
        former.refresh_from_db()
        later = give(place, renews=former)
        give(make_action(alpha, "Le passeport"))
        rows = {row["numero"]: row for row in self.rows(get)}
        assert sorted(row["objet_type"] for row in rows.values()) == ["action", "lieu", "lieu"]
        assert rows[later.number]["renouvelle"] == former.number
        assert rows[former.number]["renouvele_par"] == later.number

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
