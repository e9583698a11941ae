"""Two territories and everybody who may have to do with an application of Alpha's; made once."""

from types import SimpleNamespace

import pytest
from agenda_factories import make_event
from django.contrib.auth.models import AnonymousUser, User
from factories import make_member, make_territory
from labelling_factories import make_application, set_rules

from labelling.models import Application, CriteriaGrid, CriterionKind
from territories.models import Territory

HOST = {"host": "localhost"}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["labelling", "agenda", "cooperation", "resources_directory"])
        Territory.objects.filter(slug=slug).update(contact_email=f"bonjour@{slug}.example")


@pytest.fixture(scope="module")
def world(two_territories):
    """`people` by what they are; an application for an event of Alpha's, sent by its applicant."""
    alpha, beta = (Territory.objects.get(slug=slug) for slug in ("alpha", "beta"))
    applicant = make_member(alpha, "partner", "applicant")
    people = {
        "applicant": applicant,
        "coordinator": member(alpha, "coordinator"),
        "editor": member(alpha, "editor"),
        "reviewer": member(alpha, "label-reviewer"),
        "partner": member(alpha, "partner"),
        "team": make_member(None, "team", "national-team"),
        "stranger": member(beta, "coordinator"),
        "anonymous": AnonymousUser(),
        "superuser": User.objects.create_superuser("superuser", "chef@example.org"),
    }
    set_rules(alpha, quorum=0)
    grid = CriteriaGrid.objects.current()
    event = make_event(alpha, "Le forum")
    application = make_application(
        alpha, event, state="submitted", user=applicant, email="applicant@example.org"
    )
    return SimpleNamespace(
        alpha=alpha,
        beta=beta,
        people=people,
        event=event,
        pk=application.pk,
        grid=grid,
        mandatory=list(grid.criteria.filter(kind=CriterionKind.MANDATORY)),
        optional=list(grid.criteria.filter(kind=CriterionKind.OPTIONAL)),
    )


def member(territory, role):
    user = make_member(territory, role)
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
    user.refresh_from_db()
    return user


@pytest.fixture
def application(world, db):
    return Application.objects.get(pk=world.pk)


@pytest.fixture
def people(world, db):
    """Read again: what a role gives is kept on the object."""
    return {
        name: one if one.is_anonymous else User.objects.get(pk=one.pk)
        for name, one in world.people.items()
    }
