"""`/fiches-actions/`: a list with facets, and a page that says what was done and what it gave."""

import json
import re
from decimal import Decimal

import pytest
from agenda_factories import make_event
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory
from practice_factories import make_many_sheets, make_sheet
from wagtail.models import Locale

from labelling.practice.searching import find_sheet
from labelling.practice.sheet import in_words
from territories.models import Term
from territories.plugins.switching import switch_off
from territories.proofreading.passages import passages_of

pytestmark = pytest.mark.django_db
FACTS = {
    "label": "A-2026-001",
    "grid": "2026-1",
    "moment": "just_after",
    "received_on": "2026-03-02",
    "first_day": "2026-02-12",
    "last_day": "2026-02-12",
    "place": "Place Abbal",
    "figures": {"reached": 1240, "women": 3, "men": 1237, "hired": 0, "in_qpv": None},
    "criteria": [{"kind": "mandatory", "number": 1, "name": "Accès facile"}],
}


@pytest.fixture
def read(client):
    def read(path, host="alpha.localhost"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    return read


def test_the_page_of_a_sheet_says_steps_partners_cost_and_what_nobody_knows(alpha, read):
    sheet = make_sheet(
        alpha,
        context="<p>Personne ne venait.</p>",
        partners="Maison de quartier\nMission locale",
        facts=FACTS,
        advice="<p>Appelez deux fois.</p>",
    )
    html = read(f"/fiches-actions/{sheet.slug}/")
    for words in (
        *("Personne ne venait.", "Trouver la salle", "la mairie · deux mois avant"),
        *("Maison de quartier", "Mission locale", "Coût inconnu. Ce n’est pas zéro."),
        *("Le 12 février 2026", "Place Abbal", "1 240", "moins de 5", "Appelez deux fois."),
        *("Inconnu, ce n’est pas zéro :", "habitants d’un"),
        *("D’après le bilan reçu le 2 mars 2026, juste après.", "A-2026-001", "Accès facile"),
    ):
        assert words in html, words
    sheet.cost, sheet.cost_words = Decimal("350.00"), "salle prêtée"
    sheet.save()
    html = read(f"/fiches-actions/{sheet.slug}/")
    assert "350 €" in html and "salle prêtée" in html and "Coût inconnu" not in html


def test_small_numbers_are_masked_and_cannot_be_found_by_taking_away(alpha, read):
    sheet = make_sheet(alpha, facts=FACTS)
    html = read(f"/fiches-actions/{sheet.slug}/")
    assert "1 237" not in html and "1 235" in html and "arrondis à 5 près" in html
    assert in_words({"reached": 40, "hired": 0, "young": 4, "in_qpv": None}, masked=True) == {
        "reached": "40", "hired": "0", "young": "moins de 5", "in_qpv": ""
    }  # fmt: skip
    kept = "non publié, pour que personne ne soit reconnu"
    hidden = in_words({"reached": 30, "women": 29, "men": 1, "directed": 12}, masked=True)
    assert hidden["women"] == hidden["men"] == kept or hidden["men"] == "moins de 5"
    few = in_words({"actions": 3, "reached": 8, "women": 6, "men": 2, "hired": 5}, masked=True)
    assert few == {"actions": "3", "reached": "10", "women": kept, "men": kept, "hired": kept}
    assert in_words({"women": 3}, masked=False) == {"women": "3"}


def test_the_list_narrows_by_need_public_format_and_on_the_portal_by_territory(alpha, beta, read):
    theme = Term.objects.filter(kind="theme", parent__isnull=False).first()
    public = Term.objects.filter(kind="public").first()
    kind = Term.objects.filter(kind="event-format").first()
    make_sheet(alpha, "Café emploi", themes=[theme.code], publics=[public.code], format=kind)
    make_sheet(alpha, "Bus emploi")
    make_sheet(alpha, "En préparation", published=False)
    make_sheet(beta, "Marché emploi")
    html = read("/fiches-actions/")
    assert "2 fiches actions" in html and "Marché emploi" not in html
    assert "En préparation" not in html and "Quel territoire ?" not in html
    for query in (f"theme={theme.parent.code}", f"public={public.code}", f"format={kind.code}"):
        html = read(f"/fiches-actions/?{query}")
        assert "Café emploi" in html and "Bus emploi" not in html, query
    html = read("/fiches-actions/", "localhost")
    assert "3 fiches actions" in html and "Quel territoire ?" in html
    html = read("/fiches-actions/?territoire=beta", "localhost")
    assert "Marché emploi" in html and "Café emploi" not in html
    assert "3 fiches actions" in read("/fiches-actions/?territoire=%00&theme=zzz", "localhost")


def test_the_lists_and_the_page_keep_to_their_budgets(alpha, client):
    theme = Term.objects.filter(kind="theme", parent__isnull=False).first()

    def queries(path, host):
        client.get(path, headers={"host": host})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path, headers={"host": host}).status_code == 200
        return len(captured)

    event = make_event(alpha, "Le forum")
    sheet = make_sheet(alpha, themes=[theme.code], facts=FACTS, about=event)
    places = {
        ("/fiches-actions/", "alpha.localhost"): 18,
        (f"/fiches-actions/?theme={theme.parent.code}", "alpha.localhost"): 18,
        ("/fiches-actions/", "localhost"): 18,
        ("/en/fiches-actions/", "localhost"): 18,
        (f"/fiches-actions/{sheet.slug}/", "alpha.localhost"): 15,
        (f"/en/fiches-actions/{sheet.slug}/", "alpha.localhost"): 15,
        (f"/agenda/{event.slug}/", "alpha.localhost"): 15,
    }
    few = {place: queries(*place) for place in places}
    make_many_sheets(alpha, range(12), themes=[theme.code])
    for number in range(2):
        make_many_sheets(make_territory(f"autre-{number}", plugins=["labelling"]), range(2))
    many = {place: queries(*place) for place in places}
    assert many == few
    assert not {place: many[place] for place, most in places.items() if many[place] > most}


def test_a_sheet_reads_in_its_translation_and_else_in_french_that_says_so(alpha, read):
    sheet = make_sheet(alpha, facts=FACTS)
    html = read(f"/ar/fiches-actions/{sheet.slug}/")
    assert '<div class="flow tight" lang="fr" dir="ltr"><h1>' in html
    english = sheet.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "A fair in the square"
    english.save_revision().publish()
    html = read(f"/en/fiches-actions/{english.slug}/")
    assert "A fair in the square" in html and "Place Abbal" in html and "Trouver la salle" in html
    assert "A fair in the square" in read("/en/fiches-actions/")


def test_what_programs_read_is_a_how_to_and_what_people_search_for_is_all_its_words(alpha, read):
    sheet = make_sheet(
        alpha, facts=FACTS, cost=Decimal("350"), results="<p>Trois</p><p>embauches</p>"
    )
    html = read(f"/fiches-actions/{sheet.slug}/")
    graph = json.loads(re.search(r"ld\+json[^>]*>(.*?)</script>", html)[1])["@graph"]
    found = next(one for one in graph if one["@type"] == "HowTo")
    assert found["step"] == [{"@type": "HowToStep", "position": 1, "text": "Trouver la salle"}]
    assert found["estimatedCost"]["value"] == "350.00"
    finding = find_sheet(sheet, sheet)
    assert "Trois  embauches" in finding.body and "Trouver la salle la mairie" in finding.body
    assert finding.place == "Place Abbal"


def test_the_page_of_what_a_sheet_tells_leads_to_it(alpha, read):
    event = make_event(alpha, "Le forum")
    sheet = make_sheet(alpha, about=event)
    assert f"/fiches-actions/{sheet.slug}/" in read(f"/agenda/{event.slug}/")
    sheet.unpublish()
    assert "Fiche action" not in read(f"/agenda/{event.slug}/")


def test_the_proofreading_reads_the_steps_too(alpha):
    sheet = make_sheet(alpha, steps=[("Un", "", ""), ("Trouver la salle", "la mairie", "")])
    found = {passage.anchor: passage.texts for passage in passages_of(sheet)}
    assert found["id_steps-1-what-label"] == ["Trouver la salle"]
    assert found["id_steps-1-who-label"] == ["la mairie"] and found["id_title-label"]


def test_where_the_label_is_closed_there_are_no_sheets(alpha, client):
    sheet = make_sheet(alpha)
    switch_off(territory=alpha, plugin="labelling")
    for path in ("/fiches-actions/", f"/fiches-actions/{sheet.slug}/"):
        assert client.get(path, headers={"host": "alpha.localhost"}).status_code == 404
    portal = client.get("/fiches-actions/", headers={"host": "localhost"}).content.decode()
    assert sheet.title not in portal
