"""What makes `make relevance` fail."""

from tests.relevance.judged import Judged
from tests.relevance.measure import Answered, faults, figures

PERMIS = Judged("permis", "literal", "alpha", {"alpha/guide/permis": 3})
CODE = Judged("code", "literal", "alpha", {"alpha/guide/code": 2})
NOTHING = Judged("piscine", "nothing", "alpha", {})

RIGHT = Answered(PERMIS, ["alpha/guide/permis"])


def test_the_best_answers_break_nothing():
    assert list(faults([RIGHT, Answered(NOTHING, [])])) == []


def test_a_ranking_under_the_bound_is_told():
    # 1 / log2(3) = 0.631
    low = Answered(PERMIS, ["alpha/noise", "alpha/guide/permis"])
    assert list(faults([low])) == ["nDCG@10 is 0.631, 0.85 is asked"]


def test_a_query_with_answers_that_finds_nothing_is_told_though_the_mean_is_good():
    told = list(faults([*[RIGHT] * 9, Answered(CODE, [])]))
    assert told == ["« code » (literal, alpha, fr) finds nothing"]


def test_what_has_no_answer_counts_in_the_zero_results_alone():
    found = [RIGHT, Answered(NOTHING, ["alpha/noise"]), Answered(NOTHING, [])]
    assert list(faults(found)) == []
    assert figures(found).split() == ["1.000", "1.000", "1.000", "33%"]


def test_no_query_at_all_is_no_success():
    assert list(faults([]))
