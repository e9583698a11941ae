import pytest
from agenda_factories import make_event

from agenda.models import Status

pytestmark = pytest.mark.django_db


def poster(client, slug, host="alpha.localhost", prefix=""):
    return client.get(f"{prefix}/agenda/{slug}/affiche/", headers={"host": host})


def test_a_poster_says_what_when_and_where_and_holds_the_address(client, alpha):
    make_event(alpha, "Café & métiers", slug="cafe", summary="Venez !")
    response = poster(client, "cafe")
    html = response.content.decode()
    for words in ("Café &amp; métiers", "Venez", "9\u00a0h\u00a030"):
        assert words in html
    assert 'href="/agenda/cafe/"' in html and "<svg" in html
    assert response["X-Robots-Tag"] == "noindex"
    assert "style=" not in html
    page = client.get("/agenda/cafe/", headers={"host": "alpha.localhost"}).content.decode()
    assert 'href="/agenda/cafe/affiche/"' in page


def test_an_untranslated_event_has_a_poster_in_french(client, alpha):
    make_event(alpha, "Café", slug="cafe")
    html = poster(client, "cafe", prefix="/ar").content.decode()
    assert 'lang="fr" dir="ltr"' in html and "Café" in html


def test_what_does_not_take_place_has_none(client, alpha, beta):
    make_event(alpha, "Café", slug="annule", status=Status.CANCELLED)
    make_event(alpha, "Brouillon", slug="brouillon", published=False)
    make_event(beta, "Chez beta", slug="ailleurs")
    for slug in ("annule", "brouillon", "ailleurs", "rien"):
        assert poster(client, slug).status_code == 404
