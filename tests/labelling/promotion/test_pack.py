"""The pack of a label: texts, pictures and a press release made of what the page says."""

import io
import re

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from docx import Document
from factories import make_territory
from html_faults import faults
from PIL import Image
from wagtail.models import Locale

from agenda.models import Status
from labelling.labels.granting import withdraw_label
from labelling.promotion.release import release_of
from labelling.promotion.story import story_of
from labelling.promotion.texts import WRITTEN, texts_of
from territories.models import Term
from territories.sharing.picture import LAYOUTS

pytestmark = pytest.mark.django_db
FACTS = {
    "place_name": "Place Abbal",
    "address": "4 place Abbal",
    "postcode": "31100",
    "commune": "Toulouse",
    "is_free": True,
    "phone": "05 36 49 12 00",
    "summary": "Douze employeurs recrutent. Venez avec ou sans CV.",
}
FILES = ("communique.docx", *(f"image-{name}.png" for name in LAYOUTS))
PAGES = ("faire-savoir/", "communique/")


@pytest.fixture
def event(alpha):
    return make_event(alpha, "Le forum", **FACTS)


@pytest.fixture
def label(event, give):
    return give(event)


@pytest.fixture
def answer(client):
    def answer(path, host="alpha.localhost"):
        return client.get(path, headers={"host": host})

    return answer


def test_every_text_is_made_of_the_facts_of_the_event(label, event, answer):
    html = answer(f"/label/{label.number}/faire-savoir/").content.decode()
    assert not faults(html)
    texts = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert len(texts) == len(WRITTEN)
    for words in texts:
        for fact in ("Le forum", "9 h 30", "4 place Abbal", "Gratuit", "05 36 49 12 00"):
            assert fact in words
    voice = texts[list(WRITTEN).index("voix")]
    assert "http" not in voice and "Venez avec ou sans CV." in voice
    address = event.full_url
    assert all(address in words for words in texts if words is not voice)
    assert f"/agenda/{event.slug}/affiche/" in html


def test_pictures_have_the_sizes_of_the_networks(label, answer):
    for name, layout in LAYOUTS.items():
        response = answer(f"/label/{label.number}/image-{name}.png")
        assert Image.open(io.BytesIO(response.content)).size == layout.size
        assert f"{name}.png" in response["Content-Disposition"]
    assert answer(f"/label/{label.number}/image-minuscule.png").status_code == 404


def test_the_release_is_a_document_with_headings_that_can_be_changed(label, mandatory, answer):
    response = answer(f"/label/{label.number}/communique.docx")
    document = Document(io.BytesIO(response.content))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Le forum reçoit le label Cité de l’emploi"]
    words = "\n".join(one.text for one in document.paragraphs)
    for fact in (label.number, "9 h 30", "4 place Abbal", *(one.name for one in mandatory)):
        assert fact in words
    assert document.core_properties.language == "fr"
    html = answer(f"/label/{label.number}/communique/").content.decode()
    assert not faults(html)
    assert all(criterion.name in html.replace("\u202f", " ") for criterion in mandatory[:1])


def test_an_action_and_a_place_have_their_pack_too(alpha, give, answer):
    action = make_action(alpha, "Garde d’enfants d’urgence", phone="05 61 00 00 01")
    place = make_actor(alpha, "La Fabrique", address="9 rue Satie", commune="Toulouse")
    for bearer, fact in ((action, "05 61 00 00 01"), (place, "9 rue Satie")):
        number = give(bearer).number
        html = answer(f"/label/{number}/faire-savoir/").content.decode()
        assert bearer.title in html and fact in html and "/affiche/" not in html
        assert answer(f"/label/{number}/communique.docx").status_code == 200


def test_nothing_is_told_of_a_label_that_is_over_hidden_or_elsewhere(
    alpha, beta, event, give, answer
):
    other, hidden = give(make_event(beta, "Ailleurs")), make_event(alpha, "Caché")
    unseen, taken = give(hidden), give(event)
    hidden.unpublish()
    withdraw_label(label=taken, reasons="Devenu payant.")
    for number in (other.number, unseen.number, "XX-2026-001"):
        assert answer(f"/label/{number}/{PAGES[0]}").status_code == 404
    for name in (*PAGES, *FILES):
        assert answer(f"/label/{taken.number}/{name}").status_code == 404
    for name in (*PAGES, *FILES):
        assert answer(f"/label/{other.number}/{name}", "localhost").status_code == 404
        assert answer(f"/label/{other.number}/{name}", "beta.localhost").status_code == 200


def test_what_is_postponed_has_no_poster_and_what_is_cancelled_no_pack(label, event, answer):
    event.status = Status.POSTPONED
    event.save_revision().publish()
    html = answer(f"/label/{label.number}/faire-savoir/").content.decode()
    assert "Textes prêts à coller" in html and "/affiche/" not in html
    event.status = Status.CANCELLED
    event.save_revision().publish()
    assert answer(f"/label/{label.number}/faire-savoir/").status_code == 404


def test_a_telephone_keeps_its_order_in_the_midst_of_arabic(alpha, event, label, rf):
    translated = event.copy_for_translation(Locale.objects.get(language_code="ar"))
    translated.save_revision().publish()
    alpha.contact_phone = "05 61 22 33 44"
    request = rf.get("/")
    request.territory = alpha
    with override("ar"):
        story = story_of(label, request)
    assert story.language == "ar" and story.phone == "\u200e05 36 49 12 00"
    contact = release_of(story).contact
    assert "\u200e05 61 22 33 44" in contact
    with override("fr"):
        assert story_of(label, request).phone == "05 36 49 12 00"


def test_each_text_fits_where_it_goes(alpha, give, rf, optional):
    """Instagram takes 2,200 signs, LinkedIn 3,000; what is longest here stays below."""
    longest = {**FACTS, "summary": "Venez. " * 28, "address": "12 rue des Écoles " * 10}
    label = give(make_event(alpha, "Un très long titre " * 12, **longest), *optional)
    request = rf.get("/")
    request.territory = alpha
    texts = {text.name: text for text in texts_of(story_of(label, request))}
    assert len(texts["reseau"].words) <= 2200 and len(texts["partenaires"].words) <= 3000
    message = texts["message"]
    assert message.messages == -(-len(message.words) // 67) > 1
    assert "ce rendez-vous est fait" in texts["reseau"].words


def test_hostile_words_are_words(alpha, give, answer, rf):
    title = "<script>alert(1)</script> & « 100 % » \u202eo"
    label = give(make_event(alpha, title, summary="=1+1 <b>gras</b>"))
    html = answer(f"/label/{label.number}/faire-savoir/").content.decode()
    assert "<script>alert" not in html and not faults(html)
    document = Document(io.BytesIO(answer(f"/label/{label.number}/communique.docx").content))
    assert any("<b>gras</b>" in one.text for one in document.paragraphs)
    request = rf.get("/")
    request.territory = alpha
    assert all(text.words for text in texts_of(story_of(label, request)))


def test_pages_cost_the_same_with_few_labels_and_many(alpha, give, client):
    facts = {
        **FACTS,
        "place": make_actor(alpha, "La Fabrique"),
        "organiser": make_actor(alpha, "Tremplin"),
        "format": Term.objects.filter(kind=Term.Kind.EVENT_FORMAT).first(),
        "registration_is_open": True,
        "capacity": 12,
    }
    event = make_event(alpha, "Le forum", **facts)
    translated = event.copy_for_translation(Locale.objects.get(language_code="ar"))
    translated.save_revision().publish()
    label = give(event)

    paths = [*PAGES, "communique.docx", "image-carree.png", *(f"ar:{name}" for name in PAGES)]

    def queries():
        found = []
        for prefix, _colon, name in (path.rpartition(":") for path in paths):
            path = f"/{prefix}/label/{label.number}/{name}".replace("//", "/")
            client.get(path, headers={"host": "alpha.localhost"})
            with CaptureQueriesContext(connection) as captured:
                client.get(path, headers={"host": "alpha.localhost"})
            found.append(len(captured))
        return found

    few = queries()
    for number in range(4):
        give(make_event(alpha, f"Atelier {number}"))
    make_territory("gamma", plugins=["labelling"])
    assert queries() == few and max(few) <= 15
