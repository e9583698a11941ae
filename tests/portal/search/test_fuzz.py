"""A question means its words and nothing else, whatever stands between them, on every engine.

Precisely: what is typed finds the same documents, in the same order and read the same way, as its
words alone with one space between them. Operators, quotes, control characters, marks of direction
and pictures are no words; those of SQL and of the engines' own languages are words like others.
"""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.search.queries import Asked
from portal.search.wording.folding import LONGEST_QUERY, clean, words
from portal.search.wording.question import wording
from tests.portal.search.documents import make_documents

pytestmark = pytest.mark.django_db

WORDS = ("permis", "emploi", "garde", "enfants", "voiture", "école")
SIGNS = (
    "\"'’«»“”*()[]{}^~-+:;,.!?/\\|&%$#@=<>_`…–"
    "\0\t\n\r\x07\x1b\x7f\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\ud800😀🚗"
)
FRAGMENTS = (
    *("NEAR(permis, 2)", "title:permis", "a OR b", "-permis", "permis*", "permis~2", "permis:*"),
    *("permis <-> garde", "'; DROP TABLE portal_search_words; --", "1=1", "' UNION SELECT 1 --"),
    *('{"query": {"match_all": {}}}', '"}}]}', '{"script": {"source": "1"}}', "_id:1", "/permis/"),
    *("السكن", "\u202eسكن", "ﷺ", "ﬁche", "e\u0301cole", "%_%", "\\", "__all__"),
)

between = st.text(SIGNS, max_size=5).map(lambda signs: f" {signs} ")
operator = st.sampled_from([" AND ", " OR ", '" "', ") OR (", "'/**/", "*,", ":(", "’ ‘", "\0"])
decorated = st.lists(st.tuples(st.sampled_from(WORDS), between | operator), min_size=1, max_size=4)
anything = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*FRAGMENTS, *WORDS, *SIGNS]), max_size=5).map(" ".join),
    st.binary(max_size=60).map(lambda read: read.decode("utf-8", "replace")),
)
often = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def written(found_by):
    rows = [
        {"title": "Passer le permis", "body": "Une voiture pour aller à l’emploi"},
        {"title": "Garde d’enfants", "summary": "Près de l’école"},
        {"title": "L’emploi des jeunes", "body": "permis, garde"},
        {"title": "École de conduite", "words": "permis voiture"},
    ]
    return make_documents(None, rows, put_in=found_by)


def answer(found_by, text: str) -> tuple:
    found = found_by.search(Asked(text), 0, 20)
    return list(found.ids), found.total, found.reading


@settings(often, max_examples=25)
@given(parts=decorated)
def test_signs_and_operators_change_nothing(found_by, written, parts):
    plain = " ".join(word for word, _sign in parts)
    assert answer(found_by, "".join(word + sign for word, sign in parts)) == answer(found_by, plain)


@settings(often, max_examples=40)
@given(text=anything)
@example(text="é" * 10_000)
@example(text="mot " * 2_500)
@example(text="permis " + "\0" * 10_000)
@example(text="\ud800")
def test_what_is_typed_means_its_words(found_by, written, text):
    plain = " ".join(words(clean(text, LONGEST_QUERY)))
    assert answer(found_by, text) == answer(found_by, plain)


@settings(often, max_examples=200)
@given(parts=decorated)
def test_signs_and_operators_say_nothing(parts):
    plain = wording(" ".join(word for word, _sign in parts))
    read = wording("".join(word + sign for word, sign in parts))
    assert (read.parts, read.beginning) == (plain.parts, plain.beginning)


@settings(often, max_examples=15)
@given(text=anything)
@example(text="é" * 10_000)
@example(text="permis\0")
@example(text="\u202e'; DROP TABLE portal_search_words; --😀")
def test_every_address_answers(text, client, settings, alpha):
    settings.SEARCH_API_PER_MINUTE = settings.SEARCH_TYPING_PER_MINUTE = 0
    host, typed = {"host": "alpha.localhost"}, text.encode("utf-8", "replace").decode()
    for address in ("/recherche/", "/recherche/suggestions/"):
        assert client.get(address, {"q": typed}, headers=host).status_code == 200
    for address in ("/api/v1/search/", "/api/v1/search/suggestions/"):
        response = client.get(address, {"q": typed}, headers=host)
        assert response.status_code == 200 or response.json()["error"].endswith(".")
        assert response.status_code in (200, 400)
