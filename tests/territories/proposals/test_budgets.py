"""The number of queries does not grow with what waits, nor with the territories."""

import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory

from resources_directory.members import add_partner

pytestmark = pytest.mark.django_db


def cost(ask, *asked) -> int:
    ask(*asked)
    with CaptureQueriesContext(connection) as captured:
        assert ask(*asked).status_code == 200
    return len(captured)


@pytest.fixture
def more(actor, partner, offer):
    """Sheets of the partner's and proposals about them, by the dozen."""

    def more(number):
        for rank in range(number):
            service = make_service(actor.territory, f"Service {rank}", actor=actor)
            offer(service, partner, fees_details="Deux euros.")
            offer(service, fees_details="Trois euros.")
            make_event(actor.territory, f"Rendez-vous {rank}", organiser=actor)

    return more


def test_the_lists_cost_the_same_for_a_few_and_for_many(ask, more, partner, coordinator, actor):
    asked = ((partner, "sheets"), (coordinator, "index"), (partner, "propose", actor.pk))
    more(2)
    few = [cost(ask, *one) for one in asked]
    more(10)
    assert [cost(ask, *one) for one in asked] == few
    # Wagtail's own frame of the admin (menu, session, permissions) is in there.
    assert max(few) <= 40, few


def test_a_review_costs_the_same_for_one_field_and_for_many_and_for_many_rivals(
    ask, offer, partner, coordinator, actor
):
    one = offer(actor, partner, phone="05 61 11 11 11")
    least = cost(ask, coordinator, "review", one.pk)
    many = offer(
        actor,
        partner,
        phone="05 61 11 11 11",
        email="a@example.org",
        address="3 place Abbal",
        website="https://maison.example.org/",
    )
    for rank in range(8):
        offer(actor, phone=f"05 61 11 11 2{rank}", address=f"{rank} place Abbal")
    assert cost(ask, coordinator, "review", many.pk) == least
    assert least <= 48, least


def test_a_partner_of_many_territories_pays_no_more(ask, partner, actor):
    few = cost(ask, partner, "sheets")
    for slug in ("gamma", "delta", "epsilon", "zeta"):
        there = make_actor(make_territory(slug, plugins=["agenda"]), f"Maison {slug}")
        add_partner(actor=there, user=partner)
    assert cost(ask, partner, "sheets") == few


def test_the_page_of_a_link_keeps_the_budget_of_a_page(client, coordinator, actor):
    from territories.proposals.offering import ask_for_change

    link = ask_for_change(page=actor, email="accueil@example.org", asked_by=coordinator)
    address = f"/proposer/{link.token}/"
    client.get(address, headers={"host": "alpha.localhost"})
    with CaptureQueriesContext(connection) as captured:
        client.get(address, headers={"host": "alpha.localhost"})
    assert len(captured) <= 15, [query["sql"][:150] for query in captured]
