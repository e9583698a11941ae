"""The national team translates, exports and imports grids; others read the shared ones."""

import pytest
from agenda_factories import make_event
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from factories import make_member
from grid_strategies import GOOD

from labelling.grids.files import file_of, write_grid
from labelling.models import CriteriaGrid
from territories.models import JournalEntry

pytestmark = pytest.mark.django_db

SNIPPET = "wagtailsnippets_labelling_criteriagrid"


@pytest.fixture
def national(client, django_user_model):
    user = django_user_model.objects.create_superuser("nationale", password="secret")
    client.force_login(user)
    return user


def words_of(grid, language):
    """The form of a language, as it would be posted."""
    return {
        f"criterion-{one.pk}-{name}": text
        for one in grid.criteria.all()
        for name, text in one.translations.get(language, {}).items()
    } | {f"grid-{name}": text for name, text in grid.translations.get(language, {}).items()}


def test_a_language_is_changed_on_its_own_page_even_of_a_grid_that_served(
    visit, national, grid, alpha, give
):
    give(make_event(alpha))
    page = visit("criteria_grids:words", grid.pk, "en").content.decode()
    first = grid.criteria.first()
    assert first.question in page and first.translations["en"]["question"] in page
    french = list(grid.criteria.order_by("pk").values_list("name", "question", "kind"))
    form = words_of(grid, "en") | {f"criterion-{first.pk}-question": "Can you come?"}
    assert visit("criteria_grids:words", grid.pk, "en", form=form).status_code == 302
    first.refresh_from_db()
    assert first.translations["en"]["question"] == "Can you come?"
    assert first.translations["ar"]["name"], "the other language is left alone"
    assert list(grid.criteria.order_by("pk").values_list("name", "question", "kind")) == french
    assert JournalEntry.objects.filter(action="labelling.translate_grid").count() == 1
    assert visit("criteria_grids:words", grid.pk, "de").status_code == 404
    assert visit("criteria_grids:words", grid.pk, "fr").status_code == 404


def test_what_is_said_by_half_is_shown_in_french_and_said_so(visit, national, grid, alpha, get):
    first = grid.criteria.get(key="access")
    form = words_of(grid, "en") | {f"criterion-{first.pk}-help_text": ""}
    answer = visit("criteria_grids:words", grid.pk, "en", form=form)
    assert answer.status_code == 302
    html = visit("criteria_grids:words", grid.pk, "en").content.decode()
    assert "Pas encore dits en entier" in html and first.name in html
    html = get("/en/label/")
    assert f'<bdi lang="fr">{first.name}</bdi>' in html and "Easy to reach" not in html
    assert "Made together" in html


def test_a_file_is_checked_then_imported_and_comes_out_as_it_went_in(visit, national):
    sent = SimpleUploadedFile("grid.toml", GOOD.encode())
    checked = visit("criteria_grids:import", form={"file": sent})
    assert "Suivante (2027-1)" in checked.content.decode()
    assert not CriteriaGrid.objects.filter(version="2027-1").exists(), "checking imports nothing"
    visit("criteria_grids:import", form={"content": checked.context["content"]})
    made = CriteriaGrid.objects.get(version="2027-1")
    exported = visit("criteria_grids:export", made.pk)
    assert exported.content.decode() == GOOD == write_grid(file_of(made))
    assert exported["Content-Disposition"] == 'attachment; filename="grille-2027-1.toml"'
    assert JournalEntry.objects.filter(action="labelling.import_grid").count() == 1
    again = visit("criteria_grids:import", form={"content": GOOD})
    assert again.status_code == 302 and CriteriaGrid.objects.filter(version="2027-1").count() == 1


@pytest.mark.parametrize("content", ["", "x", "\x00", GOOD.replace("optional", "utile")])
def test_a_file_that_is_wrong_is_refused_in_a_sentence(visit, national, content):
    answer = visit("criteria_grids:import", form={"content": content})
    assert answer.status_code == 400 and "Rien n’est importé" in answer.content.decode()
    sent = SimpleUploadedFile("grid.toml", b"\xff" + content.encode())
    assert visit("criteria_grids:import", form={"file": sent}).status_code == 400
    assert visit("criteria_grids:import", form={}).status_code == 200


def test_a_grid_that_a_territory_adopted_is_not_deleted(visit, national, alpha, grid):
    answer = visit(f"{SNIPPET}:delete", grid.pk, form={})
    assert answer.url == reverse(f"{SNIPPET}:list")
    assert "Un territoire a choisi" in visit(f"{SNIPPET}:list").content.decode()
    assert CriteriaGrid.objects.filter(pk=grid.pk).exists()


@pytest.mark.parametrize("role", ["coordinator", "editor", "label-reviewer"])
def test_others_take_the_file_away_and_neither_translate_nor_import(
    client, visit, alpha, grid, own, role
):
    client.force_login(make_member(alpha, role))
    assert visit("criteria_grids:export", grid.pk).status_code == 200
    assert visit("criteria_grids:export", own.grid_id).status_code == 404, "no grid of the team's"
    for name, arguments in (("words", (grid.pk, "en")), ("import", ())):
        for form in (None, {"content": GOOD}):
            assert visit(f"criteria_grids:{name}", *arguments, form=form).status_code == 302
    assert not CriteriaGrid.objects.filter(version="2027-1").exists()
    page = visit(f"{SNIPPET}:inspect", grid.pk).content.decode()
    assert reverse("criteria_grids:export", args=[grid.pk]) in page
    assert reverse("criteria_grids:words", args=[grid.pk, "en"]) not in page


def test_the_menu_leads_the_coordination_to_its_grid_and_nobody_else(client, visit, alpha, beta):
    for user, is_shown in ((make_member(alpha), True), (make_member(alpha, "editor"), False)):
        client.force_login(user)
        html = visit("wagtailadmin_home").content.decode()
        assert (reverse("label_grid:index") in html) is is_shown
        assert (visit("label_grid:index").status_code == 302) is True
