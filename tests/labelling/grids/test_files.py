"""A grid leaves as a file and comes back the same; a file that is wrong says all of it at once."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from grid_strategies import GOOD, SMALL, grids
from hypothesis import HealthCheck, given, settings

from labelling.grids.files import file_of, in_order, write_grid
from labelling.grids.importing import make_grid, plan_grid
from labelling.grids.reading import BadGrid, read_grid
from labelling.grids.words import CRITERION_WORDS, OTHER_LANGUAGES
from labelling.loading import GRID_FILES
from labelling.models import CriteriaGrid

pytestmark = pytest.mark.django_db


@settings(max_examples=30)
@given(grids)
def test_every_grid_is_read_as_it_was_written(file):
    assert read_grid(write_grid(file).encode()) == file
    assert read_grid(write_grid(file).replace("\n", "\r\n").encode("utf-8-sig")) == file


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grids)
def test_every_grid_that_is_stored_comes_out_the_same(django_db_blocker, file):
    CriteriaGrid.objects.filter(version=file.version).delete()
    made = make_grid(file=file)
    for one in made.criteria.all():
        one.full_clean()
    assert file_of(made) == in_order(file)
    assert plan_grid(write_grid(file).encode()).is_new is False
    made.delete()


def test_the_first_grid_is_whole_in_every_language_and_is_its_own_file(grid):
    (path,) = GRID_FILES
    assert write_grid(file_of(grid)) == path.read_text(encoding="utf-8")
    for criterion in grid.criteria.all():
        for code in OTHER_LANGUAGES:
            french = [name for name in CRITERION_WORDS if getattr(criterion, name)]
            assert set(criterion.translations[code]) == set(french)
            there = criterion.translations[code].get("examples", "")
            assert len(there.splitlines()) == len(criterion.example_list)


def test_a_grid_that_was_loaded_without_languages_is_given_them_and_nothing_else(grid):
    from labelling.loading import load_grid

    changed, emptied, *_others = grid.criteria.all()
    grid.criteria.update(translations={})
    type(changed).objects.filter(pk=changed.pk).update(question="Autre chose ?")
    type(changed).objects.filter(pk=emptied.pk).update(translations={"en": {}, "ar": {}})
    CriteriaGrid.objects.update(translations={})
    assert load_grid(GRID_FILES[0]) is False
    grid.refresh_from_db()
    assert grid.translations["en"]["name"] == "The Cité de l’emploi criteria"
    found = {one.pk: one for one in grid.criteria.all()}
    assert found[changed.pk].question == "Autre chose ?"
    assert found[changed.pk].translations == {}, "its words say what French said before"
    assert found[emptied.pk].translations == {"en": {}, "ar": {}}
    filled = [one for one in found.values() if one.pk not in {changed.pk, emptied.pk}]
    assert all(one.translations["ar"]["name"] for one in filled)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("format = 1", "format = 2", "« format = 1 »"),
        ("format = 1\n", "", "« format = 1 »"),
        ('version = "2027-1"', 'version = "é t é"', "Grille, « version » : Des lettres"),
        ('name = "Suivante"', "", "Grille, « name » : ce texte manque."),
        ("2027-01-01", '"bientôt"', "Grille, « published_on » : écrivez un jour"),
        ("2027-01-01", "2027-01-01T10:00:00", "Grille, « published_on » : écrivez un jour"),
        ('kind = "optional"', 'kind = "utile"', "2e position, « kind » : écrivez « mandatory »"),
        ("number = 2", 'number = "deux"', "« number » : écrivez un nombre"),
        ("number = 2", "number = true", "« number » : écrivez un nombre"),
        ("number = 2", "number = 99999", "« number » : écrivez un nombre"),
        ('key = "access"', 'key = "à part"', "obligatoire n° 1, « key » : des lettres"),
        ('name = "Petit"', 'name = " "', "facultatif n° 2, « name » : ce texte manque."),
        ('name = "Petit"', f'name = "{"x" * 151}"', "facultatif n° 2, « name » : trop long : 150"),
        (
            'name = "Petit"',
            'name = "a\\u0000b"',
            "« name » : ce texte contient un signe invisible.",
        ),
        ('name = "Petit"', "name = 3", "facultatif n° 2, « name » : écrivez un texte"),
        ('name = "Petit"', 'name = "P"\nhelpp = "x"', "« helpp » : ce nom n’est pas connu."),
        ('name = "Petit"', 'name = "P"\nexamples = "x"', "« examples » : écrivez une liste"),
        ('name = "Petit"', 'name = "P"\nexamples = ["a\\nb"]', "un exemple tient sur une ligne."),
        ('kind = "optional"\nnumber = 2', 'kind = "mandatory"\nnumber = 1', "sert plusieurs fois."),
        ("number = 2\n", 'number = 2\nkey = "access"\n', "« access » sert plusieurs fois."),
        (
            'question = "Petit ?"',
            'question = "?"\n[criterion.translations.de]\nname = "Klein"',
            "facultatif n° 2, « de » : langue inconnue. Connues : en, ar.",
        ),
        (
            'question = "Petit ?"',
            'question = "?"\n[criterion.translations.en]\nname = 3',
            "Critère facultatif n° 2 [en], « name » : écrivez un texte",
        ),
        ("[[criterion]]", "[criteria]", "n’est pas du TOML"),
        ('name = "Suivante"', 'name = "Suivante', "n’est pas du TOML"),
        (GOOD[GOOD.index("[[criterion]]") :], "", "Il faut au moins un critère"),
    ],
)
def test_what_is_wrong_is_said_by_criterion_and_field(before, after, sentence):
    assert before in GOOD
    with pytest.raises(BadGrid) as refused:
        plan_grid(GOOD.replace(before, after).encode())
    assert sentence in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"x" * 600_000, b"format = 1", b"[" * 9000])
def test_what_is_no_grid_is_refused_in_a_sentence(content):
    with pytest.raises(BadGrid, match=r"[.»]$"):
        read_grid(content)


def test_all_that_is_wrong_is_said_at_once():
    wrong = GOOD.replace('name = "Petit"', "").replace('"Facile ?"', '""')
    with pytest.raises(BadGrid) as refused:
        read_grid(wrong.encode())
    assert len(refused.value.sentences) == 2


class TestCommands:
    @pytest.fixture
    def path(self, tmp_path):
        found = tmp_path / "grid.toml"
        found.write_text(GOOD, encoding="utf-8")
        return found

    def run(self, *arguments):
        out = StringIO()
        call_command(*map(str, arguments), stdout=out)
        return out.getvalue()

    def test_a_dry_run_prints_the_plan_and_writes_nothing(self, path):
        said = self.run("import_grid", path, "--dry-run")
        assert "Suivante (2027-1)" in said and "Critères obligatoires : 1. Facultatifs : 1." in said
        assert not CriteriaGrid.objects.filter(version="2027-1").exists()

    def test_a_grid_is_imported_exported_and_twice_is_once(self, path):
        assert "est là" in self.run("import_grid", path)
        assert self.run("export_grid", "2027-1") == GOOD
        assert "rien à faire" in self.run("import_grid", path)
        assert CriteriaGrid.objects.filter(version="2027-1").count() == 1

    def test_a_version_that_is_there_is_never_overwritten(self, path, grid):
        path.write_text(write_grid(replace(SMALL, version=grid.version)), encoding="utf-8")
        before = file_of(grid)
        with pytest.raises(CommandError, match="existe déjà ici"):
            self.run("import_grid", path)
        assert file_of(CriteriaGrid.objects.get(pk=grid.pk)) == before

    def test_what_is_not_there_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="Version inconnue : 1999"):
            self.run("export_grid", "1999")
        with pytest.raises(CommandError, match="absent"):
            self.run("import_grid", tmp_path / "absent.toml")
