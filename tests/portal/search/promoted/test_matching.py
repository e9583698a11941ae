import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.promoted.matching import holds, said_in, stems_of
from portal.search.wording.known import known_words
from portal.search.wording.question import wording

pytestmark = pytest.mark.django_db


def is_held(phrase: str, question: str, language: str = "fr") -> bool:
    return holds(said_in(wording(question, language)), stems_of(phrase))


@pytest.mark.parametrize(
    ("phrase", "question"),
    [
        ("permis", "comment payer mon PERMIS ?"),
        ("garde d’enfants", "garde d'enfant a lormont"),
        ("garde d’enfants", "qui garde mon enfant"),
        ("découvrir un métier", "decouvrir des metiers"),
        ("permis B", "passer le permis b"),
        ("permis", "passer le permis b"),
        ("permis de séjour", "renouveler un permis de séjour"),
        ("comment faire une demande de logement", "logement"),
        ("عمل", "عمل"),
    ],
)
def test_all_the_words_of_the_phrase_in_whatever_form(phrase, question):
    assert is_held(phrase, question)


@pytest.mark.parametrize(
    ("phrase", "question"),
    [
        ("garde d’enfants", "garde"),
        ("garde d’enfants", "enfants"),
        ("permis", "permis de séjour"),
        ("permis", "renouveler mon permis de construire"),
        ("permis", "permission"),
        ("emploi", "cité de l’emploi"),
        ("permis", ""),
        ("de la", "de la"),
    ],
)
def test_not_a_part_of_it_nor_a_word_of_a_protected_name(phrase, question):
    assert not is_held(phrase, question)


def test_a_mistyped_word_is_the_one_that_was_meant():
    known_words().add("permis", "permis")
    assert is_held("permis", "prmis")
    assert not is_held("promis", "prmis")


def test_another_word_for_the_same_is_not_the_words_that_were_chosen():
    assert not is_held("emploi", "boulot")


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_it_is_the_same_on_a_page_in_any_language(language):
    assert is_held("driving licences", "a driving licence please", language)
    assert is_held("permis", "mes permis", language)


@given(st.text(max_size=60), st.text(max_size=100))
def test_whatever_is_typed_is_compared_and_holds_itself(phrase, around):
    stems = stems_of(phrase)
    assert not holds(set(), stems)
    assert holds({stems}, stems) is bool(stems)
    question = f"{around} {phrase}"
    alone = frozenset(frozenset({one}) for one in stems_of(question))
    assert holds(alone, stems) is bool(stems)
