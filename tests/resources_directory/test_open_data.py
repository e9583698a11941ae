"""What leaves the site: data·inclusion v1 rows and the map's GeoJSON, per territory or for all."""

import json
import re

import pytest
from data_inclusion_schema import SERVICE, STRUCTURE, valid
from directory_factories import make_actor, make_service
from factories import make_territory

from resources_directory.models import ActorPage

pytestmark = pytest.mark.django_db

FULL_ACTOR = {
    "description": "Un lieu ouvert à tous, au pied de la tour.",
    "siret": "13003013300016",
    "phone": "05 61 00 00 00",
    "email": "accueil@example.org",
    "website": "https://example.org",
    "opening_hours": "Mo-Fr 09:00-12:30; PH off",
    "accessibility_url": "https://acceslibre.beta.gouv.fr/app/erp/1/",
    "networks": ["mission-locale", "caf"],
}
FULL_SERVICE = {
    "description": "On passe le code ensemble. Puis vous conduisez.",
    "type": "accompagnement",
    "themes": ["mobilite--preparer-un-permis"],
    "publics": ["jeunes", "demandeurs-emploi"],
    "publics_details": "De 18 à 25 ans",
    "fees": "payant",
    "fees_details": "60 €",
    "access_conditions": "Avoir le code",
    "reception_modes": ["en-presentiel"],
    "mobilisation_modes": ["telephoner", "se-presenter"],
    "mobilisable_by": ["usagers"],
    "mobilisation_details": "Le mardi",
    "mobilisation_link": "https://example.org/demande",
    "eligibility_zone": ["31555", "2A", "200093201", "france"],
    "contact_name": "Fatou",
    "weekly_hours": "3.50",
    "weeks": 8,
    "opening_hours": "Tu 14:00-18:00",
}


def rows(client, name, host="alpha.localhost"):
    answer = client.get(f"/open-data/{name}.json", headers={"host": host})
    assert answer.status_code == 200
    return json.loads(answer.getvalue())


@pytest.fixture
def alpha():
    territory = make_territory("alpha", plugins=["resources_directory"])
    actor = make_actor(territory, "Centre social", **FULL_ACTOR)
    make_service(territory, "Permis solidaire", actor=actor, **FULL_SERVICE)
    bare = make_actor(
        territory,
        "Café des voisins",
        **dict.fromkeys(("address", "postcode", "commune", "insee_code"), ""),
        latitude=None,
        longitude=None,
    )
    make_service(territory, "Un café", actor=bare)
    return territory


class TestDataInclusion:
    def test_full_and_bare_records_keep_the_constraints_of_the_schema(self, client, alpha):
        structures, services = rows(client, "structures"), rows(client, "services")
        assert valid(STRUCTURE, structures) == []
        assert valid(SERVICE, services) == []
        assert {row["structure_id"] for row in services} <= {row["id"] for row in structures}
        [full] = [row for row in services if row["nom"] == "Permis solidaire"]
        assert full.keys() == SERVICE["properties"].keys() - {"complement_adresse"}
        [full] = [row for row in structures if row["nom"] == "Centre social"]
        assert full.keys() == STRUCTURE["properties"].keys() - {"complement_adresse"}

    @pytest.mark.shared
    def test_they_validate_against_the_published_schema(self, client, alpha, shared):
        folder = shared / "data" / "data-inclusion-schema-v1"
        for name, file in (("structures", "structure.json"), ("services", "service.json")):
            schema = json.loads((folder / file).read_text(encoding="utf-8"))
            assert valid(schema, rows(client, name)) == []
            # The schema lets any other name through; we add none.
            assert {key for row in rows(client, name) for key in row} <= schema["properties"].keys()

    def test_a_record_written_here_is_ours_and_an_imported_one_keeps_its_id(self, client, alpha):
        ActorPage.objects.filter(title="Café des voisins").update(
            external_id="dora--42", source="dora", source_url="https://dora.example.org/42"
        )
        by_name = {row["nom"]: row for row in rows(client, "structures")}
        ours, theirs = by_name["Centre social"], by_name["Café des voisins"]
        assert re.fullmatch(r"cites-emploi--[0-9a-f-]{36}", ours["id"])
        assert ours["source"] == "cites-emploi"
        assert ours["lien_source"] == "http://alpha.localhost/carte/centre-social/"
        assert (theirs["id"], theirs["source"]) == ("dora--42", "dora")
        assert theirs["lien_source"] == "https://dora.example.org/42"
        services = {row["nom"]: row for row in rows(client, "services")}
        assert services["Un café"]["structure_id"] == "dora--42"

    def test_french_numbers_are_e164_and_empty_values_are_left_out(self, client, alpha):
        by_name = {row["nom"]: row for row in rows(client, "structures")}
        assert by_name["Centre social"]["telephone"] == "+33561000000"
        assert by_name["Café des voisins"].keys() == {
            "id",
            "source",
            "nom",
            "date_maj",
            "lien_source",
        }

    def test_a_service_without_an_address_is_where_its_actor_is(self, client, alpha):
        services = {row["nom"]: row for row in rows(client, "services")}
        assert services["Permis solidaire"]["adresse"] == "1 place du Capitole"

    def test_drafts_and_services_of_draft_actors_stay_out(self, client, alpha):
        make_service(alpha, "Sans acteur", actor=make_actor(alpha, "Pas encore", published=False))
        make_service(alpha, "Brouillon", published=False)
        assert len(rows(client, "structures")) == 2
        assert len(rows(client, "services")) == 2

    def test_a_territory_publishes_its_own_and_the_portal_all(self, client, alpha):
        beta = make_territory("beta", plugins=["resources_directory"])
        make_service(beta, "Chez Beta", actor=make_actor(beta, "Acteur de Beta"))
        assert "Acteur de Beta" not in {row["nom"] for row in rows(client, "structures")}
        assert "Chez Beta" not in {row["nom"] for row in rows(client, "services")}
        assert len(rows(client, "structures", "localhost")) == 3
        assert len(rows(client, "services", "localhost")) == 3
