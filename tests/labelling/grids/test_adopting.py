"""A territory judges by the version it adopted, reads what a newer one changes, and adopts it."""

from dataclasses import replace

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError
from factories import make_member
from grid_strategies import in_french, without_twins
from hypothesis import given, settings
from hypothesis import strategies as st

from labelling.grids.adding import additions_of
from labelling.grids.adopting import adopt_grid, criteria_for, grid_of
from labelling.grids.differing import difference
from labelling.models import GridAdoption
from territories.models import JournalEntry
from territories.plugins.switching import run_setup_steps

pytestmark = pytest.mark.django_db


def test_setting_up_adopts_the_grid_of_the_day_once(alpha, grid, newer):
    assert GridAdoption.objects.get(territory=alpha).grid == grid
    run_setup_steps(plugin="labelling", territory=alpha)
    assert GridAdoption.objects.get(territory=alpha).grid == grid


def test_a_newer_version_changes_nothing_until_it_is_adopted(alpha, beta, grid, newer, get):
    assert grid_of(alpha) == grid
    assert grid_of(None) == newer, "the portal shows the latest"
    adopt_grid(territory=beta, grid=newer)
    assert grid_of(beta) == newer and grid_of(alpha) == grid
    assert "Est-ce facile de venir" in get("/label/") or "version 2026-1" in get("/label/")
    assert "version 2026-2" in get("/label/", "beta.localhost")


def test_labels_and_applications_keep_their_version(alpha, grid, newer, give):
    from labelling.applying.beginning import begin_application

    label = give(make_event(alpha))
    begun = begin_application(territory=alpha, subject="event", title="Salon", language="fr")
    adopt_grid(territory=alpha, grid=newer)
    label.refresh_from_db()
    begun.refresh_from_db()
    assert label.grid == grid == begun.grid
    later = begin_application(territory=alpha, subject="event", title="Forum", language="fr")
    assert later.grid == newer


def test_neither_an_older_nor_a_draft_nor_a_planned_nor_an_own_grid_is_adopted(
    alpha, grid, newer, planned, own
):
    draft = type(grid).objects.create(name="Brouillon", version="b")
    adopt_grid(territory=alpha, grid=newer)
    for refused in (grid, newer, draft, planned, own.grid):
        with pytest.raises(ValidationError, match="pas plus récente"):
            adopt_grid(territory=alpha, grid=refused)
    assert grid_of(alpha) == newer


def test_adopting_carries_the_additions_that_are_chosen_and_leaves_the_others(
    alpha, beta, grid, newer, own
):
    adopt_grid(territory=alpha, grid=newer, carries=[own])
    (carried,) = additions_of(alpha, newer)
    assert (carried.name, carried.kind, carried.pk != own.pk) == (own.name, "optional", True)
    assert list(additions_of(alpha, grid)) == [own], "applications begun with it still answer it"
    adopt_grid(territory=beta, grid=newer, carries=[own])
    assert not additions_of(beta, newer), "nobody carries what another added"


class TestView:
    def test_a_coordinator_reads_the_difference_and_adopts_with_one_post(
        self, visit, coordinator, alpha, newer, own
    ):
        assert visit("label_grid:index").url.endswith("/alpha/")
        html = visit("label_grid:read", "alpha").content.decode()
        for said in ("Critères ajoutés", "Sobre", "Critères retirés", "devient obligatoire"):
            assert said in html
        assert "Est-ce facile de venir" in html and "Peut-on venir sans peine" in html
        assert grid_of(alpha) != newer, "reading adopts nothing"
        form = {"version": newer.version, "carries": [own.pk]}
        assert visit("label_grid:read", "alpha", form=form).status_code == 302
        assert grid_of(alpha) == newer and additions_of(alpha, newer).count() == 1
        assert GridAdoption.objects.first().adopted_by == coordinator
        (entry,) = JournalEntry.objects.filter(action="labelling.adopt")
        assert entry.territory == alpha and entry.user == coordinator
        assert "version 2026-2 choisie (avant : 2026-1)" in entry.message

    def test_twice_is_once_and_another_version_than_the_one_read_is_not_adopted(
        self, visit, coordinator, alpha, grid, newer
    ):
        visit("label_grid:read", "alpha", form={"version": "2026-1"})
        visit("label_grid:read", "alpha", form={"version": ""})
        assert grid_of(alpha) == grid
        for _time in range(2):
            visit("label_grid:read", "alpha", form={"version": newer.version})
        assert GridAdoption.objects.filter(territory=alpha, grid=newer).count() == 1
        assert "la plus récente" in visit("label_grid:read", "alpha").content.decode()

    @pytest.mark.parametrize("role", ["editor", "label-reviewer"])
    def test_only_whoever_coordinates_there_may(self, client, visit, alpha, beta, newer, role):
        for user in (make_member(alpha, role), make_member(beta)):
            client.force_login(user)
            form = {"version": newer.version}
            assert visit("label_grid:read", "alpha").status_code == 404
            assert visit("label_grid:read", "alpha", form=form).status_code == 404
        assert grid_of(alpha) != newer


def by_name(criteria):
    return {("key", one.key) if one.key else ("name", one.name): one for one in criteria}


@settings(max_examples=40)
@given(*[st.lists(in_french, max_size=4).map(without_twins)] * 2)
def test_the_difference_applied_to_one_version_gives_the_other(before, after):
    made, after = by_name(before), by_name(after)
    changes = difference(list(made.values()), after.values())
    for one in changes.removed:
        made = {name: known for name, known in made.items() if known != one}
    for change in changes.changed:
        (name,) = by_name([change.before])
        said = {one.field: getattr(change.after, one.field) for one in change.fields}
        made[name] = replace(made[name], **said)
    made |= by_name(changes.added)
    assert made == after


def test_what_is_in_force_is_asked_in_two_queries(alpha, own, django_assert_num_queries):
    with django_assert_num_queries(2):
        criteria_for(alpha, grid_of(alpha))
