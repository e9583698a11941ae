"""What somebody meant to type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from portal.search.models import KnownWord
from portal.search.wording.known import heard, known_words, learn, likeness, unlearn_all_but
from portal.search.wording.question import wording

pytestmark = pytest.mark.django_db
TEXT = "Permis de conduire, décrochage, théâtre, couture, broderie, auto-école, formation"


@pytest.fixture(autouse=True)
def learnt():
    learn([("fr", TEXT), ("en", "knitting needles")])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("condiure", "conduire"),
        ("decrochge", "décrochage"),
        ("teatre", "théâtre"),
        ("coutrue", "couture"),
        ("anploi", "emploi"),
        ("formasion", "formation"),
        ("formatoin", "formation"),
        ("la couturre", "la couture"),
        ("autoecole", "auto école"),
        ("besoin dargen", "besoin argent"),
        ("lemploi", "emploi"),
        ("lecole", "école"),
    ],
)
def test_a_mistyped_word_is_understood(typed, meant):
    assert wording(typed).meant == meant


@pytest.mark.parametrize(
    "typed", ["couture", "coutures", "COUTURE", "cou", "permis", "boulot", "météo", "dors", ""]
)
def test_a_known_word_is_taken_as_it_is(typed):
    assert wording(typed).meant == ""


def test_what_is_left_of_an_elision_is_a_word_that_is_written_so():
    """« lelect » is not « l’élect », though « élection » has that stem."""
    learn([("fr", "élection")])
    assert wording("select").meant != "elect"


@pytest.mark.parametrize("typed", ["kwyjibo", "b1", "12345", "cou", "qsdfgh", "é" * 50])
def test_what_is_far_from_every_word_stands_for_none(typed):
    assert wording(typed).meant == ""


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_nothing_is_ever_understood_that_is_more_than_two_edits_away(typed):
    for word in known_words().meant_by(typed):
        assert OSA.distance(typed, word) <= 2


def test_a_letter_left_out_or_swapped_is_likelier_than_another_and_that_than_one_too_many():
    assert [likeness("lir", other) for other in ("lire", "ril", "loi", "li")] == [0, 0, 1, 2]


def test_each_language_has_its_words():
    assert wording("knittng", "en").meant == "knitting"
    assert wording("knittng", "fr").meant == ""


def test_what_sounds_alike_is_written_alike():
    for alike in ("emploi anploi", "chomage chaumage", "photo foto", "rendez rende", "quai kai"):
        assert len({heard(word) for word in alike.split()}) == 1, alike


def test_words_that_no_text_holds_any_more_are_forgotten():
    assert unlearn_all_but([("fr", "Broderie"), ("en", "knitting")]) >= 1
    assert set(KnownWord.objects.values_list("word", flat=True)) == {"broderie", "knitting"}


def test_learning_twice_keeps_each_word_once():
    before = KnownWord.objects.count()
    learn([("fr", TEXT)])
    assert KnownWord.objects.count() == before
