"""The relevance set holds what it says: every kind, and answers that are in the demo's content."""

from collections import Counter
from functools import cache

import pytest
from demo_data import everything

from portal.demo.reading import read, territories
from portal.search.wording.folding import fold, words
from tests.relevance.judged import KINDS, PORTAL, queries
from tests.relevance.nonsense import NONSENSE, is_near

QUERIES = queries()
# Where the demo puts what its files hold (portal.demo.territory).
PLACES = {
    "pages": "",
    "services": "guide/",
    "actors": "carte/",
    "routes": "carte/",
    "events": "agenda/",
    "news": "actualites/",
    "stories": "parcours/",
}
PLACES_OF_COOPERATION = {
    "action": "actions/",
    "group": "groupes-de-travail/",
    "call": "appels-a-projets/",
    "training": "formations-professionnels/",
}


@cache
def records() -> set[str]:
    found = set()
    for slug in territories():
        content = read(slug)
        facts = [(place, getattr(content, name)) for name, place in PLACES.items()]
        facts += [
            (place, content.cooperation.get(name, []))
            for name, place in PLACES_OF_COOPERATION.items()
        ]
        facts.append(("fiches-actions/", content.practice.get("sheet", [])))
        found |= {f"{slug}/{place}{fact['slug']}" for place, some in facts for fact in some}
    return found


@cache
def written(where: str) -> frozenset[str]:
    """The folded words of what a territory's files say, in any language."""
    return frozenset(
        word
        for slug in (territories() if where == PORTAL else [where])
        for _path, text in everything(slug)
        for word in words(text)
    )


def of_kind(kind: str):
    return [query for query in QUERIES if query.kind == kind]


def test_there_are_queries_of_every_kind_place_and_language():
    assert len(QUERIES) >= 120
    numbers = Counter(query.kind for query in QUERIES)
    assert numbers.keys() == set(KINDS)
    assert min(numbers.values()) >= 10
    assert {query.where for query in QUERIES} == {PORTAL, *territories()}
    assert {query.language for query in QUERIES} == {"fr", "en", "ar"}


def test_nobody_asks_the_same_twice():
    asked = Counter((query.text, query.where, query.language) for query in QUERIES)
    assert not [one for one, times in asked.items() if times > 1]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_answers_are_in_the_content_of_the_demo(query):
    assert query.grades.keys() <= records()
    assert set(query.grades.values()) <= {1, 2, 3}
    assert bool(query.grades) == (query.kind != "nothing")
    # Somebody is glad to find something.
    assert not query.grades or max(query.grades.values()) >= 2


@pytest.mark.parametrize("query", of_kind("resident"), ids=str)
def test_residents_use_words_that_the_territory_does_not(query):
    assert set(words(query.text)) - written(query.where)


@pytest.mark.parametrize("query", of_kind("mistyped"), ids=str)
def test_what_is_mistyped_is_one_or_two_edits_away_from_a_word(query):
    known = written(query.where)
    wrong = [word for word in words(query.text) if word not in known]
    assert wrong
    for word in wrong:
        assert any(is_near(word, other) for other in known), word


@pytest.mark.parametrize("query", of_kind("accentless"), ids=str)
def test_what_has_no_accents_should_have_some(query):
    assert query.text.isascii()
    assert query.text.lower() == fold(query.text)


class TestNonsense:
    def test_there_are_twenty_strings_of_it(self):
        assert len(set(NONSENSE)) == 20

    @pytest.mark.parametrize(
        ("word", "other", "is_so"),
        [
            ("permis", "permis", True),
            ("permi", "permis", True),
            ("pemris", "permis", True),  # two neighbours swapped: one edit
            ("condiure", "conduire", True),
            ("anploi", "emploi", True),
            ("anplois", "emploi", False),
            ("xxxpermis", "permis", False),
            ("abc", "xyz", False),
        ],
    )
    def test_two_edits_are_near_and_three_are_not(self, word, other, is_so):
        assert is_near(word, other) is is_so
        assert is_near(other, word) is is_so

    def test_it_is_far_from_every_word_of_the_content(self):
        known = written(PORTAL)
        near = {
            text: [word for part in text.split() for word in known if is_near(part, word)]
            for text in NONSENSE
        }
        assert not {text: found for text, found in near.items() if found}
