from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from factories import make_member

from labelling.grids.adding import keep_addition, new_addition
from labelling.models import CriteriaGrid, Criterion

WORDS = {"name": "Tout près", "question": "Est-ce à côté ?", "help_text": "À dix minutes à pied."}


@pytest.fixture
def own(alpha, grid):
    """A criterion that Alpha adds to the shared grid."""
    criterion = new_addition(alpha, grid)
    for name, text in WORDS.items():
        setattr(criterion, name, text)
    return keep_addition(criterion=criterion)


@pytest.fixture
def newer(grid):
    """A version published today: one criterion less, one more, one demanded, one said otherwise."""
    made = CriteriaGrid.objects.create(
        name="Suivante", version="2026-2", published_on=timezone.localdate()
    )
    for criterion in grid.criteria.exclude(key="new-actors"):
        criterion.pk, criterion.grid = None, made
        if criterion.key == "residents":
            criterion.kind, criterion.number = "mandatory", 5
        if criterion.key == "access":
            criterion.question = "Peut-on venir sans peine ?"
        criterion.save()
    Criterion.objects.create(
        grid=made, kind="optional", number=9, key="green", name="Sobre", question="Est-ce sobre ?"
    )
    return made


@pytest.fixture
def planned(grid):
    """A version that is published later."""
    day = timezone.localdate() + timedelta(days=9)
    return CriteriaGrid.objects.create(name="Plus tard", version="2027-1", published_on=day)


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


@pytest.fixture
def visit(client):
    """Get an address of the admin by its name, or post to it."""

    def visit(name, *arguments, form=None):
        address = reverse(name, args=arguments)
        headers = {"host": "localhost"}
        if form is None:
            return client.get(address, headers=headers)
        return client.post(address, form, headers=headers)

    return visit
