"""The legal pages say what was told, and in plain words what nobody has told yet."""

import json
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_content_page, make_member, make_territory

from territories.archive.parts import export_parts, restore_parts
from territories.legal import audit
from territories.models import ContentPage, LegalFacts, Territory

TOLD = {
    "publisher_name": "Ville d’Alpha",
    "publisher_address": "1 place d’Alpha",
    "director": "Ada Martin, maire",
    "host_name": "Hébergeur d’Alpha",
    "data_contact": "Le délégué d’Alpha",
}
MACHINE = {
    "date": "2026-11-20",
    "tool": "axe-core 4.11",
    "rules": 92,
    "pages": [
        {"template": "home", "states": ["clair", "sombre"], "violations": 0},
        {"template": "agenda", "states": ["clair", "sombre"], "violations": []},
    ],
    "checks": 120,
}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["sample_plugin"])


@pytest.fixture
def read(client):
    def fetch(path, host="alpha.localhost"):
        response = client.get(path, headers={"host": host})
        assert response.status_code == 200, path
        return unescape(response.content.decode()).replace("\xa0", " ").replace("\u202f", " ")

    return fetch


def test_a_new_site_has_no_blank_and_says_what_is_not_known(alpha, read):
    Territory.objects.filter(pk=alpha.pk).update(contact_phone="05 61 00 00 00")
    notice = read("/mentions-legales/")
    assert (
        "Le nom de l’hébergeur n’est pas encore écrit ici. Demandez-le au 05 61 00 00 00" in notice
    )
    for path in ("/mentions-legales/", "/accessibilite/", "/donnees-personnelles/"):
        assert "à compléter" not in read(path)


def test_the_notice_says_who_publishes_directs_and_hosts(alpha, read):
    LegalFacts.objects.create(territory=alpha, **TOLD)
    notice = read("/mentions-legales/")
    for words in ("Ville d’Alpha", "1 place d’Alpha", "Ada Martin, maire", "Hébergeur d’Alpha"):
        assert words in notice
    assert "Ada Martin" not in read("/mentions-legales/", host="beta.localhost")
    assert "Ada Martin" not in read("/mentions-legales/", host="localhost")
    assert '<bdi lang="fr">Ada Martin, maire</bdi>' in read("/en/mentions-legales/")


def test_each_plugin_says_what_it_keeps_and_for_how_long(alpha, read):
    privacy = read("/donnees-personnelles/")
    assert "Le nom écrit sur une épingle" in privacy and "Six mois" not in privacy
    assert "Nous écrire" in privacy and "6 mois" in privacy
    beta = Territory.objects.get(slug="beta")
    beta.switches.update(is_on=False)
    assert "épingle" not in read("/donnees-personnelles/", host="beta.localhost")


@pytest.fixture
def machine(monkeypatch, tmp_path):
    file = tmp_path / "audit.json"
    file.write_text(json.dumps(MACHINE))
    monkeypatch.setattr(audit, "AUDIT", file)
    audit.machine_audit.cache_clear()
    yield
    audit.machine_audit.cache_clear()


def test_automatic_tests_are_told_with_their_figures_and_are_no_audit(alpha, read, machine):
    statement = read("/accessibilite/")
    assert "<strong>non conforme</strong>" in statement
    assert "axe-core 4.11" in statement and "2 sortes de pages" in statement
    assert "92 règles" in statement and "120 vérifications" in statement
    assert "4 lectures" in statement and "Ils n’ont trouvé aucun défaut" in statement
    assert "ces tests ne remplacent pas un audit" in statement
    assert "Défenseur des droits" in statement


def test_a_site_without_any_test_says_so(alpha, read, monkeypatch, tmp_path):
    monkeypatch.setattr(audit, "AUDIT", tmp_path / "absent.json")
    audit.machine_audit.cache_clear()
    assert "pas encore été lue par des tests automatiques" in read("/accessibilite/")
    audit.machine_audit.cache_clear()


@pytest.mark.parametrize(
    ("rate", "state"), [("100", "totalement"), ("78.4", "partiellement"), ("42", "non")]
)
def test_an_audit_by_somebody_gives_the_state_of_conformity(alpha, read, rate, state):
    LegalFacts.objects.create(
        territory=alpha,
        audit_date=date(2026, 9, 14),
        audit_by="Ada",
        audit_rate=rate,
        audit_failures="Trois affiches en PDF",
    )
    statement = read("/accessibilite/")
    assert f"<strong>{state} conforme</strong>" in statement
    assert "14 septembre 2026" in statement and "Trois affiches en PDF" in statement


def test_the_site_map_holds_what_may_be_found_in_the_visitors_language(alpha, read):
    make_content_page(alpha, "Venir ici", slug="venir")
    make_content_page(alpha, "Un brouillon", slug="brouillon", published=False)
    shown = read("/plan-du-site/")
    assert 'href="/venir/"' in shown and "brouillon" not in shown
    assert '<bdi lang="fr">Venir ici</bdi>' in read("/en/plan-du-site/")


@pytest.mark.parametrize("slug", ["mentions-legales", "accessibilite", "plan-du-site"])
def test_a_legal_page_costs_at_most_15_queries(alpha, read, slug):
    for language in ("", "/ar"):
        read(f"{language}/{slug}/")
        with CaptureQueriesContext(connection) as captured:
            read(f"{language}/{slug}/")
        assert len(captured) <= 15


def test_a_page_that_somebody_wrote_stays_theirs(alpha):
    from territories.legal.making import make_legal_pages
    from territories.models import LegalPage
    from territories.pages.homes import homes_of

    homes = homes_of(alpha)
    LegalPage.objects.child_of(homes[0]).get(slug="accessibilite").delete()
    own = make_content_page(alpha, "La nôtre", slug="accessibilite")
    make_legal_pages(alpha, homes)
    assert ContentPage.objects.filter(pk=own.pk).exists()
    assert not LegalPage.objects.child_of(homes[0]).filter(slug="accessibilite").exists()


def test_facts_travel_without_the_names_of_people(alpha):
    LegalFacts.objects.create(territory=alpha, audit_date=date(2026, 9, 14), audit_by="Ada",
                              audit_rate="78.4", **TOLD)  # fmt: skip
    rows = export_parts(alpha)["territories.legal"]
    rows = json.loads(json.dumps([{**row, "director": ""} for row in rows]))
    beta = Territory.objects.get(slug="beta")
    LegalFacts.objects.create(territory=beta, director="Celle de Beta")
    for _twice in range(2):
        restore_parts(beta, {"territories.legal": rows})
    facts = LegalFacts.objects.get(territory=beta)
    assert facts.publisher_name == "Ville d’Alpha" and str(facts.audit_rate) == "78.4"
    assert facts.director == "Celle de Beta" and facts.audit_date == date(2026, 9, 14)


class TestAdmin:
    ADDRESS = "/admin/legal/alpha/"

    def open(self, client, user, path=ADDRESS, data=None):
        client.force_login(user)
        call = client.get if data is None else client.post
        return call(path, data or {}, headers={"host": "localhost"})

    def test_a_coordinator_tells_the_facts_and_what_lacks_is_said(self, alpha, client):
        user = make_member(alpha)
        page = self.open(client, user).content.decode()
        assert "Il manque, sur les pages légales" in page and "Hébergeur" in page
        answer = self.open(client, user, data=TOLD)
        assert answer.status_code == 302
        assert LegalFacts.objects.get(territory=alpha).director == TOLD["director"]
        page = self.open(client, user).content.decode()
        assert "Il manque encore" in page and "Ada Martin" in page

    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(self, alpha, client):
        wrong = {**TOLD, "publisher_siret": "12", "audit_date": "2099-01-01", "audit_rate": "120"}
        answer = self.open(client, make_member(alpha), data=wrong)
        page = unescape(answer.content.decode())
        assert answer.status_code == 200 and "Le SIRET compte 14 chiffres" in page
        assert "Un audit se déclare avec sa date" in page and "Ada Martin, maire" in page
        assert not LegalFacts.objects.filter(territory=alpha).exists()

    def test_a_stranger_gets_404(self, alpha, client):
        beta = make_member(Territory.objects.get(slug="beta"))
        editor = make_member(alpha, "editor")
        for user, path in ((beta, self.ADDRESS), (editor, self.ADDRESS),
                           (beta, "/admin/legal/national/")):  # fmt: skip
            assert self.open(client, user, path).status_code in (302, 404)
            assert self.open(client, user, path, data=TOLD).status_code in (302, 404)
        assert not LegalFacts.objects.exists()
