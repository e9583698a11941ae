"""The shared grid: twelve criteria, loaded once, frozen by the first label."""

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from labelling.loading import GRID_FILES, load_grid
from labelling.models import CriteriaGrid, Criterion, CriterionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def national(client, django_user_model):
    user = django_user_model.objects.create_superuser("nationale", password="secret")
    client.force_login(user)
    return user


def grid_form(grid, criteria, **facts):
    """The form of the editor, filled with criteria as dictionaries."""
    names = ("id", "kind", "number", "key", "name", "question", "problem", "help_text", "examples")
    rows = [
        {name: one.get(name) or "" for name in (*names, "evidence")}
        | {"DELETE": one.get("DELETE", ""), "ORDER": number}
        for number, one in enumerate(criteria, start=1)
    ]
    return nested_form_data(
        {
            "name": grid.name,
            "version": grid.version,
            "published_on": grid.published_on.isoformat() if grid.published_on else "",
            "introduction": grid.introduction,
            "criteria": inline_formset(rows, initial=sum(1 for row in rows if row["id"])),
            **facts,
        }
    )


def edit(client, grid, criteria, **facts):
    address = reverse("wagtailsnippets_labelling_criteriagrid:edit", args=[grid.pk])
    return client.post(address, grid_form(grid, criteria, **facts), headers={"host": "localhost"})


def test_it_has_four_mandatory_and_eight_optional_criteria_in_plain_words(mandatory, optional):
    assert [one.number for one in mandatory] == [1, 2, 3, 4]
    assert [one.number for one in optional] == list(range(1, 9))
    for one in [*mandatory, *optional]:
        assert one.name and one.problem and one.help_text and one.example_list
        assert one.question.endswith("?")
    assert all(one.evidence for one in mandatory)


def test_loading_again_changes_nothing(grid):
    Criterion.objects.filter(grid=grid, number=1).update(name="Réécrit par l’équipe nationale")
    for path in GRID_FILES:
        assert load_grid(path) is False
    assert CriteriaGrid.objects.count() == len(GRID_FILES)
    assert grid.criteria.filter(name="Réécrit par l’équipe nationale").count() == 2
    assert grid.criteria.count() == 12


def test_the_current_grid_is_the_latest_that_is_published(grid):
    today = timezone.localdate()
    CriteriaGrid.objects.create(name="Brouillon", version="b")
    CriteriaGrid.objects.create(
        name="Demain", version="d", published_on=today + timezone.timedelta(days=1)
    )
    assert CriteriaGrid.objects.current() == grid
    newer = CriteriaGrid.objects.create(name="Neuve", version="n", published_on=today)
    assert CriteriaGrid.objects.current() == newer


def test_a_grid_that_served_nobody_yet_can_be_changed(client, national, grid):
    rows = list(grid.criteria.values())
    rows[0]["name"] = "Mieux dit"
    rows[11]["DELETE"] = "on"
    response = edit(client, grid, rows)
    assert response.status_code == 302, response.context["form"].errors
    assert grid.criteria.filter(name="Mieux dit").exists()
    assert grid.criteria.count() == 11


@pytest.mark.parametrize("change", ["rename", "delete", "add", "publish later"])
def test_once_a_label_was_given_the_grid_is_frozen_and_says_so(
    client, national, grid, alpha, give, change
):
    give(make_event(alpha))
    before = list(grid.criteria.order_by("pk").values())
    rows, facts = list(grid.criteria.values()), {}
    if change == "rename":
        rows[5]["name"] = "Autre chose"
    elif change == "delete":
        rows[5]["DELETE"] = "on"
    elif change == "add":
        rows.append({"kind": "optional", "number": 9, "name": "Neuf", "question": "Neuf ?"})
    else:
        facts["published_on"] = "2030-01-01"
    response = edit(client, grid, rows, **facts)
    assert response.status_code == 200
    assert "Cette grille a déjà servi" in response.content.decode()
    assert list(grid.criteria.order_by("pk").values()) == before
    grid.refresh_from_db()
    assert str(grid.published_on) == "2026-01-01"


def test_the_frozen_grid_resists_code_too(grid, alpha, give):
    label = give(make_event(alpha))
    for criterion in grid.criteria.all():
        criterion.name = "Autre chose"
        with pytest.raises(ValidationError, match="elle ne change plus"):
            criterion.full_clean()
        with pytest.raises(ValidationError, match="elle ne change plus"):
            criterion.delete()
    assert label.grid.criteria.count() == 12


def test_the_grid_of_a_label_cannot_be_deleted(client, national, grid, alpha, give):
    give(make_event(alpha))
    address = reverse("wagtailsnippets_labelling_criteriagrid:delete", args=[grid.pk])
    response = client.post(address, headers={"host": "localhost"}, follow=True)
    assert "elle ne change plus" in response.content.decode()
    assert CriteriaGrid.objects.filter(pk=grid.pk).exists()


def test_a_label_keeps_the_grid_it_was_judged_by(grid, alpha, give):
    label = give(make_event(alpha))
    newer = CriteriaGrid.objects.create(
        name="Neuve", version="n", published_on=timezone.localdate()
    )
    label.refresh_from_db()
    assert label.grid == grid != newer


@pytest.mark.parametrize("role", ["coordinator", "editor"])
def test_coordinators_read_the_grid_and_change_nothing(client, grid, role):
    client.force_login(make_member(make_territory("alpha"), role))
    names = "wagtailsnippets_labelling_criteriagrid"
    read = client.get(
        reverse(f"{names}:inspect", args=[grid.pk]), headers={"host": "localhost"}
    ).content.decode()
    for criterion in grid.criteria.all():
        assert criterion.name in read
    for address in (
        reverse(f"{names}:edit", args=[grid.pk]),
        reverse(f"{names}:delete", args=[grid.pk]),
        reverse(f"{names}:add"),
    ):
        assert client.get(address, headers={"host": "localhost"}).status_code == 302
    rows = list(grid.criteria.values())
    rows[0]["name"] = "Piraté"
    assert edit(client, grid, rows).status_code == 302
    assert not grid.criteria.filter(name="Piraté").exists()
    assert grid.criteria.filter(kind=CriterionKind.MANDATORY).count() == 4
