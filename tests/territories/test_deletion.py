"""Deleting pages in the admin: a clear refusal, and never an error of the server."""

import pytest
from agenda_factories import agenda_of, make_event
from directory_factories import guide_of, make_actor, make_service
from factories import home_of, make_content_page, make_member, make_territory
from wagtail.models import Page

PORTAL = {"host": "localhost"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def delete(client, alpha):
    client.force_login(make_member(alpha))

    def post(page, *, bulk: bool = False):
        address = f"/admin/pages/{page.pk}/delete/"
        if bulk:
            address = f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}"
        return client.post(address, headers=PORTAL, follow=True)

    return post


def is_there(page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("bulk", [False, True])
def test_a_site_keeps_its_home_and_its_lists(delete, alpha, bulk):
    make_event(alpha)
    for page in (home_of(alpha), agenda_of(alpha), guide_of(alpha)):
        answer = delete(page, bulk=bulk)
        assert answer.status_code == 200 and "ne se supprime pas" in answer.content.decode()
        assert is_there(page)


@pytest.mark.parametrize("bulk", [False, True])
def test_an_actor_that_gives_services_is_kept_and_they_are_named(delete, alpha, bulk):
    actor = make_actor(alpha, "Mission locale")
    make_service(alpha, "Garage solidaire", actor=actor)
    answer = delete(actor, bulk=bulk)
    assert answer.status_code == 200 and "Garage solidaire" in answer.content.decode()
    assert is_there(actor)


@pytest.mark.parametrize("bulk", [False, True])
def test_other_pages_go(delete, alpha, bulk):
    for page in (make_event(alpha), make_actor(alpha), make_content_page(alpha)):
        delete(page, bulk=bulk)
        assert not is_there(page)
