"""The poster as a PDF of one page, and as a drawing."""

import dataclasses
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from agenda_factories import make_event
from django.urls import reverse
from wagtail.models import Locale

from agenda.models import Status
from agenda.poster import paper
from agenda.poster.content import poster_of_event
from agenda.poster.drawing import draw_svg
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
PROOF = "https://cite-de-l-emploi-du-grand-mirail.example.org/label/GM-2026-001/"
needs_pango = pytest.mark.skipif(paper.weasyprint() is None, reason="Pango is not installed")


def get(client, path, prefix="", host="alpha.localhost"):
    return client.get(f"{prefix}/agenda/{path}", headers={"host": host})


@pytest.fixture
def said(alpha, rf):
    """What the poster of an event says."""

    def read(event):
        request = rf.get("/", headers={"host": "alpha.localhost"})
        request.territory = alpha
        event.shown = event
        return poster_of_event(event, request)

    return read


@needs_pango
@pytest.mark.parametrize(("size", "width"), [("a4", 794), ("a5", 559)])
def test_the_longest_words_still_make_one_page(alpha, said, size, width):
    event = make_event(alpha, "Café rencontre", commune="Toulouse")
    poster = said(event)
    long = dataclasses.replace(
        poster,
        title="Forum de l’emploi et des métiers du quartier " * 5,
        summary="Venez avec ou sans papiers, nous cherchons ensemble. " * 4,
        where="Maison de quartier de Bagatelle, salle du premier étage " * 6,
        registration="Sur place ou par téléphone, jusqu’à la veille. " * 5,
    )
    for one in (poster, long, dataclasses.replace(long, is_lit=True, proof=PROOF)):
        document = paper.document(one, one.as_html(), size)
        assert len(document.pages) == 1
        assert round(document.pages[0].width) == width


@needs_pango
def test_what_others_than_us_keep_is_refused(settings):
    read = paper.own_files()
    assert read(paper.OURS + "agenda/paper.css").read().startswith(b"/*")
    for url in (
        "file:///etc/passwd",
        "http://localhost/",
        "https://example.org/font.woff2",
        paper.OURS + "../settings.py",
        paper.OURS + "../../../../etc/passwd",
        "data:text/css,a{}",
    ):
        with pytest.raises(Exception, match=r"Not ours|outside"):
            read(url)


@needs_pango
def test_a_pdf_is_made_once_for_what_it_says(client, alpha, monkeypatch):
    event = make_event(alpha, "Café", slug="cafe")
    made = []

    class Document:
        def write_pdf(self):
            made.append(1)
            return b"%PDF-"

    monkeypatch.setattr(paper, "document", lambda *given: Document())
    first = get(client, "cafe/affiche-a4.pdf")
    again = get(client, "cafe/affiche-a4.pdf?autre=1")
    assert first.content == again.content == b"%PDF-" and len(made) == 1
    assert first["Content-Type"] == "application/pdf"
    assert first["Cache-Control"] == "public, max-age=900"
    assert first["X-Robots-Tag"] == "noindex"
    assert 'filename="affiche-cafe-a4.pdf"' in first["Content-Disposition"]
    get(client, "cafe/affiche-a5.pdf")
    event.title = "Café du mardi"
    event.save_revision().publish()
    get(client, "cafe/affiche-a4.pdf")
    assert len(made) == 3


def test_a_drawing_holds_its_words_its_typeface_and_the_colours_of_the_territory(client, alpha):
    make_event(alpha, "Café & métiers", slug="cafe", commune="Toulouse")
    response = get(client, "cafe/affiche.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].startswith("attachment")
    drawing = ElementTree.fromstring(response.content)  # noqa: S314
    words = " ".join(text.text for text in drawing.iter(f"{SVG}text"))
    assert "Café & métiers" in words and "Toulouse" in words and "Gratuit" in words
    svg = response.content.decode()
    assert "url(data:font/woff2" in svg
    assert not re.search(r'(href|src)="|url\((?!data:)', svg)
    assert get(client, "rien/affiche.svg").status_code == 404


def test_an_arabic_drawing_is_read_from_right_to_left(alpha, said):
    event = make_event(alpha, "Café", slug="cafe")
    page = event.copy_for_translation(Locale.objects.get(language_code="ar"))
    page.title = "مقهى العمل"
    page.save_revision().publish()
    poster = dataclasses.replace(said(event), title=page.title, language="ar", phone="05 36 49")
    drawing = ElementTree.fromstring(draw_svg(poster))  # noqa: S314
    texts = {text.text: text for text in drawing.iter(f"{SVG}text")}
    title = texts["مقهى العمل"]
    assert title.get("direction") == "rtl" and float(title.get("x")) > 1900
    phone = texts["05 36 49"]
    assert phone.get("direction") == "ltr" and phone.get("text-anchor") == "end"


def test_the_code_of_the_event_is_the_big_one_and_that_of_its_label_is_named(alpha, said):
    event = said(make_event(alpha, "Café"))
    labelled = dataclasses.replace(event, is_lit=True, proof=PROOF)
    for language in ("fr", "ar"):
        poster = dataclasses.replace(labelled, language=language)
        drawing = ElementTree.fromstring(draw_svg(poster))  # noqa: S314
        codes = [one for one in drawing.iter(f"{SVG}g") if one.get("stroke") == "#000"]
        places = [re.findall(r"[\d.]+", one.get("transform")) for one in codes]
        sides = [float(scale) for _left, _top, scale in places]
        tops = [float(top) for _left, top, _scale in places]
        assert len(codes) == 2 and sides[0] > 2 * sides[1] and tops[0] < tops[1]
        words = [text.text for text in drawing.iter(f"{SVG}text")]
        assert PROOF.removeprefix("https://").rstrip("/") in words
    html = labelled.as_html()
    scan, proof = html[html.index('class="scan"') :].split('class="proof"')
    assert "Visez ce carré" in scan and "Label Cité" not in scan
    assert "Label Cité de l’emploi" in proof and "Pour vérifier ce label" in proof
    assert ">cite-de-l-emploi-du-grand-mirail.example.org/label/GM-2026-001<" in proof
    assert 'class="proof"' not in event.as_html()
    assert "Pour vérifier" not in draw_svg(event).decode()


def test_what_lasts_for_weeks_says_from_when_to_when_and_shows_no_day(alpha, said):
    lasting = {"is_action": True, "runs_from": date(2030, 1, 7), "runs_until": date(2030, 6, 28)}
    poster = said(make_event(alpha, "Formation", dates=[], **lasting))
    assert poster.day is None
    assert poster.hours == "Du 7 janvier au 28 juin 2030"
    drawing = draw_svg(poster).decode()
    assert "28 juin" in drawing and "#dddddd" not in drawing


def test_a_site_without_pango_offers_no_pdf_and_works(client, alpha, monkeypatch):
    make_event(alpha, "Café", slug="cafe")
    for module in ("views", "paper"):
        monkeypatch.setattr(f"agenda.poster.{module}.weasyprint", lambda: None)
    assert get(client, "cafe/affiche-a4.pdf").status_code == 404
    html = get(client, "cafe/affiche/").content.decode()
    assert "affiche-a4.pdf" not in html and "affiche.svg" in html


@pytest.mark.parametrize("file", ["affiche/", "affiche-a4.pdf", "affiche.svg"])
def test_what_does_not_take_place_or_is_not_ours_has_no_file(client, alpha, beta, file):
    make_event(alpha, "Annulé", slug="annule", status=Status.CANCELLED)
    make_event(beta, "Chez beta", slug="ailleurs")
    make_event(alpha, "Brouillon", slug="brouillon", published=False)
    for slug in ("annule", "ailleurs", "brouillon"):
        assert get(client, f"{slug}/{file}").status_code == 404


def test_where_the_agenda_is_closed_its_posters_are_too(client, alpha):
    make_event(alpha, "Café", slug="cafe")
    switch_off(territory=alpha, plugin="agenda")
    for name in ("affiche/", "affiche-a4.pdf", "affiche.svg"):
        assert get(client, f"cafe/{name}").status_code == 404


def test_the_addresses_are_under_the_page_of_the_event():
    assert reverse("agenda:poster_pdf", args=["cafe", "a5"]) == "/agenda/cafe/affiche-a5.pdf"
    assert Path(paper.__file__).parent.name == "poster"
