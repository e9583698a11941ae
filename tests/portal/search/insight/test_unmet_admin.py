"""Who reads what was searched for in vain, and what they do about it."""

from datetime import date

import pytest
from django.urls import reverse
from factories import make_member

from portal.search.models import SearchTally, Synonym, UnmetSearch

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}


def unmet(territory, text, **counts) -> UnmetSearch:
    fields = {"without_result": 5, "last_week": date(2026, 3, 2), "language": "fr", **counts}
    return UnmetSearch.objects.create(territory=territory, text=text, folded=text, **fields)


@pytest.fixture
def look(client):
    def at(user, query: str = "") -> str:
        client.force_login(user)
        address = reverse("unmet_searches:index")
        return client.get(f"{address}{query}", headers=PORTAL).content.decode()

    return at


def deal(client, search, action="dealt"):
    address = reverse("unmet_searches:deal", args=[search.pk])
    return client.post(address, {"action": action}, headers=PORTAL)


def test_a_coordinator_reads_those_of_their_territory_and_the_team_all(look, alpha, beta):
    unmet(alpha, "gazole", without_click=7, opened=3)
    unmet(beta, "trottinette")
    unmet(None, "hélicoptère")
    for territory, times in ((alpha, 4), (beta, 8)):
        SearchTally.objects.create(
            territory=territory, month=date(2026, 3, 1), digest="x", without_result=times
        )
    html = look(make_member(alpha))
    assert "gazole" in html and ">12<" in "".join(html.split())
    assert "trottinette" not in html and "hélicoptère" not in html
    assert "Recherches rares, en vain : 4." in html
    html = look(make_member(None, "team", username="team"))
    assert all(text in html for text in ("gazole", "trottinette", "hélicoptère"))
    assert "Recherches rares, en vain : 12." in html


def test_an_empty_list_says_that_rare_words_stay_unreadable(look, alpha):
    html = look(make_member(alpha))
    assert "Rien à traiter" in html and "à partir de la 5e fois" in html
    assert "Recherches rares, en vain : 0." in html


def test_one_click_opens_the_form_filled_in_and_keeping_it_deals_with_it(client, look, alpha):
    search = unmet(alpha, "gazole")
    html = look(make_member(alpha))
    address = f"{reverse('search_synonyms:add')}?said=gazole&amp;territory={alpha.pk}"
    assert f'href="{address}"' in html
    form = client.get(address.replace("&amp;", "&"), headers=PORTAL).context["form"]
    assert (form["said"].value(), form["territory"].value()) == ("gazole", alpha.pk)
    kept = {"said": "gazole", "link": "towards", "means": "carburant", "territory": alpha.pk}
    client.post(reverse("search_synonyms:add"), kept, headers=PORTAL)
    assert Synonym.objects.get().territory == alpha
    search.refresh_from_db()
    assert not search.is_open
    assert "Ajouter comme synonyme" not in look(make_member(alpha, username="autre"))


def test_it_is_dealt_with_and_taken_up_again(client, look, alpha):
    search, user = unmet(alpha, "gazole"), make_member(alpha)
    client.force_login(user)
    assert deal(client, search).status_code == 302
    assert "C’est traité" not in look(user)
    assert "À traiter de nouveau" in look(user, "?state=dealt")
    deal(client, search, "open")
    assert "C’est traité" in look(user)


def test_a_stranger_reads_nothing_and_changes_nothing(client, look, alpha, beta):
    search = unmet(alpha, "gazole")
    assert "gazole" not in look(make_member(beta), "?state=all")
    assert deal(client, search).status_code == 404
    client.force_login(make_member(alpha, "editor"))
    assert client.get(reverse("unmet_searches:index"), headers=PORTAL).status_code == 302
    assert deal(client, search).status_code == 404
    assert (
        client.get(reverse("unmet_searches:deal", args=[search.pk]), headers=PORTAL).status_code
        == 405
    )
    client.logout()
    assert deal(client, search).status_code == 302
    search.refresh_from_db()
    assert search.is_open
