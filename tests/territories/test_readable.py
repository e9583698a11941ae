import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.demo import reading
from territories.appearance.oklch import contrast, distance, read, write
from territories.appearance.readable import is_readable, nearest_readable, refusal
from territories.appearance.theme import NATIONAL, NIGHT, WHITE

colours = st.integers(min_value=0, max_value=0xFFFFFF).map("#{:06x}".format)
texts = st.sampled_from([WHITE, NIGHT])
# A channel has 256 steps: two neighbours are as far apart as this.
ROUNDING = 0.004


@given(colours, texts)
@example("#ffffff", WHITE)
@example("#ffff00", WHITE)
@example("#000000", NIGHT)
@example("#0000ff", NIGHT)
def test_the_colour_suggested_can_be_read(colour, text):
    assert contrast(nearest_readable(colour, text), text) >= 4.5


@given(colours, texts)
def test_a_colour_that_can_be_read_is_suggested_itself(colour, text):
    if is_readable(colour, text):
        assert nearest_readable(colour.upper(), text) == colour


@settings(max_examples=25)
@given(colours, texts)
@example("#ffff00", WHITE)
@example("#00ff00", WHITE)
@example("#01140b", NIGHT)
def test_no_colour_of_the_same_hue_that_can_be_read_is_nearer(colour, text):
    asked = read(colour)
    found = distance(colour, nearest_readable(colour, text))
    for step in range(101):
        for share in range(21):
            lightness, chroma = step / 100, asked.chroma * share / 20
            if math.hypot(lightness - asked.lightness, chroma - asked.chroma) < found - ROUNDING:
                nearer = write(lightness, chroma, asked.hue)
                assert distance(colour, nearer) >= found - ROUNDING or not is_readable(nearer, text)


@given(colours, texts)
def test_the_colour_suggested_has_the_same_hue(colour, text):
    asked, found = read(colour), read(nearest_readable(colour, text))
    if found.chroma > 0.05:
        turned = abs(math.remainder(found.hue - asked.hue, math.tau))
        assert math.degrees(turned) < 6


def test_yellow_becomes_a_dark_yellow_under_white_text():
    assert refusal("#ffcc00", WHITE) == (
        "Sur cette couleur, le blanc se lit mal (1,5 pour 4,5 au moins). "
        f"La plus proche qui convient : {nearest_readable('#ffcc00', WHITE)}."
    )
    assert "texte sombre se lit mal (1,7 pour" in refusal("#5a2a86", NIGHT)


def test_a_ratio_just_too_low_is_not_said_to_be_enough():
    assert 4.45 < contrast("#777777", WHITE) < 4.5
    assert "(4,4 pour 4,5 au moins)" in refusal("#777777", WHITE)


def test_the_colours_of_the_demo_and_the_national_ones_can_be_read():
    pairs = [reading.read(slug).territory["colours"] for slug in reading.territories()]
    assert pairs
    for first, second in [*pairs, NATIONAL]:
        assert is_readable(first, WHITE), first
        assert is_readable(second, NIGHT), second


@pytest.mark.parametrize("text", ["red", "", "#12345"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match="Not a colour"):
        nearest_readable(text, WHITE)
