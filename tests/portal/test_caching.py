"""Who may keep an answer, and for how long (docs/operations.md, « What a cache may keep »)."""

import re

import pytest
from factories import make_content_page, make_member, make_territory, open_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client):
    def ask(path: str, host: str = "alpha.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return ask


def directives(response) -> set[str]:
    return set(re.split(r",\s*", response.get("Cache-Control", "")))


def test_a_public_page_is_kept_a_minute_and_sent_again_only_when_it_changed(get):
    page = make_content_page(make_territory("alpha"), title="Une page", slug="une-page")
    first = get("/une-page/")
    assert directives(first) == {"public", "max-age=0", "s-maxage=60"}
    # A browser in Arabic gets the same answer at this address: nothing to keep apart.
    assert not first.cookies and not first.has_header("Vary")
    assert get("/une-page/", accept_language="ar").content == first.content

    again = get("/une-page/", if_none_match=first["ETag"])
    assert again.status_code == 304 and not again.content
    assert "Content-Security-Policy" in again.headers

    page.title = "Une autre page"
    page.save_revision().publish()
    assert get("/une-page/", if_none_match=first["ETag"]).status_code == 200


def test_what_depends_on_somebody_is_kept_by_nobody(get, client):
    territory = make_territory("alpha")
    open_space(territory)
    credentials = {"username": make_member(territory).username, "password": "secret"}
    form = get("/espace-pro/connexion/")
    client.post("/espace-pro/connexion/", credentials, headers={"host": "alpha.localhost"})
    for response in (form, get("/espace-pro/"), get("/admin/login/", host="localhost")):
        assert response.status_code == 200
        assert not {"public", "s-maxage=60"} & directives(response)
        assert not response.has_header("ETag")
    assert {"private", "no-store"} <= directives(get("/espace-pro/"))


def test_an_answer_that_is_no_page_is_not_kept(get):
    make_territory("alpha")
    assert get("/nulle-part/").status_code == 404
    assert not get("/nulle-part/").has_header("Cache-Control")
