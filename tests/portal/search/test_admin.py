"""The admin's own search is the database's, whatever answers the public and whatever is typed."""

import pytest
from django.contrib.auth.models import User
from factories import make_content_page, make_territory

from portal.admin_search import heard

pytestmark = pytest.mark.wagtail_indexes

ADDRESSES = [
    "/admin/pages/search/",
    "/admin/choose-page/search/",
    "/admin/images/",
    "/admin/images/chooser/results/",
    "/admin/documents/",
    "/admin/documents/chooser/results/",
    "/admin/snippets/territories/term/",
    "/admin/users/",
]
HOSTILE = [
    *('"permis', '" "', "permis\0", "*'(:&|!\\", "NEAR(", "title:permis", "'; DROP TABLE x; --"),
    "\u202e😀" + "é" * 1_000,
]


def test_nothing_that_is_typed_breaks_the_admin_while_the_engine_is_dead(client, settings, db):
    settings.SEARCH_URL = "elasticsearch://127.0.0.1:1/cites"
    make_content_page(make_territory("alpha", plugins=[]), title="Passer le permis")
    client.force_login(User.objects.create_superuser("tout"))
    broken = []
    for address in ADDRESSES:
        for text in ["permis", *HOSTILE]:
            response = client.get(address, {"q": text}, headers={"host": "localhost"})
            if response.status_code != 200:
                broken.append((address, text, response.status_code))
            elif text == "permis" and "page" in address:
                assert "Passer le permis" in response.content.decode()
    assert broken == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [('"permis', "permis"), ('" "', ""), ("per\0mis", "per mis"), ("l’école", "l’école")],
)
def test_what_a_database_would_raise_at_is_not_heard(typed, meant):
    assert heard(typed) == meant
