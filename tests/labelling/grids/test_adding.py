"""What a territory adds is optional by every way in, its own alone, and frozen once it was used."""

import json
from datetime import date

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError
from factories import make_member

from labelling.applying.beginning import begin_application
from labelling.archive import PARTS
from labelling.grids.adding import (
    additions_of,
    grid_of_additions,
    keep_addition,
    new_addition,
    remove_addition,
)
from labelling.grids.adopting import adopt_grid, criteria_for, grid_of
from labelling.labels.granting import check_criteria, grant_label
from labelling.models import Answer, CriteriaGrid, Criterion
from territories.models import JournalEntry

pytestmark = pytest.mark.django_db

PART = {part.name: part for part in PARTS}
FORM = {"name": "Vélo", "question": "Y va-t-on à vélo ?", "help_text": "Un abri, des places."}


def still_demands_it_all(territory, grid) -> bool:
    """Without any one of the shared mandatory criteria, and with all the rest, no label."""
    known = criteria_for(territory, grid)
    demanded = list(grid.criteria.filter(kind="mandatory"))
    assert [one for one in known if one.kind == "mandatory"] == demanded and len(demanded) == 4
    for missing in demanded:
        with pytest.raises(ValidationError, match="Il manque"):
            check_criteria(grid, [one for one in known if one != missing], territory=territory)
    check_criteria(grid, demanded, territory=territory)
    return True


def by_the_form(visit, alpha, grid, said):
    visit("label_grid:add", "alpha", form=FORM | said)


def by_the_form_of_another(visit, alpha, grid, said):
    """A criterion of the shared grid, by the address that changes one's own."""
    shared = grid.criteria.first()
    form = FORM | said
    assert visit("label_grid:change", "alpha", shared.pk, form=form).status_code == 404
    assert visit("label_grid:delete", "alpha", shared.pk, form={}).status_code == 404


def by_the_editor_of_grids(visit, alpha, grid, said):
    own = grid_of_additions(alpha, grid)
    for pk in (grid.pk, own.pk):
        for view in ("edit", "delete"):
            visit(f"wagtailsnippets_labelling_criteriagrid:{view}", pk, form=FORM | said)


def by_a_file(visit, alpha, grid, said):
    content = f'format = 1\nversion = "{grid.version}"\nname = "x"\n[[criterion]]\n'
    visit("criteria_grids:import", form={"content": content})


def by_an_archive(visit, alpha, grid, said):
    row = {"completes": grid.version, "number": 3, "problem": "", "examples": "", "evidence": ""}
    PART["grid_additions"].restore(alpha, [{**row, **FORM, **said}])


def by_carrying(visit, alpha, grid, said):
    adopt_grid(territory=alpha, grid=make_newer(grid), carries=grid.criteria.all())


def by_the_model(visit, alpha, grid, said):
    criterion = new_addition(alpha, grid)
    for name, value in (FORM | said).items():
        setattr(criterion, name, value)
    keep_addition(criterion=criterion)


def by_the_database(visit, alpha, grid, said):
    Criterion.objects.create(grid=grid_of_additions(alpha, grid), **{"number": 7, **FORM, **said})


def make_newer(grid):
    newer = CriteriaGrid.objects.create(
        name="Suivante", version="2026-2", published_on=date(2026, 2, 1)
    )
    for criterion in grid.criteria.all():
        criterion.pk, criterion.grid = None, newer
        criterion.save()
    return newer


@pytest.mark.parametrize(
    "said",
    [{"kind": "mandatory"}, {"kind": "mandatory", "number": 1, "key": "access"}],
    ids=["mandatory", "instead of the first"],
)
def test_by_no_way_in_does_a_territory_weaken_or_demand_anything(
    visit, coordinator, alpha, beta, grid, said
):
    ways = (
        *(by_the_form, by_the_form_of_another, by_the_editor_of_grids, by_a_file),
        *(by_an_archive, by_the_model, by_the_database, by_carrying),
    )
    shared = list(Criterion.objects.filter(grid=grid).order_by("pk").values())
    for way in ways:
        way(visit, alpha, grid, said)
        assert list(Criterion.objects.filter(grid=grid).order_by("pk").values()) == shared, way
        assert still_demands_it_all(alpha, grid_of(alpha)), way
    assert still_demands_it_all(beta, grid)
    kept = {one.name for one in criteria_for(alpha, grid) if one.is_own}
    assert kept == {"Vélo"}, "they came in, as optional ones"


def test_the_model_refuses_an_addition_that_is_mandatory(alpha, grid, own):
    own.kind = "mandatory"
    with pytest.raises(ValidationError, match="toujours facultatif"):
        own.full_clean()


def test_a_coordinator_adds_changes_and_removes_a_criterion_and_the_journal_says_so(
    visit, coordinator, alpha, grid
):
    page = visit("label_grid:add", "alpha").content.decode()
    assert "English" in page and "العربية" in page and "kind" not in page
    assert visit("label_grid:add", "alpha", form={"name": "Vélo"}).status_code == 200
    assert not additions_of(alpha, grid)
    words = {"name_en": "Bike", "examples": " un \n\n deux "}
    assert visit("label_grid:add", "alpha", form=FORM | words).status_code == 302
    (own,) = additions_of(alpha, grid)
    assert own.example_list == ["un", "deux"] and own.translations["en"]["name"] == "Bike"
    assert visit("label_grid:change", "alpha", own.pk, form=FORM | {"name": "Train"}).url
    own.refresh_from_db()
    assert (own.name, own.number, own.kind) == ("Train", 1, "optional")
    assert visit("label_grid:delete", "alpha", own.pk).status_code == 200
    assert additions_of(alpha, grid).exists(), "asking deletes nothing"
    visit("label_grid:delete", "alpha", own.pk, form={})
    assert not additions_of(alpha, grid)
    said = [one.message for one in JournalEntry.objects.filter(territory=alpha).order_by("pk")]
    assert [one for one in said if "Critère du label" in one] == [
        "Critère du label ajouté : Vélo",
        "Critère du label changé : Train",
        "Critère du label supprimé : Train",
    ]


@pytest.mark.parametrize("use", ["answered", "checked"])
def test_an_addition_that_was_used_is_frozen_and_the_others_are_not(
    visit, coordinator, alpha, grid, mandatory, own, use
):
    if use == "answered":
        begun = begin_application(territory=alpha, subject="event", title="Forum", language="fr")
        Answer.objects.create(application=begun, criterion=own)
    else:
        grant_label(page=make_event(alpha), grid=grid, criteria=[*mandatory, own])
    for view, form in (("change", FORM), ("delete", {}), ("change", None), ("delete", None)):
        answer = visit(f"label_grid:{view}", "alpha", own.pk, form=form)
        assert answer.url.endswith("/alpha/"), (view, form)
        html = visit("label_grid:read", "alpha").content.decode()
        assert "il ne change plus" in html and "A déjà servi" in html
    (kept,) = additions_of(alpha, grid)
    assert kept.name == own.name
    own.name = "Autre"
    for write in (keep_addition, remove_addition):
        with pytest.raises(ValidationError, match="il ne change plus"):
            write(criterion=own)
    assert visit("label_grid:add", "alpha", form=FORM).status_code == 302
    other = additions_of(alpha, grid).last()
    assert visit("label_grid:delete", "alpha", other.pk, form={}).status_code == 302
    assert additions_of(alpha, grid).count() == 1


def test_a_stranger_neither_reads_nor_writes_them(client, visit, beta, alpha, own):
    client.force_login(make_member(beta))
    for owner, status in (("alpha", 404), ("beta", 404)):
        for view in ("change", "delete"):
            for form in (None, FORM):
                answer = visit(f"label_grid:{view}", owner, own.pk, form=form)
                assert answer.status_code == status, (owner, view)
    inspect = "wagtailsnippets_labelling_criteriagrid:inspect"
    assert visit(inspect, own.grid_id).status_code == 404
    assert own.name not in visit("label_grid:read", "beta").content.decode()
    own.refresh_from_db()
    assert own.name == "Tout près"


def test_what_was_adopted_and_added_travels_and_twice_is_once(alpha, beta, grid, newer, own):
    adopt_grid(territory=alpha, grid=newer, carries=[own])
    names = ("grid_adoptions", "grid_additions")

    def archived(territory):
        return json.loads(json.dumps({name: list(PART[name].export(territory)) for name in names}))

    before = archived(alpha)
    assert [row["grid"] for row in before["grid_adoptions"]] == ["2026-1", "2026-2"]
    assert [row["completes"] for row in before["grid_additions"]] == ["2026-1", "2026-2"]
    assert archived(beta)["grid_additions"] == []
    assert [PART[name].erase(alpha) for name in reversed(names)] == [2, 2]
    assert not CriteriaGrid.with_additions.filter(territory=alpha).exists()
    for _time in range(2):
        for name in names:
            PART[name].restore(alpha, before[name])
    assert archived(alpha) == before and grid_of(alpha) == newer
    PART["grid_adoptions"].restore(beta, [{**before["grid_adoptions"][0], "grid": "inconnue"}])
    assert grid_of(beta) == grid, "a version that is not here is left out"


def test_an_archive_brings_nothing_that_no_form_lets_through(alpha, grid):
    row = {"completes": grid.version, "problem": "", "help_text": "", "evidence": ""}
    good = {**row, "number": 1, "name": "Bon", "question": "?", "examples": ""}
    bad = [
        {**good, "number": 2, "name": ""},
        {**good, "number": 3, "question": "x" * 201},
        {**good, "number": 4, "translations": ["x"]},
    ]
    PART["grid_additions"].restore(alpha, [good, *bad])
    kept = {one.number: one.translations for one in additions_of(alpha, grid)}
    assert kept == {1: {}, 4: {}}
