"""Where somebody may do something with the label, for each permission."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from factories import make_member

from labelling.models.applications import ASK, DECIDE, READ
from labelling.rights import own_territories
from territories.plugins.switching import switch_off
from territories.tenancy.roles import may_somewhere

pytestmark = pytest.mark.django_db


def names(user, permission):
    return [territory.name for territory in own_territories(user, permission)]


def test_a_role_gives_what_it_gives_where_it_is_and_while_the_label_is_open(alpha, beta):
    coordinator, partner = make_member(alpha), make_member(alpha, "partner", "sam")
    for user, given in ((coordinator, {READ, DECIDE}), (partner, {ASK})):
        for permission in (READ, DECIDE, ASK):
            assert names(user, permission) == (["Alpha"] if permission in given else [])
            assert may_somewhere(user, permission) == (permission in given)
    chief = User.objects.create_superuser("chef")
    assert names(chief, READ) == ["Alpha", "Beta"] and may_somewhere(chief, ASK)
    for nobody in (AnonymousUser(), User(username="gone", is_active=False)):
        assert names(nobody, READ) == [] and not may_somewhere(nobody, READ)
    switch_off(plugin="labelling", territory=alpha)
    closed = User.objects.get(pk=coordinator.pk)
    assert names(closed, READ) == [] and not may_somewhere(closed, READ)
    assert names(chief, READ) == ["Beta"]
