"""An import that stops, starts again, is only asked about, or is not wanted."""

from io import StringIO

import pytest
from archive_tools import (
    bring_in,
    changed,
    contents,
    erase,
    every_row,
    export,
    make_rich_territory,
    prepare,
)
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from factories import make_content_page, make_territory
from wagtail.images.models import Image

from agenda.models import EventPage
from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid
from territories.archive.applying import carry_out
from territories.archive.checking import check_archive
from territories.archive.planning import plan_import
from territories.archive.reading import BadArchive, open_archive
from territories.models import ContentPage, JournalEntry, Territory, TerritoryImport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def archive(tmp_path):
    alpha = make_rich_territory("alpha")
    export(alpha, tmp_path / "alpha.zip")
    return tmp_path / "alpha.zip"


def run(*arguments, **options):
    written = StringIO()
    call_command("import_territory", *map(str, arguments), stdout=written, **options)
    return written.getvalue()


def elsewhere(archive, **options):
    return run(archive, slug="gamma", hostname="gamma.localhost", **options)


class PowerCut(BaseException):
    pass


def stop_after(archive, steps, **answers):
    """Import until so many batches are in, then pull the plug."""
    with open_archive(archive) as opened:
        going = carry_out(plan_import(opened, check_archive(opened).types, **answers))
        for _step in range(steps):
            next(going)
        with pytest.raises(PowerCut):
            going.throw(PowerCut)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("territories.archive.applying.MEDIA_AT_ONCE", 1)
    monkeypatch.setattr("territories.archive.applying.ROWS_AT_ONCE", 20)


def test_interrupted_anywhere_it_goes_on_and_ends_the_same(
    archive, client, tmp_path, settings, small_batches
):
    before = contents(archive)
    erase(Territory.objects.get())
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    for steps in (1, 2, 1, 2, 1):
        stop_after(archive, steps)
        territory = Territory.objects.get()
        assert territory.archived_on, "half a territory is shown to nobody"
        answer = client.get("/", headers={"host": "alpha.localhost"})
        assert answer.status_code == 410
    assert "reprend là où il s’était arrêté" in run(archive)
    assert client.get("/", headers={"host": "alpha.localhost"}).status_code == 200
    export(Territory.objects.get(), tmp_path / "again.zip")
    assert contents(tmp_path / "again.zip") == before
    assert TerritoryImport.objects.get().made == {}


def test_a_batch_that_fails_leaves_no_row_and_no_file(archive, monkeypatch):
    before = every_row()
    files = len(default_storage.listdir("original_images")[1])

    def fail(self):
        raise OSError("disque plein")

    monkeypatch.setattr(Image, "_set_image_file_metadata", fail)
    with pytest.raises(OSError, match="disque plein"):
        bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert not changed(before, every_row())
    assert Image.objects.filter(collection__name="gamma").count() == 0
    assert len(default_storage.listdir("original_images")[1]) == files
    monkeypatch.undo()
    bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert Image.objects.filter(collection__name="gamma").count() == 2


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(archive):
    before = every_row()
    said = elsewhere(archive, dry_run=True)
    assert "Grand Alpha (gamma, gamma.localhost)" in said and "pages" in said
    assert "clés de traduction servent déjà ici" in said
    assert every_row() == before
    assert not Territory.objects.filter(slug="gamma").exists()


def test_an_import_never_overwrites_a_territory(archive):
    before = every_row()
    with pytest.raises(CommandError, match="existe déjà : un import n’écrase rien"):
        run(archive)
    make_territory("gamma")
    with pytest.raises(CommandError, match="existe déjà"):
        elsewhere(archive)
    assert not changed(before, every_row())


def test_one_that_was_imported_whole_is_not_imported_again(archive):
    said = elsewhere(archive)
    assert "Grand Alpha : importé" in said and "leur contenu" in said
    journal = JournalEntry.objects.filter(territory__slug="gamma").values_list("action", flat=True)
    assert "territories.import" in journal and "territories.reopen" not in journal
    page = ContentPage.objects.get(territory__slug="gamma", slug="premiere")
    page.title = "Changée depuis"
    page.save()
    with pytest.raises(CommandError, match="a déjà été importée en entier"):
        elsewhere(archive)
    page.refresh_from_db()
    assert page.title == "Changée depuis"


def test_another_archive_does_not_go_on_with_the_first_ones_import(archive, tmp_path):
    stop_after(archive, 2, slug="gamma", hostname="gamma.localhost")
    make_content_page(Territory.objects.get(slug="alpha"), title="Nouvelle")
    export(Territory.objects.get(slug="alpha"), tmp_path / "later.zip")
    with pytest.raises(CommandError, match="existe déjà"):
        elsewhere(tmp_path / "later.zip")
    assert "reprend" in elsewhere(archive)


def test_the_address_of_somebody_else_is_refused(archive):
    make_territory("beta")
    with pytest.raises(BadArchive, match="déjà prise"):
        prepare(archive, slug="gamma", hostname="beta.localhost")
    with pytest.raises(BadArchive, match="déjà prise"):
        prepare(archive, slug="gamma")


def test_what_could_not_be_restored_is_said(archive):
    alpha = Territory.objects.get()
    grid = CriteriaGrid.objects.current()
    event = EventPage.objects.records().get(territory=alpha)
    grant_label(page=event, grid=grid, criteria=grid.criteria.all())
    export(alpha, archive)
    said = elsewhere(archive)
    # A label has one number, and the event it was given to keeps it.
    assert "labelling.labels : 0 sur 1" in said


def test_an_archived_territory_comes_back_archived(archive):
    call_command("archive_territory", "alpha", stdout=StringIO())
    alpha = Territory.objects.get()
    export(alpha, archive)
    territory, _plan = bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert territory.archived_on == alpha.archived_on
