"""18 queries for a faceted list, 15 for a page, and the same for few and for many of everything."""

from datetime import timedelta

import pytest
from cooperation_factories import (
    index_of,
    make_action,
    make_call,
    make_group,
    make_neighbourhood,
    make_training,
)
from directory_factories import make_actor
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_territory
from wagtail.models import Locale

from cooperation.models import Correspondent, Partner, PartnersPage, WorkingGroupsPage

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ADDRESSES = {
    "/actions/": 18,
    "/actions/?axe=aller-vers&public=jeunes": 18,
    "/en/actions/": 18,
    "/actions/action-0/": 15,
    "/en/actions/action-0/": 15,
    "/groupes-de-travail/": 15,
    "/groupes-de-travail/groupe-0/": 15,
    "/appels-a-projets/": 15,
    "/appels-a-projets/appel-0/": 15,
    "/appels-a-projets/appel-0/repondre/": 15,
    "/formations-professionnels/": 15,
    "/formations-professionnels/formation-0/": 15,
    "/partenaires/": 15,
    "/carte/acteur-0/": 15,
}


def cost(client, address, host="alpha.localhost"):
    client.get(address, headers={"host": host})  # warms renditions and root paths
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers={"host": host}).status_code == 200, address
    return len(captured)


def fill(territory, numbers):
    place = make_neighbourhood(territory)
    actors = []
    for number in numbers:
        actor = make_actor(territory, f"Acteur {number}")
        actors.append(actor)
        action = make_action(
            territory,
            f"Action {number}",
            axis="aller-vers",
            neighbourhoods=[place],
            publics=["jeunes"],
            sectors=["securite"],
            carriers=[actor],
            partners=actors[:5],
        )
        translated = action.copy_for_translation(Locale.objects.get(language_code="en"))
        translated.save_revision().publish()
        make_group(territory, f"Groupe {number}", leader=actor, members=actors[:5])
        make_call(territory, f"Appel {number}")
        make_training(territory, f"Formation {number}", dates=[(NOW + timedelta(1), None)] * 2)
        make_training(territory, f"Passée {number}", dates=[(NOW - timedelta(1), None)])
    page = index_of(WorkingGroupsPage, territory)
    page.correspondents = [
        Correspondent(name=actor.title, actor=actor, neighbourhood=place, agreed_on=NOW.date())
        for actor in actors
    ]
    page.save_revision().publish()
    page = index_of(PartnersPage, territory)
    page.partners = [Partner(category="association", actor=actor) for actor in actors]
    page.save_revision().publish()


def test_pages_cost_the_same_with_few_and_many_records_and_territories(alpha, beta, client):
    fill(alpha, range(2))
    few = {address: cost(client, address) for address in ADDRESSES}
    portal = cost(client, "/actions/", "localhost")
    fill(beta, range(2))
    make_territory("gamma", plugins=["cooperation", "resources_directory"])
    fill(alpha, range(2, 9))
    for address, most in ADDRESSES.items():
        many = cost(client, address)
        assert many == few[address] <= most, (address, few[address], many)
    assert cost(client, "/actions/", "localhost") == portal <= 18
