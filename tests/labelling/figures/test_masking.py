"""Nobody computes a small number from what the public reads."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from labelling.figures.masking import FEWEST, bounds, detailed, gives_away, published
from labelling.figures.measures import Hidden

FEW, KEPT = Hidden.FEW, Hidden.KEPT


def test_a_small_number_is_not_said_and_the_others_are_rounded():
    said = {0: 0, 1: FEW, 4: FEW, 5: 5, 7: 5, 8: 10, 12: 10, 13: 15, 1840: 1840, 1842: 1840}
    assert {number: published(number) for number in said} == said
    assert published(None) is None


@given(st.integers(0, 500))
def test_whoever_reads_a_number_knows_no_more_than_its_bounds(number):
    low, high = bounds(published(number))
    assert low <= number <= high
    assert {published(one) for one in range(low, high + 1)} == {published(number)}


def could_be(total, parts):
    """Every whole and parts that would be published so: what the most patient reader finds."""
    low, high = bounds(total)
    for found in product(*(range(first, last + 1) for first, last in map(bounds, parts))):
        if low <= sum(found) <= high:
            yield found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=5))
def test_no_masked_part_of_a_whole_can_be_computed(parts):
    total = sum(parts)
    said = detailed(total, parts)
    if KEPT in said:
        assert set(said) == {KEPT}
        return
    assert all(one is FEW for one, part in zip(said, parts, strict=True) if 0 < part < FEWEST)
    found = list(could_be(published(total), said))
    for at, one in enumerate(said):
        if one is FEW:
            assert len({numbers[at] for numbers in found}) > 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_who_is_left_of_a_whole_cannot_be_computed_when_they_are_few(some, others):
    """Those who live in a neighbourhood are said, and all who came: the others are the rest."""
    if not 0 < others < FEWEST:
        return
    whole, part = bounds(published(some + others)), bounds(published(some))
    rests = {a - b for a, b in product(range(whole[0], whole[1] + 1), range(part[0], part[1] + 1))}
    assert len({rest for rest in rests if rest >= 0}) > 1


def test_a_detail_that_would_give_a_number_away_is_kept():
    # Two masked parts of 8 people are four and four.
    assert gives_away(10, [FEW, FEW])
    assert detailed(8, [4, 4]) == [KEPT, KEPT]
    assert detailed(9, [9, 0]) == [KEPT, KEPT]
    # Seven masked parts of 28 people are four each.
    assert detailed(28, [4] * 7) == [KEPT] * 7
    assert detailed(31, [3, 28, None]) == [FEW, 30, None]
    assert detailed(0, [0, 0]) == [0, 0]
