"""One query gives the rows of a page and how many there are in all."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from factories import make_content_page, make_territory

from territories.models import ContentPage
from territories.pages.listing import Listing

pytestmark = pytest.mark.django_db


def listing(territory, page=None, per_page=2):
    request = RequestFactory().get("/", {"page": page} if page is not None else {})
    request.territory = territory
    return Listing(
        request,
        ContentPage.objects.findable().in_territory(territory),
        ordering=["title"],
        per_page=per_page,
    )


def test_it_gives_the_asked_page_and_nonsense_gives_the_first():
    territory = make_territory("alpha", plugins=[])
    for title in "abcde":
        make_content_page(territory, title=title)
    shown = {
        page: [item.title for item in listing(territory, page).items]
        for page in (None, "2", "3", "4", "0", "-1", "abc", "\0", "9" * 30, "²")
    }
    first, last = ["a", "b"], ["e"]
    assert shown == {
        None: first,
        "2": ["c", "d"],
        "3": last,
        "4": last,
        "0": first,
        "-1": first,
        "abc": first,
        "\0": first,
        "9" * 30: first,
        "²": first,
    }


def test_it_counts_without_a_query_of_its_own():
    territory = make_territory("alpha", plugins=[])
    for title in "abc":
        make_content_page(territory, title=title)
    found = listing(territory)
    with CaptureQueriesContext(connection) as captured:
        assert len(found.items) == 2
        assert found.count == 3
        assert found.page.has_next()
        assert found.page.paginator.num_pages == 2
    assert len(captured) == 1


def test_an_empty_list_is_a_page_too():
    territory = make_territory("alpha", plugins=[])
    assert listing(territory).count == 0
    assert listing(territory, "3").items == []


def test_a_changed_word_shows_at_once(django_capture_on_commit_callbacks):
    from territories.models import Term
    from territories.vocabulary.families import families

    assert families()["mobilite"].icon == "steering-wheel"
    term = Term.objects.get(code="mobilite")
    with django_capture_on_commit_callbacks(execute=True):
        term.icon = "bus"
        term.save()
    assert families()["mobilite"].icon == "bus"
    assert next(iter(families())) == "trouver-un-emploi"
