"""How needs are told apart, and numbers said in every language."""

import pytest
from django.utils import translation

from resources_directory.maps.counting import SENTENCES, forms
from resources_directory.maps.legend import legend, shape_and_tone


@pytest.mark.django_db
def test_no_two_needs_share_a_shape_and_a_colour():
    marks = legend()
    assert len({(mark.shape, mark.tone) for mark in marks}) == len(marks) == 16
    assert all(mark.icon and mark.words for mark in marks)


def test_neighbours_in_the_legend_differ_in_both():
    for rank in range(15):
        (shape, tone), (next_shape, next_tone) = shape_and_tone(rank), shape_and_tone(rank + 1)
        assert shape != next_shape
        assert tone != next_tone


def test_a_language_gives_a_sentence_for_each_of_its_plural_forms():
    with translation.override("fr"):
        said = forms(SENTENCES["here"])
    assert said["one"] == "%(count)s lieu sur la carte"
    assert said["other"] == "%(count)s lieux sur la carte"
    for language in ("fr", "en", "ar"):
        with translation.override(language):
            for sentence in SENTENCES.values():
                assert all("%(count)s" in words for words in forms(sentence).values())
