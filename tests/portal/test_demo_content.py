"""What the demo's data files promise, held on the files alone: nothing here asks a database."""

import io
import math
import re
from collections import Counter
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

import pytest

from portal.demo.pictures import draw
from portal.demo.pictures.scenes import SCENES
from portal.demo.reading import moment, read, territories
from portal.demo.translating import languages

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 25)
SLUGS = territories()

# Numbers that Arcep keeps for works of fiction, and those that everybody in France knows.
FICTION = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")
PUBLIC_NUMBERS = {"112", "114", "115", "39 28", "3919"}
# No other site is named yet; a national network's own would be added here.
SITES = {"example.org"}

LIMITS = {
    "title": 150, "number": 20, "label": 150, "source": 200, "note": 300, "alt": 250,
    "caption": 250, "question": 250, "name": 150, "role": 150,
}  # fmt: skip
# How far, in km, a place may be from a neighbourhood of its own commune.
REACH = 2.5
PICTURE_WEIGHT = 40_960

# Facts that come from the documents, and where each is told.
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


def strings(value, path=""):
    """Every text of a table, with the way that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            name = inner.get("slug", position) if isinstance(inner, dict) else position
            yield from strings(inner, f"{path}/{name}")


def everything(slug):
    content = read(slug)
    yield from strings(vars(content))
    for language, words in languages(slug).items():
        yield from strings(words, language)


def bodies(slug):
    """Every list of blocks, with the language it is written in."""
    content = read(slug)
    yield "fr", content.territory["home"]["body"]
    for fact in chain(content.pages, content.newsletters):
        yield "fr", fact["body"]
    for language, words in languages(slug).items():
        yield language, words["home_body"]
        for fact in words["page"]:
            yield language, fact["body"]


def blocks(slug, kind):
    for language, body in bodies(slug):
        for block in body:
            if block["type"] == kind:
                yield language, block


def places(slug):
    content = read(slug)
    for fact in chain(content.actors, content.services):
        if "adresse" in fact:
            yield fact["slug"], fact
    for fact in content.events:
        if "address" in fact:
            yield fact["slug"], fact["address"]


def kilometres(one, other):
    north = (one["latitude"] - other["latitude"]) * 111.2
    east = (one["longitude"] - other["longitude"]) * 111.2
    return math.hypot(north, east * math.cos(math.radians(one["latitude"])))


def is_past(event):
    moments = [moment(when, TODAY, PARIS) for when in event["dates"]]
    return all((when.until or when.start.date()) < TODAY for when in moments)


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param


@pytest.fixture
def content(slug):
    return read(slug)


def test_every_territory_has_what_the_demo_promises(content):
    assert len(content.events) >= 20 and len(content.actors) >= 25
    assert len(content.services) >= 50 and len(content.pages) >= 20
    assert {"scheduled", "cancelled", "full"} <= {event["status"] for event in content.events}
    assert sum(is_past(event) for event in content.events) >= 2
    assert sum(any(when.get("repeat") for when in e["dates"]) for e in content.events) >= 3
    labelled = [event for event in content.events if "label" in event]
    assert 3 <= len(labelled) < len(content.events)
    for event in labelled:
        assert event["label"]["mandatory"] == [1, 2, 3, 4]
        assert event["label"]["optional"] and set(event["label"]["optional"]) <= set(range(1, 9))
        assert event["label"]["reasons"]


def test_whatever_is_named_exists_once(content):
    for facts in (content.actors, content.services, content.events, content.pages):
        assert not [name for name, times in Counter(f["slug"] for f in facts).items() if times > 1]
    actors = {fact["slug"] for fact in content.actors}
    assert {fact["structure"] for fact in content.services} <= actors
    assert {event["organiser"] for event in content.events} <= actors
    assert {event["place"] for event in content.events if "place" in event} <= actors
    assert all("place" in event or "address" in event for event in content.events)


def test_links_and_lists_lead_to_pages_of_the_territory(slug, content):
    pages = {fact["slug"] for fact in content.pages}
    addresses = {f"/{name}/" for name in pages}
    for folder, facts in (
        ("agenda", content.events),
        ("guide", content.services),
        ("carte", content.actors),
    ):
        addresses |= {f"/{folder}/{fact['slug']}/" for fact in facts}
    translated = {
        f"/{language}/{fact['slug']}/"
        for language, words in languages(slug).items()
        for fact in words["page"]
    }
    linked = set()
    for path, text in everything(slug):
        for target in re.findall(r'href="(/[^"]*)"', text):
            assert target in addresses | translated, f"{path}: {target}"
            linked.add(target)
    for _language, block in blocks(slug, "page_list"):
        assert set(block["pages"]) <= pages
        linked |= {f"/{name}/" for name in block["pages"]}
    linked |= {f"/{fact['slug']}/" for fact in content.pages if fact["in_menu"]}
    assert {f"/{name}/" for name in pages} <= linked, "a page that nothing leads to"


def test_telephone_numbers_ring_nowhere(slug):
    for path, text in everything(slug):
        field = path.rsplit("/", 1)[-1]
        if field in {"telephone", "phone", "registration_phone"} and text:
            assert re.fullmatch(r"0\d(?: \d\d){4}", text), f"{path}: {text}"
        for number in re.findall(r"\b0\d(?: \d\d){4}\b", text):
            assert number.startswith(FICTION), f"{path}: {number}"
        for digits, shown in re.findall(r'href="tel:\+33(\d{9})">([^<]*)<', text):
            assert shown.replace(" ", "") == f"0{digits}", f"{path}: {shown}"
        for number in re.findall(r"\b(?:le|au) (1[01]\d|3\d ?\d\d)\b(?! ?(?:€|%|\d))", text):
            assert number in PUBLIC_NUMBERS, f"{path}: {number}"


def test_addresses_on_the_web_are_examples(slug):
    for path, text in everything(slug):
        for host in re.findall(r"https?://([^/\"\s<]+)", text):
            assert host in SITES, f"{path}: {host}"
        for host in re.findall(r"[\w.-]+@([\w-]+(?:\.[\w-]+)+)", text):
            assert host == "example.org", f"{path}: {host}"


def test_places_are_in_the_commune_that_they_name(slug, content):
    communes = {commune["code"]: commune for commune in content.territory["communes"]}
    for name, place in places(slug):
        commune = communes[place["code_insee"]]
        assert place["commune"] == commune["name"], name
        assert place["code_postal"] == commune["postcode"], name
        near = min(
            kilometres(place, neighbourhood)
            for neighbourhood in content.territory["neighbourhoods"]
            if neighbourhood["commune"] == commune["code"]
        )
        assert near <= REACH, f"{name}: {near:.1f} km"
        assert re.match(r"\d+ |Rue|Place|Quai|Avenue", place["adresse"]), name


def test_every_picture_says_what_it_shows(slug):
    shown = {"fr": set(), "en": set(), "ar": set()}
    for language, block in blocks(slug, "image"):
        assert block["picture"] in SCENES
        shown[language].add(block["picture"])
        assert 30 <= len(block["alt"]) <= 150 and block["alt"] != block["caption"]
        opening = {"fr": "Dessin ", "en": "Drawing ", "ar": "رسم "}[language]
        assert block["alt"].startswith(opening), block["alt"]
    assert len(shown["fr"]) >= 6


@pytest.mark.slow
def test_pictures_are_light(slug, content):
    colours, facade = content.territory["colours"], content.territory["facade"]
    for name in {block["picture"] for _language, block in blocks(slug, "image")}:
        file = io.BytesIO()
        draw(name, tuple(colours), facade=tuple(facade)).save(file, "WEBP", quality=82)
        assert file.tell() <= PICTURE_WEIGHT, f"{name}: {file.tell()}"


def test_texts_are_finished(slug):
    unfinished = re.compile(r"lorem|ipsum|\btodo\b|fixme|xxx|à compléter|\btbd\b", re.IGNORECASE)
    for path, text in everything(slug):
        assert not unfinished.search(text), f"{path}: {text}"
        assert ("  " not in text and text == text.strip()) or "<" in text, f"{path}: {text!r}"


def test_french_is_set_as_it_is_printed(content):
    straight = re.compile(r"\w'\w|\.\.\.|[«]\S|\S[»]|\d[€%]|[^\s\d&][;!?](?=\s|$)")
    for path, text in strings(vars(content)):
        # Opening hours speak OpenStreetMap's language, and an entity ends with a semicolon.
        if not path.endswith("horaires_accueil"):
            found = straight.search(re.sub(r"&\w+;|<[^>]*>", "", text))
            assert not found, f"{path}: {text}"


def test_texts_fit_where_they_are_shown(slug, content):
    assert all(len(event["summary"]) <= 200 for event in content.events)
    for words in languages(slug).values():
        assert all(len(fact["summary"]) <= 200 for fact in words["event"])
    for _language, body in bodies(slug):
        for path, text in strings(body):
            assert len(text) <= LIMITS.get(path.rsplit("/", 1)[-1], 10_000), text


def test_texts_are_short_here_and_long_there(content):
    for texts in (
        [fact["description"] for fact in content.services],
        [fact["body"] for fact in content.events],
    ):
        lengths = sorted(map(len, texts))
        assert lengths[-1] >= 3 * lengths[0]
        assert len(set(texts)) == len(texts)


def test_home_guide_events_and_services_speak_english_and_arabic(slug, content):
    found = languages(slug)
    assert set(found) == {"ar", "en"}
    for words in found.values():
        assert {"headline", "introduction"} <= words["home"].keys()
        assert {"title", "introduction"} <= words["guide"].keys()
        for kind, facts in (
            ("event", content.events),
            ("service", content.services),
            ("page", content.pages),
        ):
            translated = [fact["slug"] for fact in words[kind]]
            assert len(set(translated)) == len(translated)
            assert set(translated) <= {fact["slug"] for fact in facts}
        assert len(words["event"]) >= 5 and len(words["service"]) >= 5


def test_a_translation_says_all_that_the_record_says(slug, content):
    events = {fact["slug"]: fact for fact in content.events}
    services = {fact["slug"]: fact for fact in content.services}
    pages = {fact["slug"]: fact for fact in content.pages}
    texts = ("frais_precisions", "conditions_acces", "to_bring", "mobilisation_precisions")
    for words in languages(slug).values():
        kinds = [block["type"] for block in content.territory["home"]["body"]]
        assert [block["type"] for block in words["home_body"]] == kinds
        for fact in words["event"]:
            asked = {"title", "summary", "body", "to_bring", "registration", "cost"}
            assert {name for name in asked if events[fact["slug"]][name]} <= fact.keys()
        for fact in words["service"]:
            needed = {name for name in texts if services[fact["slug"]].get(name)}
            assert {"nom", "description", *needed} <= fact.keys(), fact["slug"]
        for fact in words["page"]:
            kinds = [block["type"] for block in pages[fact["slug"]]["body"]]
            assert [block["type"] for block in fact["body"]] == kinds, fact["slug"]


def test_arabic_is_written_in_arabic_and_english_without_french_quotes(slug):
    found = languages(slug)
    for path, text in strings([found["ar"]["event"], found["ar"]["service"], found["ar"]["page"]]):
        if path.endswith(("title", "summary", "body", "description", "alt", "caption")):
            assert re.search(r"[\u0600-\u06ff]", text), f"{path}: {text}"
    for path, text in strings(found["en"]):
        assert not re.search(r"[«»]|\w'\w", text), f"{path}: {text}"


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
