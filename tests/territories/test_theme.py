import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from territories.appearance.oklch import contrast, is_colour
from territories.appearance.theme import (
    NATIONAL,
    PAIRS,
    PICTURE_TOKENS,
    Theme,
    adaptation_sentences,
    adapted,
    contrast_failures,
    derive,
    hue_name,
    second_adapted,
    stylesheet,
)

colours = st.integers(min_value=0, max_value=0xFFFFFF).map("#{:06x}".format)


@given(colours, colours)
@example("#000000", "#000000")
@example("#ffffff", "#ffffff")
@example("#ffff00", "#0000ff")
@example("#00ff00", "#ff00ff")
def test_any_two_colours_can_be_read_in_light_and_in_dark(first, second):
    assert contrast_failures(derive(first, second)) == []


@given(colours, colours)
def test_a_theme_is_made_of_colours_only_and_both_modes_name_the_same_ones(first, second):
    theme = derive(first, second)
    assert theme.light.keys() == theme.dark.keys()
    assert all(is_colour(value) for value in [*theme.light.values(), *theme.dark.values()])


@given(colours, colours)
def test_the_same_colours_always_give_the_same_theme(first, second):
    assert derive(first, second) == derive(first.upper(), second)


def test_the_national_theme_can_be_read():
    assert contrast_failures(derive(*NATIONAL)) == []


def test_an_unreadable_theme_is_told_pair_by_pair():
    readable = derive(*NATIONAL)
    grey = Theme(light=dict.fromkeys(readable.light, "#808080"), dark=readable.dark)
    failures = contrast_failures(grey)
    assert len(failures) >= len([pair for pair in PAIRS if pair[0] in readable.light])
    assert "light: ink on page is 1.00, below 7" in failures


def test_contrast_of_black_and_white_is_twenty_one():
    assert (
        round(contrast("#000000", "#ffffff"), 2) == round(contrast("#ffffff", "#000000"), 2) == 21
    )


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#12345\n", "url(x)"])
def test_what_is_no_colour_is_refused_before_it_reaches_a_style_sheet(text):
    assert not is_colour(text)
    with pytest.raises(ValueError, match="Not a colour"):
        stylesheet("lens", text, "#ffffff")


@pytest.mark.parametrize("slug", ["", "a b", 'x"]{}', "a}b", "Éa", "-a", "a\n"])
def test_what_is_no_slug_is_refused_before_it_reaches_a_style_sheet(slug):
    with pytest.raises(ValueError, match="Not a slug"):
        stylesheet(slug, "#5a2a86", "#f07a5c")


def test_the_style_sheet_names_the_territory_in_light_and_in_dark():
    css = stylesheet("grand-mirail", "#5a2a86", "#f07a5c")
    assert css.count('[data-territory="grand-mirail"]{') == 2
    assert "prefers-color-scheme:dark" in css
    assert css.count("{") == css.count("}")
    assert css.startswith("@layer theme{")


def test_the_style_sheet_of_another_territory_keeps_to_what_its_pictures_need():
    css = stylesheet("caen", "#00607a", "#7fd8be", only=PICTURE_TOKENS)
    assert set(re.findall(r"--([a-z0-9-]+):", css)) == set(PICTURE_TOKENS)


def test_a_dark_colour_is_kept_and_a_light_one_is_darkened_aloud():
    assert not adapted("#27233f")
    assert adapted("#c8a2ff")
    assert not second_adapted("#f5c84b")
    assert adaptation_sentences("#27233f", "#f5c84b") == []
    assert adaptation_sentences("#8a3ffc", "#f5c84b") == [
        "Nous avons foncé votre violet pour que tout le monde puisse lire."
    ]
    assert adaptation_sentences("#27233f", "#00607a") == [
        "Nous avons éclairci votre bleu pour que tout le monde puisse lire."
    ]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ff0000", "rouge"),
        ("#ff8800", "orange"),
        ("#795548", "marron"),
        ("#ffee00", "jaune"),
        ("#008000", "vert"),
        ("#00b5ad", "turquoise"),
        ("#0000ff", "bleu"),
        ("#5a2a86", "violet"),
        ("#ff69b4", "rose"),
        ("#808080", "gris"),
        ("#000000", "noir"),
        ("#ffffff", "blanc"),
    ],
)
def test_a_colour_is_called_by_its_everyday_name(colour, name):
    assert hue_name(colour) == name


@given(colours)
def test_every_colour_has_a_name(colour):
    assert hue_name(colour)
