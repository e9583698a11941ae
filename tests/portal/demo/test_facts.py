"""Facts of the documents that the project started from, told in the demo."""

import re

import pytest
from demo_data import SLUGS, blocks, strings

from portal.demo.reading import read
from portal.demo.translating import languages

# By territory and page.
FACTS = {
    "grand-mirail": {
        "la-grille-du-label": [
            "quatre points obligatoires", "huit points en plus", "La difficulté",
            *(f"<h3>{number}. " for number in range(1, 5)),
        ],
        "pourquoi-un-label": [
            "première place sur l’agenda", "plateforme emploi, La Grande Équipe", "presse",
            "coup de main", "coordinatrice", "En échange", "bilan",
        ],
        "obtenir-le-label": [
            "même si votre bureau est ailleurs", "dans la métropole", "le temps du rendez-vous",
            "le garde un an", "Un lieu peut aussi",
        ],
        "apres-le-rendez-vous": [
            "femmes, hommes, moins de 25 ans, seniors", "quartier prioritaire",
            "deuxième entretien", "PMSMP", "France Travail", "un mois plus tard", "fiche",
        ],
        "les-lieux-labellises": ["/carte/la-ruche-tabar/", "/agenda/cafe-emploi-du-mardi/"],
        "chiffres-cles": ["31 691", "QP031007"],
    },
    "caen-la-mer": {
        "notre-cite-de-l-emploi": ["12 juillet 2021", "84 Cités", "préfecture", "Communauté urb"],
        "recenser-et-federer": ["Axe 1", "lettre", "guide", "groupes emploi", "correspondants"],
        "aller-vers-et-raccrocher": ["Axe 2", "Matche ton job", "BTP", "job dating", "Forums"],
        "innover-et-experimenter": ["Axe 3", "équipe de suivi", "aller vers"],
        "se-former-a-aller-vers": ["Concept-Luoga", "freine", "Repérer", "collègues", "projet"],
        "actions-par-quartier": ["Pierre-Heuzé", "Calvaire Saint-Pierre", "Pour les jeunes"],
        "les-groupes-emploi": ["Chemin Vert", "Colombelles", "Hérouville-Saint-Clair"],
        "les-correspondants": ["adultes-relais"],
        "la-lettre": ["Deux fois par mois"],
    },
    "rive-droite": {
        "une-cite-de-l-emploi-durable": ["2022 et 2023", "100 000 €", "préfecture", "GPV"],
        "se-connaitre-et-agir-ensemble": ["Axe 1", "WhatsApp", "agenda partagé", "rallye"],
        "etre-presents-dans-les-quartiers": [
            "Axe 2", "PLIE", "Espace Textile", "Food &amp; Job", "slam", "coup de boost", "Palmer",
        ],
        "un-suivi-pour-97-personnes": ["Axe 3", "97", "20 %", "37 %", "59 %"],
        "repondre-a-un-appel-a-projets": ["deux structures"],
        "se-former-entre-acteurs": ["Aller vers", "Assertivité", "Santé mentale", "Emploi durable"],
        "le-rallye-a-velo": ["Sept lieux"],
        "start-avenir": ["trois espaces", "Unis-Cité", "Cités éducatives", "Mission Locale"],
    },
}  # fmt: skip
# What the residents asked for, and the need of the guide that answers.
NEEDS = {"mobilite", "famille", "lecture-ecriture-calcul", "remobilisation"}


def test_the_demo_says_that_it_is_one(slug, content):
    notice = next(fact for fact in content.pages if fact["slug"] == "mentions-legales")
    assert "démonstration" in notice["title"]
    assert any("/mentions-legales/" in text for _path, text in strings(content.territory["home"]))
    for language, words in languages(slug).items():
        assert "mentions-legales" in {fact["slug"] for fact in words["page"]}
        home = " ".join(text for _path, text in strings(words["home_body"]))
        assert f"/{language}/mentions-legales/" in home


def test_invented_figures_say_so(slug):
    public = re.compile(
        r"Données publiques|expérimentation 2022|Cadre national|Programme national"
        r"|Communauté urbaine|Rive Droite$"
    )
    for language, block in blocks(slug, "key_figures"):
        sources = [figure["source"] for figure in block["figures"]]
        if language == "fr" and not all(public.search(source) for source in sources):
            assert block["note"].startswith("Chiffres d’exemple"), block["title"]


@pytest.mark.parametrize(
    ("slug", "page"), [(slug, page) for slug, pages in FACTS.items() for page in pages]
)
def test_facts_of_the_documents_are_told(slug, page):
    fact = next(fact for fact in read(slug).pages if fact["slug"] == page)
    told = " ".join(text for _path, text in strings(fact))
    assert not [words for words in FACTS[slug][page] if words.lower() not in told.lower()]


def test_rive_droite_counts_its_cohort_in_key_figures():
    page = next(f for f in read("rive-droite").pages if f["slug"] == "un-suivi-pour-97-personnes")
    block = next(block for block in page["body"] if block["type"] == "key_figures")
    assert [figure["number"] for figure in block["figures"]] == ["97", "20 %", "37 %", "59 %"]


def test_every_criterion_of_the_label_is_explained_in_grand_mirail():
    page = next(f for f in read("grand-mirail").pages if f["slug"] == "la-grille-du-label")
    told = " ".join(text for _path, text in strings(page["body"]))
    assert len(re.findall(r"<h3>\d\. ", told)) == 4
    assert len(re.findall(r"<li><b>", told)) == 8


def test_the_three_neighbouring_towns_are_those_of_the_documents():
    towns = [[c["name"] for c in read(slug).territory["communes"]] for slug in SLUGS]
    assert ["Caen", "Colombelles", "Hérouville-Saint-Clair"] in towns
    assert ["Toulouse"] in towns


def test_what_residents_asked_for_has_a_page_and_professionals_have_a_meeting(slug, content):
    answered = {
        frozenset(block["theme"] for block in fact["body"] if block["type"] == "services")
        for fact in content.pages
    }
    assert any(needs >= NEEDS for needs in answered), "no page gathers the needs"
    assert any(re.search(r"\bmots\b", fact["title"].lower()) for fact in content.pages)
    assert any(
        event["publics"] == ["actifs"] and any(when.get("repeat") for when in event["dates"])
        for event in content.events
    )
