"""The letter in a mailbox: whole addresses, escaped words, one button, and no bad surprise."""

import re
import uuid
from datetime import date

import pytest
from django.template.loader import get_template
from factories import make_content_page, make_territory
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from newsletter.rendering.letter import BrokenLetter, render_letter
from newsletter.subscribing.addresses import (
    NOBODY,
    choices_address,
    for_reader,
    leave_address,
    token_of,
)
from territories.appearance.oklch import contrast
from territories.blocks.shared import SHARED_BLOCKS
from territories.plugins.registry import contributions
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("1")</script> & </mj-text></mj-column> \'"> {{ territory }} \\ \u00a0 %s'


def body_of_everything(territory):
    picture = get_image_model().objects.create(
        title="Photo", file=get_test_image_file(size=(60, 30))
    )
    page = make_content_page(territory, title="Les relais", slug="les-relais")
    answer = [{"question": "Où ?", "answer": "<p>Ici</p>"}]
    return [
        ("heading", {"text": "Bonjour", "level": "h2"}),
        ("text", {"text": '<p>Voir <a href="/agenda/">l’agenda</a>.</p><ul><li>un</li></ul>'}),
        ("image", {"image": picture, "alt": "La place", "caption": "Lundi"}),
        ("callout", {"kind": "warn", "title": "Annulé", "text": "<p>La réunion.</p>"}),
        (
            "key_figures",
            {"title": "", "figures": [{"number": "42", "label": "places", "source": ""}]},
        ),
        ("actions", {"actions": [{"kind": "ring", "phone": "05 61 00 00 01"}]}),
        ("steps", {"title": "Étapes", "steps": [{"title": "Vous venez", "text": ""}]}),
        ("quote", {"text": "J’ai trouvé.", "who": "Samira", "role": ""}),
        (
            "chart",
            {
                "title": "Plus",
                "subject": "Personnes",
                "shape": "bars",
                "source": "Bilans",
                "rows": [{"label": "Femmes", "number": "31"}],
            },
        ),
        (
            "video",
            {"title": "Le film", "url": "https://vimeo.com/76979871", "transcript": "<p>Oui</p>"},
        ),
        ("contacts", {"title": "Appelez", "people": [{"name": "Nadia", "phone": "0536491200"}]}),
        ("faq", {"title": "Questions", "questions": answer}),
        ("page_list", {"title": "À lire", "pages": [page]}),
        ("documents", {"title": "Papiers", "documents": []}),
        ("greeting", {"name": "Nour"}),
    ]


def addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src|background)="([^"]*)"', html)


def test_every_shared_block_goes_into_a_letter(territory, make_letter):
    body = body_of_everything(territory)
    assert {name for name, _ in body} >= {name for name, _ in SHARED_BLOCKS}
    letter = render_letter(make_letter(territory, body=body, sent_on=date(2026, 11, 23)))
    for words in (
        "Bonjour",
        "La place",
        "Annulé",
        "42",
        "Nadia",
        "Où ?",
        "Les relais",
        "Nour",
        "Vous venez",
        "Samira",
        "Femmes",
        "Le film",
    ):
        assert words in letter.html, words
        assert words in letter.text, words
    assert "lundi 23 novembre 2026" in letter.html


def test_every_address_is_whole_and_on_the_territorys_host(territory, make_letter):
    text = (
        '<p><a href="/agenda/?theme=mobilite&amp;page=2">a</a> <a href="#bas">b</a>'
        ' <a href="guide/">c</a> <a href="javascript:alert(1)">d</a> <a href="http://[">e</a>'
        ' <a href="mailto:n@example.org">f</a> <a href="https://ailleurs.example/x">g</a></p>'
    )
    body = [*body_of_everything(territory), ("text", {"text": text})]
    letter = render_letter(make_letter(territory, body=body))
    found = addresses(letter.html)
    assert found and all(
        re.match(r"(https?://[^/]+/|mailto:|tel:)", address) for address in found
    ), found
    base = "http://alpha.localhost"
    assert f"{base}/agenda/?theme=mobilite&amp;page=2" in found
    assert f"{base}/lettres/la-lettre-du-lundi/#bas" in found
    assert "https://ailleurs.example/x" in found and "mailto:n@example.org" in found
    assert "javascript" not in letter.html
    assert f"[1] {base}/agenda/" in letter.text


def test_hostile_words_stay_words(territory, make_letter):
    letter = render_letter(
        make_letter(
            territory,
            subject=HOSTILE,
            preheader=HOSTILE,
            title="Titre",
            body=[
                ("heading", {"text": HOSTILE, "level": "h2"}),
                ("faq", {"title": HOSTILE, "questions": [{"question": HOSTILE, "answer": ""}]}),
                ("greeting", {"name": HOSTILE}),
            ],
        )
    )
    assert "<script" not in letter.html and "</mj-" not in letter.html
    assert letter.html.count("&lt;script&gt;") >= 5
    assert "{{ territory }}" in letter.html
    assert '<script>alert("1")</script> & </mj-text>' in letter.text
    assert letter.subject.startswith("<script>")


def test_words_in_attributes_arrive_as_they_were_written(territory, make_letter):
    picture = get_image_model().objects.create(title="Photo", file=get_test_image_file())
    alt = 'Un «\u00a0café\u00a0» \\ "deux" <b> ☕'
    letter = render_letter(
        make_letter(territory, body=[("image", {"image": picture, "alt": alt, "caption": ""})])
    )
    assert r"\u{" not in letter.html
    written = re.search(r'<img[^>]*alt="([^"]*)"', letter.html)[1]
    assert (
        written.replace("&nbsp;", "\u00a0")
        .replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        == alt
    )


def test_no_break_spaces_and_control_characters_go_through(territory, make_letter):
    letter = render_letter(
        make_letter(
            territory,
            body=[("text", {"text": "<p>À 9&nbsp;h, 6\u00a0€\x0b &amp; 3 &lt; 4</p>"})],
        )
    )
    assert "&amp; 3 &lt; 4" in letter.html and "\x0b" not in letter.html
    assert "À 9\u00a0h, 6\u00a0€ & 3 < 4" in letter.text


def test_a_letter_has_one_button(territory, make_letter):
    target = make_content_page(territory, title="Les relais", slug="les-relais")
    letter = make_letter(territory, body=body_of_everything(make_territory("beta")))
    html = render_letter(letter).html
    assert html.count('class="call"') == 1 and "Voir tout le site" in html
    letter.button_page = target
    html = render_letter(letter).html
    assert html.count('class="call"') == 1
    assert 'href="http://alpha.localhost/les-relais/"' in html and "Voir tout le site" not in html
    target.unpublish()
    assert "Voir tout le site" in render_letter(letter).html


def test_no_installed_block_brings_a_button_of_its_own():
    for _plugin, item in contributions("BLOCKS"):
        source = get_template(item.block().meta.mail_template).template.source
        assert "<mj-button" not in source, item.name


def test_a_letter_fetches_nothing_and_knows_dark_screens(territory, make_letter):
    html = render_letter(make_letter(territory)).html
    assert "<link" not in html and "@import" not in html and "fonts.googleapis" not in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme:dark" in html
    assert '<html lang="fr" dir="ltr"' in html


@pytest.mark.parametrize("colours", [("#FFFFFF", "#000000"), ("#FFFF00", "#00FF00")])
def test_whatever_the_colours_the_title_and_the_button_can_be_read(territory, make_letter, colours):
    territory.first_colour, territory.second_colour = colours
    territory.save()
    letter = make_letter(territory)
    html = render_letter(type(letter).objects.get(pk=letter.pk)).html
    for wall in re.findall(r"background-color:(#[0-9a-f]{6});[^>]*>\s*<table", html):
        assert max(contrast("#ffffff", wall), contrast("#1c1826", wall)) >= 4.5
    deep = re.search(r'class="deep" style="[^"]*background(?:-color)?: ?(#[0-9a-f]{6})', html)[1]
    assert contrast("#ffffff", deep) >= 4.5


def test_the_name_and_the_contact_of_the_territory_are_in_the_letter(territory, make_letter):
    letter = render_letter(make_letter(territory))
    assert "Cité de l’emploi <b>Alpha</b>" in letter.html
    assert 'href="tel:+33536491200"' in letter.html and "alpha@example.org" in letter.html
    assert "05 36 49 12 00" in letter.text
    assert "http://alpha.localhost/lettres/la-lettre-du-lundi/" in letter.html


def test_a_letter_says_who_sends_it_and_where_answers_go(territory, make_letter, settings):
    settings.DEFAULT_FROM_EMAIL = "Le service <lettres@cites.example.org>"
    letter = render_letter(make_letter(territory))
    assert letter.sender.from_email == "Cité de l’emploi Alpha <lettres@cites.example.org>"
    assert letter.sender.reply_to == "alpha@example.org"
    territory.sender_name, territory.sender_email = "Nadia, d’Alpha", "nadia@example.org"
    territory.save()
    letter = render_letter(make_letter(territory, title="Une autre"))
    assert letter.sender.from_email == '"Nadia, d’Alpha" <lettres@cites.example.org>'
    assert letter.sender.reply_to == "nadia@example.org"


def test_a_closed_plugins_block_is_empty_in_the_letter(territory, make_letter):
    page = make_letter(territory, body=[("greeting", {"name": "Nour"})])
    assert "Bonjour Nour" in render_letter(page).html
    switch_off(territory=territory, plugin="sample_plugin")
    page = type(page).objects.get(pk=page.pk)
    letter = render_letter(page)
    assert "Bonjour Nour" not in letter.html and "Bonjour Nour" not in letter.text


def test_a_broken_block_is_named_in_a_sentence(territory, make_letter):
    page = make_letter(
        territory,
        body=[
            ("heading", {"text": "Bien", "level": "h2"}),
            ("text", {"text": "<p>jamais fermé <b"}),
        ],
    )
    with pytest.raises(BrokenLetter, match="bloc n° 2, « Texte »"):
        render_letter(page)


def test_a_block_that_fails_is_named_in_a_sentence(territory, make_letter, monkeypatch):
    from sample_plugin.blocks import GreetingBlock

    def fail(self, value, parent_context=None):
        raise RuntimeError("no luck")

    page = make_letter(territory, body=[("greeting", {"name": "Nour"})])
    monkeypatch.setattr(GreetingBlock, "get_context", fail)
    with pytest.raises(BrokenLetter, match="bloc n° 1, « Salut »"):
        render_letter(page)


def test_a_removed_picture_leaves_no_hole(territory, make_letter):
    page = make_letter(territory, body=[("image", {"image": None, "alt": "x", "caption": "y"})])
    assert "<img" not in render_letter(page).html


def test_a_letter_in_arabic_runs_from_right_to_left(territory, make_letter):
    page = make_letter(territory, sent_on=date(2026, 11, 23))
    arabic = page.copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.title, arabic.live = "رسالة", True
    arabic.save()
    html = render_letter(arabic).html
    assert '<html lang="ar" dir="rtl"' in html and "رسالة" in html


def test_the_weight_is_known_and_too_much_is_said(territory, make_letter):
    light = render_letter(make_letter(territory))
    assert 0 < light.kilobytes < 30 and not light.is_heavy
    long = "<p>" + "Une phrase qui ne finit pas. " * 4000 + "</p>"
    heavy = render_letter(make_letter(territory, "Longue", body=[("text", {"text": long})]))
    assert heavy.kilobytes > 100 and heavy.is_heavy


def test_an_empty_subject_is_the_title_and_never_two_lines(territory, make_letter):
    assert render_letter(make_letter(territory)).subject == "La lettre du lundi"
    page = make_letter(territory, "Autre", subject="Une\nligne  seulement")
    assert render_letter(page).subject == "Une ligne seulement"


def test_the_text_of_a_letter_says_what_its_letters_mean(territory, make_letter):
    body = [("text", {"text": "<p>Habitants des QPV, venez. Un QPV est ici.</p>"})]
    letter = render_letter(make_letter(territory, body=body))
    text = " ".join(letter.text.split())
    assert "des QPV (quartier prioritaire de la politique de la ville), venez. Un QPV est" in text
    assert "quartier prioritaire de la" not in letter.html


def test_a_letter_leads_each_reader_to_their_own_choices(territory, make_letter):
    page = make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})])
    nobodys = render_letter(page)
    assert token_of(NOBODY) not in nobodys.html and "désabonner" not in nobodys.text
    letter = render_letter(page, for_readers=True)
    key = uuid.uuid4()
    for words in (letter.html, letter.text):
        assert "vous l’avez demandée" in " ".join(words.split())
        assert "Choisir ce que je reçois" in words and "Me désabonner" in words
        own = for_reader(words, key)
        assert token_of(NOBODY) not in own
        for address in (choices_address, leave_address):
            assert address(territory, key, "fr") in own


def test_each_language_leads_to_choices_in_that_language(territory, make_letter):
    page = make_letter(territory)
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.live = True
    english.save()
    assert choices_address(territory, NOBODY, "en") in render_letter(english, for_readers=True).html


def test_what_stands_after_the_preheader_is_not_the_letter(territory, make_letter):
    page = make_letter(territory, preheader="Deux minutes", body=[("text", {"text": "<p>A</p>"})])
    letter = render_letter(page)
    hidden = re.search(r'<div style="display:none[^>]*>(.*?)</div>', letter.html)[1]
    assert hidden.startswith("Deux minutes\u034f\u200c") and len(hidden) > 200
    assert "\u034f" not in letter.text and "\u200c" not in letter.text


def test_every_table_of_the_layout_says_that_it_is_none(territory, make_letter):
    html = render_letter(make_letter(territory, body=body_of_everything(territory))).html
    tables = re.findall(r"<table[^>]*>", html)
    # Those of figures hold rows that have a head.
    told = [table for table in tables if 'role="presentation"' not in table]
    assert len(told) == html.count('<th scope="row"') // 1 == 1
    assert "<title>" in html and "<amp" not in html and "⚡4email" not in html
    assert re.search(r'<td[^>]*bgcolor="#[0-9a-f]{6}"[^>]*mso-padding-alt', html), "the button"


def test_nothing_of_a_letter_in_arabic_runs_from_left_to_right(territory, make_letter):
    page = make_letter(territory, body=body_of_everything(territory))
    arabic = page.copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.live = True
    arabic.save()
    html = render_letter(arabic, for_readers=True).html
    assert "direction:ltr" not in html and "direction:rtl" in html
    phones = re.findall(r'<a [^>]*href="tel:[^>]*>', html)
    assert len(phones) >= 3 and all('dir="ltr"' in phone for phone in phones)
    assert "padding-right:24px" in html.replace(" ", "")


def test_what_is_not_translated_says_its_language(territory, make_letter):
    page = make_content_page(territory, title="Les relais", slug="les-relais")
    letter = make_letter(territory, body=[("page_list", {"title": "", "pages": [page]})])
    assert "<bdi" not in render_letter(letter).html
    arabic = letter.copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.live = True
    arabic.save()
    assert '<bdi lang="fr">Les relais</bdi>' in render_letter(arabic).html
