"""Figures computed by hand: log2(2) = 1, log2(3) = 1.585, log2(4) = 2."""

import math

import pytest

from tests.relevance.metrics import gain, mean, ndcg, recall, reciprocal_rank

GRADES = {"the one": 3, "good": 2, "of some use": 1}


def test_the_gain_of_a_grade_is_halved_at_the_third_rank():
    # 7 / 1 + 3 / 1.585 + 1 / 2
    assert gain([3, 2, 1]) == pytest.approx(9.3928, abs=1e-4)
    assert gain([0, 0, 1]) == 0.5


def test_the_best_order_scores_one():
    assert ndcg(["the one", "good", "of some use"], GRADES) == 1


def test_a_worse_order_scores_less():
    # (1 + 3 / 1.585 + 7 / 2) / 9.3928
    assert ndcg(["of some use", "good", "the one"], GRADES) == pytest.approx(0.6806, abs=1e-4)


def test_what_nobody_asked_for_pushes_answers_down():
    # (0 + 7 / 1.585) / 9.3928
    assert ndcg(["noise", "the one"], GRADES) == pytest.approx(0.4702, abs=1e-4)


def test_only_the_first_ten_count_on_both_sides():
    many = {str(number): 1 for number in range(20)}
    assert ndcg([str(number) for number in range(10)], many) == pytest.approx(1)
    assert ndcg([*["noise"] * 10, "0"], many) == 0


def test_nothing_found_scores_nothing():
    assert ndcg([], GRADES) == reciprocal_rank([], GRADES) == recall([], GRADES) == 0


def test_the_reciprocal_rank_is_that_of_the_first_good_answer():
    assert reciprocal_rank(["noise", "of some use", "good", "the one"], GRADES) == pytest.approx(
        1 / 3
    )


def test_the_recall_is_of_as_many_as_there_is_room_for():
    assert recall(["noise", "good", "the one"], GRADES) == pytest.approx(2 / 3)
    many = {str(number): 1 for number in range(20)}
    assert recall([str(number) for number in range(10)], many) == 1


def test_the_mean_of_nothing_is_no_number():
    assert mean([1, 0, 0.5]) == 0.5
    assert math.isnan(mean([]))
