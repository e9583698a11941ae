from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_territory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from territories.links.links import (
    LinkRefused,
    forget_old_links,
    make_link,
    open_link,
    use_link,
    withdraw_links,
)
from territories.models import SignedLink

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def link(**given_):
    return make_link(
        **{"purpose": "invitation", "territory": None, "payload": {"a": 1}, "lasts": DAY, **given_}
    )


def refusal(act, *arguments) -> tuple[int, str]:
    with pytest.raises(LinkRefused) as refused:
        act(*arguments)
    return refused.value.status, str(refused.value)


def test_a_link_gives_back_what_it_was_made_for_as_often_as_it_is_opened():
    territory = make_territory("alpha")
    token = link(territory=territory, email="a@example.org").token
    for _time in range(2):
        opened = open_link(token, "invitation")
        assert (opened.territory, opened.email, opened.payload) == (
            territory,
            "a@example.org",
            {"a": 1},
        )


def test_a_link_is_used_once():
    token = link().token
    assert use_link(token, "invitation").used_at
    assert refusal(use_link, token, "invitation")[0] == 410
    status, sentence = refusal(open_link, token, "invitation")
    assert (status, "déjà servi" in sentence) == (410, True)


def test_who_comes_second_in_the_same_instant_gets_nothing(monkeypatch):
    token = link().token
    stale = open_link(token, "invitation")
    use_link(token, "invitation")
    monkeypatch.setattr("territories.links.links.find", lambda *_: stale)
    assert refusal(use_link, token, "invitation")[0] == 410


def test_an_expired_link_says_so():
    token = link(lasts=timedelta(seconds=-1)).token
    status, sentence = refusal(open_link, token, "invitation")
    assert (status, "plus valable" in sentence) == (410, True)


def test_a_withdrawn_link_opens_nothing():
    territory = make_territory("alpha")
    token = link(territory=territory, email="Someone@example.org").token
    other = link(email="someone@example.org").token
    assert withdraw_links(purpose="invitation", territory=territory, email="someone@EXAMPLE.org")
    assert refusal(open_link, token, "invitation")[0] == 410
    # That of another territory (here: the national team) is its own affair.
    assert open_link(other, "invitation")


def test_a_link_for_one_purpose_opens_no_other():
    assert refusal(open_link, link().token, "proposal")[0] == 404


def test_the_token_is_not_in_the_base():
    made = link()
    row = SignedLink.objects.filter(pk=made.pk).values().get()
    signature = made.token.partition("~")[2]
    assert signature not in str(row)


def test_old_links_are_forgotten_and_their_holder_is_told_that_they_expired():
    made = link(lasts=-timedelta(days=91))
    kept = link()
    forget_old_links()
    assert list(SignedLink.objects.all()) == [kept]
    assert refusal(open_link, made.token, "invitation")[0] == 410
    assert kept.expires_at > timezone.now()


class Tokens(TestCase):
    @given(st.text(max_size=120))
    def test_whatever_is_typed_in_place_of_a_token_is_refused(self, typed):
        assert refusal(open_link, typed, "invitation")[0] == 404

    @given(st.integers(0, 1000), st.integers(1, 11))
    def test_a_token_with_one_character_changed_is_refused(self, place, further):
        token = link().token
        at, letters = place % len(token), "abcXYZ019-_~"
        # Another one, whatever this token of chance holds there.
        other = letters[(letters.find(token[at]) + further) % len(letters)]
        assert refusal(open_link, token[:at] + other + token[at + 1 :], "invitation")[0] == 404
