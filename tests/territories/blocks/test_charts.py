"""Charts: what is drawn, what is written, and what is refused."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from territories.blocks.drawing import WIDTH, Row, draw_bars, draw_columns, draw_windows
from territories.blocks.figures import ChartBlock, KeyFiguresBlock, written
from territories.blocks.mail import render_mail

UNKNOWN = "inconnu (ce n’est pas zéro)"


def chart(rows, shape="bars", **said):
    block = ChartBlock()
    return block, block.to_python(
        {
            "title": "Deux fois plus de femmes",
            "subject": "Personnes venues",
            "shape": shape,
            "rows": [{"label": label, "number": number} for label, number in rows],
            "source": "Bilans de 2026",
            "reports": 14,
            **said,
        }
    )


def shown(rows, shape="bars", **said):
    block, value = chart(rows, shape, **said)
    return re.sub(r"[\u202f\xa0]", " ", block.render(value, {}))


def test_the_finding_is_the_title_and_each_value_is_written_three_times():
    html = shown([("Femmes", "1012"), ("Hommes", "506.5"), ("Sans réponse", None)])
    assert "<figcaption>Deux fois plus de femmes<small>Personnes venues" in html
    assert "Bilans de 2026 (14 bilans)" in html
    title, values = re.search(r'aria-labelledby="(\S+) (\S+)"', html).groups()
    assert f'<title id="{title}">Personnes venues</title>' in html
    told = f"Femmes : 1 012, Hommes : 506,5, Sans réponse : {UNKNOWN}"
    assert f'<desc id="{values}">{told}</desc>' in html
    assert re.search(r'<text [^>]*class="v"[^>]*>1 012</text>', html)
    assert '<th scope="row">Femmes</th><td class="num">1 012</td>' in html
    assert f'<th scope="row">Sans réponse</th><td class="num">{UNKNOWN}</td>' in html
    assert html.count("<rect") == 2  # nothing is drawn of what nobody knows
    assert " style=" not in html


def test_zero_is_a_number_and_unknown_is_none():
    assert (written(Decimal(0)), written(None)) == ("0", "")
    html = shown([("2025", "0"), ("2026", None), ("2027", "5")], "columns")
    assert html.count("<path") == 1
    assert re.search(r">0</text>", html) and re.search(r">\?</text>", html)
    assert f"? : {UNKNOWN}" in html


def test_a_share_lights_as_many_windows():
    html = shown([("Habitent un quartier prioritaire", "62")], "windows")
    lit, unlit = re.findall(r'<path class="(on|no)" d="([^"]+)"', html)
    assert (lit[0], lit[1].count("M")) == ("on", 62) and unlit[1].count("M") == 38
    assert "Une fenêtre allumée = 1 %." in html and "62 %" in html
    several = shown([("Femmes", "58"), ("Hommes", "42")], "windows")
    assert [path.count("M") for path in re.findall(r'class="on" d="([^"]+)"', several)] == [6, 4]


def test_in_arabic_all_is_drawn_from_the_right():
    block, value = chart([("نساء", "10"), ("رجال", "5")])
    with override("ar"):
        html = block.render(value, {})
    for rect in re.findall(r"<rect[^>]*>", html):
        at = {name: float(said) for name, said in re.findall(r' (x|width)="([\d.]+)"', rect)}
        assert at["x"] + at["width"] == WIDTH
    assert html.count("<rect") == 2


def test_what_is_typed_is_escaped():
    html = shown([("<script>", "1")], title="<b>", subject='"><i>', source="<u>")
    assert not re.search(r"<(script|b|i|u)>", html)


@pytest.mark.parametrize(
    ("rows", "shape", "sentence"),
    [
        ([("Femmes", None)], "bars", "au moins un nombre"),
        ([("Femmes", "101")], "windows", "ne dépasse pas 100"),
        ([(f"Groupe {n}", "10") for n in range(5)], "windows", "Quatre parts au plus"),
        ([("2026", "3")], "columns", "deux années au moins"),
        ([(f"Année {n}", "123456") for n in range(9)], "columns", "se toucheraient"),
    ],
)
def test_what_would_mislead_is_refused_with_a_sentence(rows, shape, sentence):
    block, value = chart(rows, shape)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert sentence in str(refused.value.block_errors["rows"])


def test_numbers_are_numbers():
    block, _value = chart([("Femmes", "1")])
    with pytest.raises(StructBlockValidationError):
        block.clean(chart([("Femmes", "-3")])[1])


@settings(max_examples=60)
@given(
    rows=st.lists(
        st.builds(
            Row,
            label=st.text(max_size=40),
            number=st.one_of(st.none(), st.decimals(0, 100, places=2)),
            words=st.text(max_size=12),
        ),
        min_size=1,
        max_size=12,
    ),
    draw=st.sampled_from([draw_bars, draw_columns, draw_windows]),
    is_rtl=st.booleans(),
)
def test_nothing_is_drawn_outside_of_the_drawing(rows, draw, is_rtl):
    drawing = draw(rows, is_rtl=is_rtl)
    svg = drawing.as_svg()
    assert "nan" not in svg and "inf" not in svg
    for shape in drawing.shapes:
        x, width = shape.attributes.get("x", 0), shape.attributes.get("width", 0)
        assert x >= 0 and x + width <= WIDTH
        assert 0 <= shape.attributes.get("y", 0) <= drawing.height


def test_a_letter_has_the_table():
    block, value = chart([("Femmes", "1012"), ("Hommes", None)])
    mjml = re.sub(r"[\u202f\xa0]", " ", render_mail(block, value, {}))
    assert "<mj-table" in mjml and "<svg" not in mjml
    assert "Femmes" in mjml and "1 012" in mjml and UNKNOWN in mjml and "(14 bilans)" in mjml


def test_a_key_figure_that_nobody_knows_says_so():
    block = KeyFiguresBlock()
    value = block.to_python(
        {
            "figures": [
                {"number": "", "label": "emplois"},
                {"number": "62 %", "label": "du quartier"},
            ],
            "note": "Bilans de 2026",
            "reports": 1,
        }
    )
    html = re.sub(r"[\u202f\xa0]", " ", block.render(value, {}))
    assert "Inconnu (ce n’est pas zéro)" in html and "62 %" in html
    assert "Bilans de 2026 (1 bilan)" in html
    assert "Inconnu (ce n’est pas zéro)" in render_mail(block, value, {})
