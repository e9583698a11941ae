import datetime
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from territories.appearance.icons import FLIPPED, ICONS
from territories.templatetags.look import phone_link, typo

ROOT = Path(__file__).resolve().parents[2]
NBSP, NARROW = "\u00a0", "\u202f"


def render(source: str, **context) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que cherchez-vous ?", "Que cherchez-vous_?"),
        ("« mot »", "«_mot_»"),
        ("Attention : venez !", "Attention_: venez_!"),
        ("de 9 h 30 à 17 h", "de 9_h_30 à 17_h"),
        ("6 € ou 62 %", "6_€ ou 62_%"),
        ("1 840 habitants", "1~840 habitants"),
        ("1 250 000 habitants", "1~250~000 habitants"),
        ("à 12 km, 10 min à pied", "à 12_km, 10_min à pied"),
        ("au 05 36 49 12 00", "au 05 36 49 12 00"),
        ("en 2025 300 personnes", "en 2025 300 personnes"),
        ("Open at 9: come in!", "Open at 9: come in!"),
        ("3 habitants", "3 habitants"),
        ("label n° GM-2026-041", "label n°_GM-2026-041"),
    ],
)
def test_french_spaces_do_not_break(typed, shown):
    assert typo(typed) == shown.replace("_", NBSP).replace("~", NARROW)


@given(st.text())
def test_typography_changes_spaces_and_nothing_else(text):
    changed = typo(text)
    assert changed.replace(NBSP, " ").replace(NARROW, " ") == text.replace(NBSP, " ").replace(
        NARROW, " "
    )
    assert typo(changed) == changed


@given(st.text(alphabet="<>&\"' ab:?!«»1€"))
def test_text_typed_by_anybody_is_escaped_after_typography(text):
    shown = render("{{ text|typo }}", text=text)
    assert "<" not in shown
    assert ">" not in shown


def test_a_script_typed_by_somebody_stays_text():
    assert "<script>" not in render("{{ text|typo }}", text="<script>alert( 1 )</script> !")


def test_markup_known_to_be_safe_is_kept_and_its_attributes_are_left_alone():
    html = mark_safe('<a title="a > b : c" href="/?q=a !">Oui : non</a> <!-- a : b --> <b>!</b>')
    shown = typo(html)
    assert isinstance(shown, SafeString)
    assert 'title="a > b : c" href="/?q=a !"' in shown
    assert f"Oui{NBSP}: non" in shown
    assert "<!-- a : b -->" in shown


@pytest.mark.parametrize("tag", ["script", "style", "textarea", "pre", "code"])
def test_what_is_not_prose_is_left_alone(tag):
    html = f"<{tag} class='x'>a : b ! <i>1 000</i></{tag}>"
    assert typo(mark_safe(html)) == html


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("05 36 49 12 00", "tel:+33536491200"),
        ("05.36.49.12.00", "tel:+33536491200"),
        ("+33 (0)5 36 49 12 00", "tel:+33536491200"),
        ("0033 5 36 49 12 00", "tel:+33536491200"),
        ("+32 2 555 12 12", "tel:+3225551212"),
        ("0262 12 34 56", "tel:+262262123456"),
        ("0590 12 34 56", "tel:+590590123456"),
        ("0696 12 34 56", "tel:+596696123456"),
        ("3949", "tel:3949"),
        ("15", "tel:15"),
        ("116 006", "tel:116006"),
        ("٠٥٣٦٤٩١٢٠٠", ""),
        ("appelez Nadia", ""),
        ("", ""),
        ("12 34 56", ""),
    ],
)
def test_a_number_as_people_write_it_becomes_a_link_to_ring(typed, link):
    assert phone_link(typed) == link


def test_a_number_can_be_sent_a_message():
    assert render('{{ n|phone_link:"sms" }}', n="06 39 98 12 34") == "sms:+33639981234"


@given(st.text())
def test_a_link_to_ring_holds_digits_only(text):
    assert re.fullmatch(r"|tel:\+?\d+", phone_link(text), re.ASCII)


def test_a_pictogram_is_hidden_from_screen_readers_and_comes_from_the_sprite():
    svg = render('{% icon "pin" "s" %}')
    assert 'aria-hidden="true"' in svg
    assert 'class="i s"' in svg
    assert 'portal/icons.svg#i-pin"' in svg


def test_pictograms_that_point_along_the_text_turn_round_and_the_others_do_not():
    assert 'class="i flip"' in render('{% icon "arrow" %}')
    assert "flip" not in render('{% icon "clock" %}')
    assert set(ICONS) >= FLIPPED


def test_a_pictogram_nobody_drew_draws_nothing():
    assert render("{% icon name %}{% icon missing %}", name='"><script>') == ""


def test_the_sprite_holds_every_pictogram_and_no_other():
    sprite = Path(finders.find("portal/icons.svg")).read_text()
    assert set(re.findall(r'id="i-([a-z-]+)"', sprite)) == set(ICONS)


def test_every_pictogram_named_in_a_template_exists():
    named = {
        (path.name, name)
        for path in ROOT.glob("*/**/templates/**/*.html")
        if ".venv" not in path.parts
        for name in re.findall(r'{% icon "([^"]*)"', path.read_text())
    }
    assert named
    assert {(file, name) for file, name in named if name not in ICONS} == set()


def test_the_facade_takes_the_territory_of_the_page_and_stays_the_same():
    territory = {"slug": "caen", "facade_signature": "wave,sail, stone"}
    svg = render("{% facade 4 2 1 %}", territory=territory)
    assert svg == render("{% facade 4 2 1 %}", territory=territory)
    assert svg.count("<use ") == 8
    assert 'viewBox="0 0 160 80"' in svg
    assert "data-territory" not in svg
    assert svg != render("{% facade 4 2 1 %}")


def test_the_facade_of_another_territory_wears_its_colours():
    svg = render("{% facade 4 2 1 territory=other %}", other={"slug": "lens"})
    assert svg.startswith('<svg class="facade cover"')
    assert 'data-territory="lens">' in svg


def test_the_national_facade_and_mark_need_no_context():
    assert render("{% facade 2 2 %}{% mark %}").count("<use ") == 8


def test_a_date_window_says_the_day_in_the_language_of_the_page():
    day = datetime.date(2026, 12, 3)
    with translation.override("fr"):
        assert render("{% date_window day lit=True %}", day=day) == (
            '<time class="date lit" datetime="2026-12-03">'
            "<span>jeu.</span> <b>3</b> <span>déc.</span></time>"
        )
        assert "<span>jeudi</span> <b>3</b> <span>décembre</span>" in render(
            "{% date_window day xl=True off=True %}", day=day
        )
    with translation.override("en"):
        assert strip_tags(render("{% date_window day %}", day=day)) == "Thu 3 Dec."


def test_a_date_window_shows_the_day_of_the_place_and_not_of_greenwich():
    late = datetime.datetime(2026, 12, 2, 23, 30, tzinfo=datetime.UTC)
    assert 'datetime="2026-12-03"' in render("{% date_window when %}", when=late)


def test_a_date_that_is_missing_shows_no_window():
    assert render("{% date_window when %}") == ""


def test_pages_keep_the_filters_of_the_address():
    page = Paginator(range(500), 10).page(7)
    request = RequestFactory().get("/agenda/?format=atelier&q=a%26b&page=7")
    html = render_to_string("components/pagination.html", {"page_obj": page, "request": request})
    assert 'href="?format=atelier&amp;q=a%26b&amp;page=8"' in html
    assert 'href="?format=atelier&amp;q=a%26b"' in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_has_no_pagination():
    html = render_to_string("components/pagination.html", {"page_obj": Paginator([1], 10).page(1)})
    assert "<nav" not in html


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "base.html"])
def test_pages_of_trouble_need_no_context(name):
    html = render_to_string(name)
    assert '<main id="contenu"' in html
    assert "csrf" not in html
    assert not re.search(r'\sstyle=|<style|\son[a-z]+="|<script>', html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
