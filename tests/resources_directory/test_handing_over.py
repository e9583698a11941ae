"""What a partner speaks for may go to a successor."""

import pytest
from directory_factories import make_actor
from factories import make_member, make_territory

from resources_directory.members import add_partner
from resources_directory.models import ActorMember
from territories.people.handing_over import duties_of, hand_over
from territories.people.members import members_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def actor(alpha):
    return make_actor(alpha, "La crèche")


@pytest.fixture
def coordinator(alpha):
    return make_member(alpha, username="anne@ville.example")


@pytest.fixture
def lea(alpha, actor):
    user = make_member(alpha, "partner", username="lea@creche.example")
    add_partner(actor=actor, user=user)
    return user


def partners_of(actor) -> set[str]:
    return set(ActorMember.objects.filter(actor=actor).values_list("user__username", flat=True))


def test_a_partner_hands_its_actors_over(actor, alpha, coordinator, lea):
    successor = make_member(alpha, "partner", username="max@creche.example")
    leaver = members_of(alpha).get(pk=lea.pk)
    assert duties_of(leaver, alpha).others == ["Partenaire de 1 acteur du guide"]
    elsewhere = make_actor(make_territory("beta"), "Le garage")
    add_partner(actor=elsewhere, user=lea)
    hand_over(territory=alpha, leaver=leaver, successor=successor, handed_over_by=coordinator)
    assert partners_of(actor) == {"max@creche.example"}
    assert partners_of(elsewhere) == {"lea@creche.example"}
