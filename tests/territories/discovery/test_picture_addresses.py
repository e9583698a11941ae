"""Whose picture is drawn: that of a page which anybody may read on this very host."""

import re

import pytest


@pytest.fixture
def drawn(monkeypatch):
    """Counts what would be drawn."""
    posters = []

    def draw(poster):
        posters.append(poster)
        return b"PNG"

    monkeypatch.setattr("territories.sharing.views.picture_of", draw)
    return posters


def test_the_picture_of_a_public_page_is_where_its_head_says(world, fetch, read, drawn):
    path = re.search(r'og:image" content="http://alpha.localhost([^"]*)"', read("/une-page/"))[1]
    answer = fetch(path)
    assert answer["Content-Type"] == "image/png" and "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    assert [poster.title for poster in drawn] == ["Une page"]


def test_another_fingerprint_leads_to_the_present_one_and_draws_nothing(world, fetch, drawn):
    answer = fetch(f"/partage/{world['event'].pk}-abc.png", status=302)
    assert answer["Location"].startswith(f"/partage/{world['event'].pk}-") and not drawn
    fetch(answer["Location"])
    assert drawn[0].day is not None


@pytest.mark.parametrize("whose", ["draft", "private", "stranger"])
def test_a_stranger_learns_nothing_from_a_picture(world, fetch, drawn, whose):
    fetch(f"/partage/{world[whose].pk}-abc.png", status=404)
    if whose != "stranger":
        fetch(f"/partage/{world[whose].pk}-abc.png", host="localhost", status=404)
    assert not drawn


def test_a_closed_plugin_and_the_root_have_no_picture(world, fetch, drawn):
    fetch(f"/partage/{world['event'].pk}-abc.png", host="beta.localhost", status=404)
    fetch("/partage/1-abc.png", status=404)


def test_a_private_page_says_nothing_to_messages(world, client, fetch):
    answer = fetch("/entre-nous/", status=302)
    assert b"og:" not in answer.content
