"""Each change reaches the documents: what may be found, and what no longer may."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from factories import home_of, make_content_page, make_page
from sample_plugin.models import Pin
from wagtail.models import Locale, Page, PageViewRestriction

from portal.search import indexing, jobs, stale
from portal.search.engines import engine
from portal.search.indexing import index_waiting
from portal.search.models import SearchDocument
from territories.jobs.schedule import run_due_jobs
from territories.models import ContentPage, Term
from territories.plugins.contributions import Finding
from territories.plugins.marks import marks_changed
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(alpha, committed) -> ContentPage:
    with committed():
        return make_content_page(alpha, title="Passer le permis", slug="permis")


@pytest.fixture
def branch(alpha, committed) -> tuple[Page, Page]:
    """A page, and one below it."""
    with committed():
        above = make_content_page(alpha, title="Dossier mobilité", slug="dossier")
        below = make_page(above, ContentPage(title="Passer le permis", slug="permis"))
    return above, below


def translate(page: Page, language: str, title: str) -> Page:
    translation = page.copy_for_translation(
        Locale.objects.get(language_code=language), copy_parents=True
    )
    translation.title, translation.live = title, True
    translation.save()
    return translation


class TestEachSignal:
    def test_publishing(self, page, titles):
        assert titles("permis") == ["Passer le permis"]

    def test_publishing_again(self, page, titles, committed):
        page.title = "Louer une voiture"
        with committed():
            page.save_revision().publish()
        assert titles("permis") == []
        assert titles("voiture") == ["Louer une voiture"]

    def test_saving_without_publishing_a_revision(self, alpha, titles, committed):
        with committed():
            home_of(alpha).add_child(instance=ContentPage(title="Importée", slug="importee"))
        assert titles("importée") == ["Importée"]

    def test_a_draft_changes_nothing(self, page, titles, committed):
        version = SearchDocument.objects.get(page=page).version
        page.title = "Brouillon secret"
        with committed():
            page.save_revision()
        assert SearchDocument.objects.get(page=page).version == version
        assert titles("brouillon") == []

    def test_a_page_never_published_has_no_document(self, alpha, committed):
        with committed():
            page = make_content_page(alpha, title="Brouillon", published=False)
        assert not SearchDocument.objects.filter(page=page).exists()

    def test_unpublishing_and_its_text_is_forgotten(self, page, titles, committed):
        with committed():
            page.unpublish()
        assert titles("permis") == []
        tombstone = SearchDocument.objects.get(page=page)
        assert tombstone.is_withdrawn and tombstone.title == tombstone.body == ""

    def test_unpublishing_hides_before_the_indexer_has_come(self, page, titles):
        page.unpublish()
        assert titles("permis") == []

    def test_deleting_leaves_no_row(self, page, titles, committed):
        with committed():
            page.delete()
        assert titles("permis") == []
        assert not SearchDocument.objects.filter(translation_key=page.translation_key).exists()

    def test_deleting_a_branch(self, branch, titles, committed):
        above, _below = branch
        with committed():
            above.delete()
        assert titles("permis") == []

    def test_deleting_hides_before_the_indexer_has_come(self, branch, titles):
        branch[0].delete()
        assert titles() == []

    def test_moving_a_branch_within_its_territory(self, alpha, branch, committed, client):
        above, _below = branch
        with committed():
            other = make_content_page(alpha, title="Autre", slug="autre")
        with committed():
            above.move(other, pos="last-child")
        assert address(client, "permis") == "http://alpha.localhost/autre/dossier/permis/"

    def test_moving_a_branch_to_another_territory(self, alpha, beta, branch, titles, committed):
        above, _below = branch
        with committed():
            above.move(home_of(beta), pos="last-child")
        assert titles("permis") == []
        assert titles("permis", host="beta.localhost") == ["Passer le permis"]

    def test_a_new_slug_of_an_ancestor(self, branch, committed, client):
        above, _below = branch
        above.slug = "se-deplacer"
        with committed():
            above.save_revision().publish()
        assert address(client, "permis") == "http://alpha.localhost/se-deplacer/permis/"

    def test_privacy_of_an_ancestor_and_its_end(self, branch, titles, committed):
        above, _below = branch
        with committed():
            restriction = PageViewRestriction.objects.create(
                page=above, restriction_type=PageViewRestriction.LOGIN
            )
        assert titles() == []
        assert not SearchDocument.objects.exclude(title="").exists()
        with committed():
            restriction.delete()
        assert titles("permis") == ["Passer le permis"]

    def test_privacy_hides_before_the_indexer_has_come(self, branch, titles):
        PageViewRestriction.objects.create(
            page=branch[0], restriction_type=PageViewRestriction.LOGIN
        )
        assert titles() == []

    def test_a_page_published_in_a_private_branch_is_not_found(self, branch, titles, committed):
        above, below = branch
        with committed():
            PageViewRestriction.objects.create(
                page=above, restriction_type=PageViewRestriction.LOGIN
            )
        with committed():
            below.save_revision().publish()
        assert titles("permis") == []

    def test_expiry_needs_no_signal(self, page, titles, committed):
        page.expire_at = timezone.now() + timedelta(hours=1)
        with committed():
            page.save_revision().publish()
        assert titles("permis") == ["Passer le permis"]
        SearchDocument.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        assert titles("permis") == []

    def test_switching_a_plugin_off_takes_effect_at_once_and_on_again(
        self, alpha, notice, titles, committed
    ):
        assert titles("annonce") == ["Annonces", "Petite annonce"]
        switch_off(territory=alpha, plugin="sample_plugin")
        for host in ("alpha.localhost", "localhost"):
            assert titles("annonce", host=host) == []
        index_waiting()
        assert titles("annonce") == []
        with committed():
            switch_on(territory=alpha, plugin="sample_plugin")
        assert titles("annonce") == ["Annonces", "Petite annonce"]

    def test_a_mark_given_and_taken(self, alpha, notice, committed):
        Pin.objects.create(territory=alpha, page=notice, words="Épinglé")
        with committed():
            marks_changed.send(Pin, pages=[notice.pk])
        document = SearchDocument.objects.get(page=notice)
        assert document.marks == ["pinned"]
        assert document.badges == [{"text": "Épinglé", "icon": "pin", "kind": "", "url": ""}]
        with committed():
            switch_off(territory=alpha, plugin="sample_plugin")
        document.refresh_from_db()
        assert document.marks == []

    def test_a_term_that_is_named_otherwise(self, page, monkeypatch, committed):
        monkeypatch.setattr(
            stale.searchables()[ContentPage].finding,
            "__code__",
            (lambda page, record: Finding("Permis", themes=["mobilite--permis"])).__code__,
        )
        with committed():
            page.save_revision().publish()
        before = SearchDocument.objects.get(page=page).version
        term = Term.objects.create(kind="theme", code="mobilite--permis", label="Permis")
        term.resident_label = "Conduire"
        with committed():
            term.save()
        assert SearchDocument.objects.get(page=page).version > before


def address(client, question: str) -> str:
    response = client.get("/api/v1/search/", {"q": question}, headers={"host": "alpha.localhost"})
    return response.json()["results"][0]["url"]


class TestLanguages:
    def test_english_finds_the_translation_and_what_has_none_in_french(
        self, alpha, page, committed, client
    ):
        with committed():
            translate(page, "en", "Get your driving licence")
            make_content_page(alpha, title="Garder les enfants", slug="enfants")
        html = client.get("/en/recherche/", headers={"host": "alpha.localhost"}).content.decode()
        assert "Get your driving licence" in html and "Passer le permis" not in html
        assert "Garder les enfants" in html and 'lang="fr"' in html
        assert 'href="/en/permis/"' in html

    def test_a_translation_goes_with_its_record(self, page, committed, client):
        with committed():
            translation = translate(page, "en", "Get your driving licence")
        with committed():
            page.unpublish()
        html = client.get("/en/recherche/", headers={"host": "alpha.localhost"}).content.decode()
        assert "Get your driving" not in html
        assert SearchDocument.objects.get(page=translation).is_withdrawn

    def test_an_unpublished_translation_leaves_the_french_text(self, page, committed, client):
        with committed():
            translation = translate(page, "en", "Get your driving licence")
        with committed():
            translation.unpublish()
        html = client.get("/en/recherche/", headers={"host": "alpha.localhost"}).content.decode()
        assert "Passer le permis" in html


class TestQueue:
    def test_a_change_during_indexing_is_not_lost(self, page, monkeypatch, titles):
        read = indexing.Reader.read

        def change_meanwhile(self, row):
            found = read(self, row)
            if Page.objects.get(pk=page.pk).title == "Passer le permis":
                fresh = ContentPage.objects.get(pk=page.pk)
                fresh.title = "Louer une voiture"
                fresh.save()
            return found

        monkeypatch.setattr(indexing.Reader, "read", change_meanwhile)
        page.save()
        index_waiting()
        assert titles() == ["Louer une voiture"]

    def test_an_older_version_never_replaces_a_newer_one(self, page):
        row = SearchDocument.objects.get(page=page)
        SearchDocument.objects.update(version=row.version + 1)
        old = indexing.Reader([row], timezone.now()).read(row)
        old.facts["title"] = "Vieux titre"
        indexing.store(row, old, indexing.engine())
        row.refresh_from_db()
        assert row.title == "Passer le permis" and row.indexed_version < row.version

    def test_what_was_hidden_while_it_was_read_stays_hidden(self, page, titles):
        row = SearchDocument.objects.get(page=page)
        stale.touch(SearchDocument.objects.all())
        row.refresh_from_db()
        found = indexing.Reader([row], timezone.now()).read(row)
        stale.mark_stale(Page.objects.filter(pk=page.pk), hide=True)
        indexing.store(row, found, indexing.engine())
        assert titles() == []

    def test_pages_published_together_need_one_task(self, alpha, settings, committed):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        for _time in range(2):
            with committed():
                for _page in range(3):
                    make_content_page(alpha, title="Page")
        path = stale.index_documents.module_path
        assert DBTaskResult.objects.filter(task_path=path).count() == 1

    def test_a_page_that_cannot_be_read_does_not_hold_up_the_others(
        self, alpha, monkeypatch, caplog, titles
    ):
        read = indexing.Reader.read

        def fail_once(self, row):
            if row.page_id == broken.pk:
                raise RuntimeError("no such thing")
            return read(self, row)

        broken = make_content_page(alpha, title="Cassée")
        make_content_page(alpha, title="Entière")
        monkeypatch.setattr(indexing.Reader, "read", fail_once)
        index_waiting()
        assert titles() == ["Entière"]
        assert str(broken.pk) in caplog.text
        row = SearchDocument.objects.get(page=broken)
        assert row.indexed_version < row.version and row.retry_at > timezone.now()

    def test_publishing_goes_on_when_the_engine_is_down(
        self, alpha, monkeypatch, committed, caplog, titles
    ):
        def down(self, document):
            raise ConnectionError("engine down")

        monkeypatch.setattr(type(engine()), "put", down)
        with committed():
            page = make_content_page(alpha, title="Passer le permis")
        assert page.live and "could not be indexed" in caplog.text
        monkeypatch.undo()
        SearchDocument.objects.update(retry_at=None)
        index_waiting()
        assert "Passer le permis" in titles()

    def test_publishing_goes_on_when_the_task_cannot_be_queued(
        self, alpha, monkeypatch, committed, caplog
    ):
        class Refusing:
            def enqueue(self) -> None:
                raise ConnectionError("no queue")

        monkeypatch.setattr(stale, "index_documents", Refusing())
        with caplog.at_level(logging.ERROR), committed():
            page = make_content_page(alpha, title="Passer le permis")
        assert page.live
        assert SearchDocument.objects.waiting(timezone.now()).filter(page=page).exists()

    def test_publishing_goes_on_when_the_rows_cannot_be_marked(self, alpha, monkeypatch, caplog):
        def refuse(pages):
            SearchDocument.objects.raw("SELECT nothing FROM nowhere")[0]

        monkeypatch.setattr(stale, "add_missing", refuse)
        page = make_content_page(alpha, title="Passer le permis")
        page.refresh_from_db()
        assert page.live and "could not be marked" in caplog.text


class TestJobs:
    def test_the_scheduled_job_indexes_what_waits(self, alpha, titles):
        make_content_page(alpha, title="Passer le permis")
        assert titles("permis") == []
        names = list(run_due_jobs(timezone.now()))
        assert "portal_search.catch-up" in names
        assert titles("permis") == ["Passer le permis"]

    def test_a_date_that_has_passed_is_read_again(self, page):
        past = timezone.now() - timedelta(hours=1)
        SearchDocument.objects.filter(page=page).update(next_date=past, updated_at=past)
        jobs.catch_up()
        assert SearchDocument.objects.get(page=page).next_date is None

    def test_mending_finds_what_no_signal_told(self, page, titles):
        ContentPage.objects.filter(pk=page.pk).update(title="Conduire")
        jobs.mend()
        assert "Conduire" in titles()


class TestRebuild:
    def test_a_dry_run_changes_nothing(self, page, capsys):
        SearchDocument.objects.all().delete()
        call_command("rebuild_search", dry_run=True)
        assert "Pages sans fiche : 1" in capsys.readouterr().out
        assert not SearchDocument.objects.exists()

    def test_rebuilding_makes_every_document_again(self, page, titles, capsys):
        SearchDocument.objects.all().delete()
        assert titles() == []
        call_command("rebuild_search")
        assert titles("permis") == ["Passer le permis"]
        assert "1 / 1" in capsys.readouterr().out

    def test_resuming_reads_only_what_was_left(self, page, capsys):
        stale.touch(SearchDocument.objects.filter(page=page))
        call_command("rebuild_search", resume=True)
        assert "1 fiches à relire" in capsys.readouterr().out
