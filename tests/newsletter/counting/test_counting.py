"""Links are counted where a team has asked for it: how often, on which day, and never by whom."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_member, make_territory
from hypothesis import given
from hypothesis import strategies as st

from newsletter.counting.addresses import counted_address, read_token
from newsletter.counting.following import followed
from newsletter.counting.switching import switch_counting
from newsletter.models import FollowedLink, LinkCounting
from newsletter.rendering.letter import render_letter
from newsletter.subscribing.addresses import NOBODY, for_reader, token_of
from territories.audit.models import JournalEntry
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://exemple.org/?a=1&b=2#c"
HOST = {"host": "localhost"}


@pytest.fixture
def letter(territory, make_letter):
    text = (
        '<p><a href="https://exemple.org/?a=1&amp;b=2#c">Ailleurs</a> <a href="/x/">Ici</a>'
        ' <a href="tel:+33536491200">Appeler</a></p>'
    )
    return make_letter(territory, body=[("text", {"text": text})])


@pytest.fixture
def counting(territory):
    switch_counting(territory=territory, on=True, user=None)


def follow(client, address, host="alpha.localhost", method="get", **headers):
    return getattr(client, method)(urlsplit(address).path, headers={"host": host, **headers})


def links(html):
    return re.findall(r'<a [^>]*href="(http[^"]*)"', html)


def test_no_link_is_counted_until_a_team_asks(territory, letter, client):
    made = render_letter(letter, for_readers=True)
    assert not any("/lettres/lien/" in link for link in links(made.html))
    assert "combien de fois" not in made.text
    # A link that was counted, in a letter found again after the team has stopped, still leads.
    response = follow(client, counted_address(letter, ELSEWHERE))
    assert response.status_code == 302 and response.headers["Location"] == ELSEWHERE
    assert not FollowedLink.objects.exists()


def test_a_counted_link_leads_where_it_says_and_is_one_more(letter, client, counting):
    made = render_letter(letter, for_readers=True)
    own = [link for link in links(made.html) if token_of(NOBODY) in link]
    others = [link for link in links(made.html) if link not in own]
    assert len(own) == 2 and all("/lettres/lien/" not in link for link in own)
    assert others and all(
        link.startswith("http://alpha.localhost/lettres/lien/") for link in others
    )
    assert 'href="tel:+33536491200"' in made.html
    led = {follow(client, link).headers["Location"] for link in others}
    assert {ELSEWHERE, "http://alpha.localhost/x/"} <= led
    follow(client, counted_address(letter, ELSEWHERE))
    assert followed(letter)[0] == {"address": ELSEWHERE, "times": 2}
    assert FollowedLink.objects.filter(address=ELSEWHERE).count() == 1
    # The text stays to be read, and the reader is told.
    assert "/lettres/lien/" not in made.text and "[1] https://exemple.org/?a=1&b=2#c" in made.text
    assert "combien de fois chaque lien est suivi" in " ".join(made.text.split())


def test_nobody_is_known(letter, client, counting):
    address = counted_address(letter, ELSEWHERE)
    assert for_reader(address, NOBODY) == address, "all readers have the same"
    with CaptureQueriesContext(connection) as captured:
        response = follow(client, address, user_agent="Somebody/1.0", x_forwarded_for="192.0.2.7")
    assert not response.cookies and response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    written = " ".join(query["sql"] for query in captured)
    assert "192.0.2.7" not in written and "Somebody" not in written
    assert {field.name for field in FollowedLink._meta.fields} == {
        *("id", "letter", "address", "digest", "day", "times"),
    }


def test_what_nobody_followed_is_not_counted(letter, client, counting):
    address = counted_address(letter, ELSEWHERE)
    assert follow(client, address, method="head").status_code == 302
    assert follow(client, address, sec_purpose="prefetch").status_code == 302
    assert follow(client, address, method="post").status_code == 405
    assert not FollowedLink.objects.exists()


def test_only_addresses_that_were_made_here_lead_anywhere(letter, client, counting):
    token = urlsplit(counted_address(letter, ELSEWHERE)).path.split("/")[-2]
    for bad in (token[:-1], "x", f"1.aHR0cDovL2V2aWw~{'a' * 43}", token.replace("~", "~x")):
        assert follow(client, f"http://alpha.localhost/lettres/lien/{bad}/").status_code == 404


def test_a_letter_of_another_territory_is_not_counted_here(letter, client, counting):
    beta = make_territory("beta")
    switch_counting(territory=beta, on=True, user=None)
    follow(client, counted_address(letter, ELSEWHERE), "beta.localhost")
    assert not FollowedLink.objects.exists()


def test_a_letter_that_is_no_more_still_leads(letter, client, counting, territory):
    address = counted_address(letter, ELSEWHERE)
    follow(client, address)
    letter.delete()
    assert follow(client, address).headers["Location"] == ELSEWHERE
    assert not FollowedLink.objects.exists()
    switch_off(territory=territory, plugin="newsletter")
    assert follow(client, address).status_code == 404


@given(st.text(max_size=80))
def test_any_token_is_read_or_refused(token):
    assert read_token(token) is None


class TestTeam:
    def ask(self, client, letter, count):
        address = reverse("newsletter_count_links", args=[letter.pk])
        return client.post(address, {"count": count}, headers=HOST)

    @pytest.mark.parametrize("role", ["coordinator", "newsletter-editor"])
    def test_who_sends_letters_turns_it_on_and_off(self, client, territory, letter, role):
        client.force_login(make_member(territory, role))
        proof = reverse("newsletter_proof", args=[letter.pk])
        assert "ne compte pas les liens" in client.get(proof, headers=HOST).content.decode()
        assert self.ask(client, letter, "1").url == proof
        assert LinkCounting.objects.get().territory == territory
        follow(client, counted_address(letter, ELSEWHERE))
        page = client.get(proof, headers=HOST).content.decode()
        assert "Ne plus compter" in page and "https://exemple.org/?a=1&amp;b=2#c" in page
        assert self.ask(client, letter, "0").status_code == 302
        assert not LinkCounting.objects.exists()
        actions = JournalEntry.objects.filter(territory=territory).values_list("action", flat=True)
        assert {"letters.count_links", "letters.stop_counting"} <= set(actions)

    def test_strangers_and_who_only_writes_pages_get_404(self, client, territory, letter):
        for user in (make_member(make_territory("beta")), make_member(territory, "editor")):
            client.force_login(user)
            assert self.ask(client, letter, "1").status_code == 404
        assert not LinkCounting.objects.exists()

    def test_asking_by_get_changes_nothing(self, client, territory, letter):
        client.force_login(make_member(territory))
        address = reverse("newsletter_count_links", args=[letter.pk])
        assert client.get(address, headers=HOST).status_code == 405
