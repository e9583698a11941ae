import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from territories.appearance.facade import (
    NATIONAL,
    PANES,
    SIGNATURES,
    mark,
    panes,
    signature_of,
    svg_uses,
)

slugs = st.from_regex(r"[a-z]{1,12}(-[a-z]{1,8})?", fullmatch=True)
sizes = st.integers(min_value=1, max_value=12)
signatures = st.lists(st.sampled_from(SIGNATURES), max_size=4, unique=True)


@given(slugs, sizes, sizes, st.integers(), signatures)
def test_two_neighbours_share_neither_drawing_nor_colours(slug, columns, rows, seed, signature):
    drawn = panes(slug, columns, rows, seed, signature=signature)
    at = {(pane.column, pane.row): pane for pane in drawn}
    assert len(at) == columns * rows
    for (column, row), pane in at.items():
        for beside in (at.get((column - 1, row)), at.get((column, row - 1))):
            if beside:
                assert pane.name != beside.name
                assert pane.palette != beside.palette


@given(slugs, st.integers())
def test_a_facade_is_the_same_at_every_visit(slug, seed):
    assert panes(slug, 6, 3, seed) == panes(slug, 6, 3, seed)


def test_a_facade_is_the_same_on_every_machine():
    # Written down on purpose: a change here changes the picture of every territory.
    assert [(pane.name, pane.palette) for pane in panes("grand-mirail", 3, 1, 1)] == [
        ("half", "k4"),
        ("palm", "k1"),
        ("sun", "k6"),
    ]


def test_two_places_of_a_page_and_two_territories_have_different_facades():
    assert panes("lens", 6, 3, 1) != panes("lens", 6, 3, 2)
    assert panes("lens", 6, 3, 1) != panes("caen", 6, 3, 1)


@given(slugs)
def test_every_territory_has_three_panes_of_its_own(slug):
    signature = signature_of(slug)
    assert len(set(signature)) == 3
    assert set(signature) <= set(SIGNATURES)


def test_the_panes_that_a_territory_chose_are_its_own():
    chosen = ("brick", "violet", "tripod")
    assert signature_of("grand-mirail", chosen) == chosen
    shown = {pane.name for pane in panes("grand-mirail", 10, 6, signature=chosen)}
    assert set(chosen) <= shown
    assert not shown & (set(SIGNATURES) - set(chosen))


def test_a_pane_that_nobody_drew_is_refused():
    with pytest.raises(ValueError, match="castle"):
        panes("lens", 2, 2, signature=["castle"])


def test_the_national_facade_borrows_the_colours_of_the_territories():
    drawn = panes("", 8, 4, territories=["caen", "lens"])
    assert {pane.territory for pane in drawn} == {"caen", "lens"}
    assert {pane.name for pane in drawn} & set(NATIONAL)


def test_about_one_pane_in_three_is_people_or_plants():
    drawn = [pane for seed in range(40) for pane in panes("lens", 10, 6, seed)]
    alive = [pane for pane in drawn if pane.name in ("person", "pair", "plant")]
    assert 0.12 < len(alive) / len(drawn) < 0.45


@given(slugs)
def test_the_mark_is_four_panes_with_an_open_window_and_somebody(slug):
    drawn = mark(slug)
    assert [(pane.column, pane.row) for pane in drawn] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert {"arch-ajar", "person"} <= {pane.name for pane in drawn}
    assert len(mark("", ())) == 4
    assert len(mark(slug, ("wave",))) == 4


def test_the_panes_become_uses_of_the_sprite():
    svg = svg_uses(panes("lens", 2, 1, territories=["caen"]), "/static/icons.svg")
    assert svg.count("<use ") == 2
    assert 'href="/static/icons.svg#m-' in svg
    assert 'data-territory="caen"' in svg
    assert "style=" not in svg


def test_the_sprite_holds_every_pane_and_no_other():
    sprite = Path(finders.find("portal/icons.svg")).read_text()
    assert set(re.findall(r'id="m-([a-z-]+)"', sprite)) == set(PANES)
