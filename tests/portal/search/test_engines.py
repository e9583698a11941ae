"""One contract, every engine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search.engines import Reading, engine
from portal.search.engines.postgres import PostgresEngine
from portal.search.engines.sql import SqlEngine
from portal.search.engines.sqlite import SqliteEngine
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from portal.search.wording.places import forget_places
from territories.models import Territory
from territories.plugins.switching import switch_on
from tests.factories import make_territory
from tests.portal.search.documents import make_document, make_documents, titles

pytestmark = pytest.mark.django_db


class TestWords:
    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Les ateliers du mercredi", "atelier"),
            ("Un atelier CV", "ATELIERS"),
            ("L’école de la deuxième chance", "ecole"),
            ("École de conduite", "l’école"),
            ("Nos conseillères vous reçoivent", "conseiller"),
            ("Parler à un conseiller", "conseillère"),
            ("Se former", "former"),
            ("Toutes les formations", "formation"),
            ("Main-d’œuvre", "oeuvre"),
            ("Auto-école solidaire", "auto ecole"),
            ("Droits à la C.A.F.", "caf"),
            ("Faire un CV", "cv"),
        ],
    )
    def test_forms_accents_and_elisions_meet(self, found_by, written, asked):
        make_document(None, written, put_in=found_by)
        make_document(None, "Autre chose", put_in=found_by)
        assert titles(found_by, asked) == [written]

    def test_words_of_every_field_are_found(self, found_by):
        make_document(None, "Titre", summary="résumé", body="le texte", put_in=found_by)
        make_document(None, "Autre", words="se déplacer", place="Lormont", put_in=found_by)
        for word, expected in (("résumé", "Titre"), ("texte", "Titre"), ("Lormont", "Autre")):
            assert titles(found_by, word) == [expected]
        assert titles(found_by, "se déplacer") == ["Autre"]

    def test_every_word_is_wanted_first(self, found_by):
        make_document(None, "Permis de conduire", put_in=found_by)
        make_document(None, "Permis de séjour", put_in=found_by)
        assert titles(found_by, "permis séjour") == ["Permis de séjour"]
        assert found_by.search(Asked("permis séjour"), 0, 20).reading is Reading.ALL

    def test_any_word_is_enough_when_nothing_has_them_all_and_it_is_said(self, found_by):
        make_document(None, "Permis de conduire", put_in=found_by)
        make_document(None, "Garde d’enfants", put_in=found_by)
        found = found_by.search(Asked("permis enfants"), 0, 20)
        assert found.total == 2 and found.reading is Reading.ANY

    def test_an_unfinished_last_word_is_found_when_nothing_else_is(self, found_by):
        make_document(None, "Atelier de couture", put_in=found_by)
        found = found_by.search(Asked("atelier cou"), 0, 20)
        assert found.total == 1 and found.reading is Reading.BEGINNING

    def test_nothing_is_found_for_what_nobody_wrote(self, found_by):
        make_document(None, "Permis", put_in=found_by)
        found = found_by.search(Asked("xylophone"), 0, 20)
        assert (found.total, list(found.ids), dict(found.facets)) == (0, [], {})

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Accompagnement vers l’emploi", "boulot"),
            ("Accompagnement vers l’emploi", "boulo pour moi"),
            ("Garde d’enfants", "faire garder mon petit"),
            ("Agence France Travail", "pôle emploi"),
            ("Permis de conduire", "permi de condiure"),
            ("Auto-école solidaire", "autoecole"),
            ("Emploi des jeunes", "anploi"),
            ("Aide aux démarches", "papiers"),
        ],
    )
    def test_what_residents_say_finds_what_institutions_write(self, found_by, written, asked):
        make_document(None, written, put_in=found_by)
        make_document(None, "Autre chose", put_in=found_by)
        assert titles(found_by, asked) == [written]

    def test_the_words_themselves_stand_above_what_says_the_same(self, found_by):
        make_document(None, "A : emploi", put_in=found_by)
        make_document(None, "B : boulot", put_in=found_by)
        assert titles(found_by, "boulot") == ["B : boulot", "A : emploi"]

    def test_no_word_inside_a_protected_name_stands_for_another(self, found_by):
        make_document(None, "Permis de conduire", put_in=found_by)
        make_document(None, "Permis de séjour", put_in=found_by)
        assert titles(found_by, "permis de séjour") == ["Permis de séjour"]

    def test_of_a_long_question_what_answers_one_word_is_left_out(self, found_by):
        make_document(None, "Garde d’enfants le soir", put_in=found_by)
        make_document(None, "Le soir du marché", put_in=found_by)
        question = "je travaille le soir et personne pour garder mes enfants le dimanche soir"
        assert titles(found_by, question) == ["Garde d’enfants le soir"]

    def test_what_answers_all_in_its_body_stays_beside_what_answers_some_in_its_title(
        self, found_by
    ):
        make_document(None, "Une fiche", body="Un permis, puis la voiture.", put_in=found_by)
        make_document(None, "Le permis", put_in=found_by)
        assert "Une fiche" in titles(found_by, "permis voiture")

    @pytest.mark.parametrize("asked", ["brouxmiz", "kwyjibo", "zzzzzz", "aaaa", "qsdfghjklm"])
    def test_what_is_far_from_every_word_finds_nothing(self, found_by, asked):
        make_document(None, "Permis de conduire, emploi et formation", put_in=found_by)
        assert titles(found_by, asked) == []

    def test_in_a_territory_what_is_looked_for_in_a_place_may_be_next_door(self, found_by):
        alpha = make_territory("alpha", communes=["33249:Lormont"])
        forget_places()
        rows = [{"title": f"Lieu {number}", "place": "Lormont"} for number in range(12)]
        make_documents(alpha, [{**row, "body": "Vos droits."} for row in rows], put_in=found_by)
        make_document(alpha, "Un avocat à Cenon", put_in=found_by)
        found = titles(found_by, "avocat Lormont", alpha)
        assert len(found) == 13 and "Un avocat à Cenon" in found
        if isinstance(found_by, SqlEngine):  # they alone know what is strict
            assert len(titles(found_by, "avocat Lormont", alpha, is_strict=True)) == 12


class TestOrder:
    def test_a_title_counts_more_than_a_text(self, found_by):
        make_document(None, "Autre", body="Le permis est cher.", put_in=found_by)
        make_document(None, "Le permis", body="Autre texte.", put_in=found_by)
        assert titles(found_by, "permis") == ["Le permis", "Autre"]

    def test_what_is_marked_comes_a_little_before(self, found_by):
        make_document(None, "Permis A", put_in=found_by)
        make_document(None, "Permis B", marks=["labelled"], put_in=found_by)
        assert titles(found_by, "permis") == ["Permis B", "Permis A"]

    def test_what_is_for_professionals_comes_below_what_residents_look_for(self, found_by):
        make_document(None, "Permis A", kind="training", marks=["labelled"], put_in=found_by)
        make_document(None, "Permis B", put_in=found_by)
        assert titles(found_by, "permis") == ["Permis B", "Permis A"]

    def test_the_past_is_left_out_or_comes_last(self, found_by):
        now = timezone.now()
        past, soon = now - timedelta(days=3), now + timedelta(days=3)
        make_document(None, "Permis hier", last_date=past, put_in=found_by)
        make_document(None, "Permis bientôt", next_date=soon, last_date=soon, put_in=found_by)
        assert titles(found_by, "permis") == ["Permis bientôt"]
        assert titles(found_by, "permis", with_past=True) == ["Permis bientôt", "Permis hier"]

    def test_what_is_going_on_is_not_past(self, found_by):
        begun = timezone.now() - timedelta(hours=1)
        make_document(None, "Permis", next_date=begun, last_date=begun, put_in=found_by)
        assert titles(found_by, "permis") == ["Permis"]

    def test_without_words_everything_comes_by_date_then_by_title(self, found_by):
        now = timezone.now()
        for title, days in (("Z", 1), ("Y", 2), ("B", None), ("A", None)):
            next_date = now + timedelta(days=days) if days else None
            make_document(None, title, next_date=next_date, put_in=found_by)
        assert titles(found_by, "") == ["Z", "Y", "A", "B"]
        assert titles(found_by, "?!") == ["Z", "Y", "A", "B"]


class TestWhatMayBeFound:
    def test_a_territory_finds_its_own_and_the_portal_finds_all(self, found_by, alpha, beta):
        for territory in (alpha, beta, None):
            make_document(territory, f"Permis {territory or 'portail'}", put_in=found_by)
        assert titles(found_by, "permis", alpha) == ["Permis Alpha"]
        assert titles(found_by, "permis", beta) == ["Permis Beta"]
        assert sorted(titles(found_by, "permis")) == [
            "Permis Alpha",
            "Permis Beta",
            "Permis portail",
        ]
        assert titles(found_by, "", alpha) == ["Permis Alpha"]

    def test_kinds_narrow_and_are_counted_beside_one_another(self, found_by):
        for kind in ("event", "event", "service"):
            make_document(None, f"Permis {kind}", kind=kind, put_in=found_by)
        found = found_by.search(Asked("permis", chosen={"kind": ["service"]}), 0, 20)
        assert found.total == len(found.ids) == 1
        assert found.facets["kind"] == {"event": 2, "service": 1}
        assert found.everything == 3

    def test_a_family_of_themes_holds_its_themes(self, found_by):
        make_document(None, "Permis", themes=["mobilite--permis"], put_in=found_by)
        make_document(None, "Enfants", themes=["famille--garde"], put_in=found_by)
        for theme in ("mobilite", "mobilite--permis"):
            assert titles(found_by, "", chosen={"theme": [theme]}) == ["Permis"]
        assert titles(found_by, "", chosen={"theme": ["mob"]}) == []

    def test_a_record_is_found_once_in_the_language_that_is_read(self, found_by):
        record = make_document(None, "Permis", put_in=found_by)
        make_document(None, "Permis sans traduction", put_in=found_by)
        same = {"language": "en", "translation_key": record.translation_key}
        translated = make_document(None, "The permis", put_in=found_by, **same)
        for question in ("permis", ""):
            there = titles(found_by, question, language="en")
            assert sorted(there) == ["Permis sans traduction", "The permis"]
            assert found_by.search(Asked(question, language="en"), 0, 20).total == 2
            assert sorted(titles(found_by, question)) == ["Permis", "Permis sans traduction"]
        found_by.remove([translated.pk])
        SearchDocument.objects.filter(pk=translated.pk).update(is_withdrawn=True)
        found_by.put(record)
        assert len(titles(found_by, "permis", language="en")) == 2

    def test_a_translation_that_has_expired_stands_for_nothing(self, found_by):
        record = make_document(None, "Permis", put_in=found_by)
        over = {"translation_key": record.translation_key, "expires_at": timezone.now()}
        make_document(None, "The permis", language="en", put_in=found_by, **over)
        assert titles(found_by, "permis", language="en") == ["Permis"]

    def test_what_is_closed_or_expired_is_not_found(self, found_by, alpha, beta):
        switch_on(territory=alpha, plugin="sample_plugin")
        alpha.forget_switches()
        for territory in (alpha, beta):
            title = f"Permis {territory}"
            make_document(territory, title, plugin="sample_plugin", put_in=found_by)
        make_document(beta, "Permis échu", expires_at=timezone.now(), put_in=found_by)
        assert titles(found_by, "permis") == titles(found_by, "permis", alpha) == ["Permis Alpha"]
        assert titles(found_by, "permis", beta) == []
        Territory.objects.filter(pk=alpha.pk).update(archived_on=timezone.localdate())
        assert titles(found_by, "permis") == []

    def test_what_is_withdrawn_is_not_shown_before_the_engine_knows(self, found_by):
        make_document(None, "Permis", put_in=found_by)
        SearchDocument.objects.update(is_withdrawn=True)
        for question in ("permis", ""):
            found = found_by.search(Asked(question), 0, 20)
            assert (found.total, list(found.ids), dict(found.facets)) == (0, [], {})

    def test_slices_follow_one_another(self, found_by):
        make_documents(None, [{"title": f"Permis {n:02}"} for n in range(45)], put_in=found_by)
        pages = [found_by.search(Asked("permis"), start, start + 20) for start in (0, 20, 40, 60)]
        assert [len(page.ids) for page in pages] == [20, 20, 5, 0]
        assert {page.total for page in pages} == {45}
        assert len({pk for page in pages for pk in page.ids}) == 45

    def test_a_slice_of_nothing_is_counted(self, found_by):
        make_documents(
            None, [{"title": f"Permis {number}"} for number in range(3)], put_in=found_by
        )
        for asked in ("permis", "permis xylophone", ""):
            found = found_by.search(Asked(asked, is_counted=False), 0, 0)
            assert (found.total, list(found.ids)) == (3, [])

    def test_a_page_far_past_the_end_is_empty(self, found_by):
        make_document(None, "Permis", put_in=found_by)
        found = found_by.search(Asked("permis"), 10**30, 10**30 + 20)
        assert (found.total, list(found.ids)) == (1, [])


class TestWriting:
    def test_putting_twice_is_putting_once(self, found_by):
        document = make_document(None, "Permis", put_in=found_by)
        document.title = "Voiture"
        document.save()
        found_by.put(document)
        assert titles(found_by, "permis") == []
        assert titles(found_by, "voiture") == ["Voiture"]

    def test_a_word_without_end_keeps_nothing_else_from_being_found(self, found_by):
        make_document(None, "Permis", body=f"{'é' * 19_000} voiture", put_in=found_by)
        assert titles(found_by, "permis voiture") == ["Permis"]

    def test_removing_what_is_there_and_what_is_not(self, found_by):
        document = make_document(None, "Permis", put_in=found_by)
        found_by.remove([document.pk, document.pk + 1])
        found_by.remove([document.pk])
        assert titles(found_by, "permis") == []

    def test_pruning_forgets_what_no_row_stands_for(self, found_by):
        make_document(None, "Permis", put_in=found_by)
        SearchDocument.objects.update(is_withdrawn=True)
        assert found_by.prune() == 1
        assert found_by.prune() == 0


def test_the_database_answers_when_no_address_is_given(settings, monkeypatch):
    settings.SEARCH_URL = ""
    for vendor, kind in (("sqlite", SqliteEngine), ("postgresql", PostgresEngine)):
        with monkeypatch.context() as patch:
            patch.setattr("portal.search.engines.connection.vendor", vendor)
            assert type(engine()) is kind


def test_an_unknown_engine_stops_the_start_with_a_sentence(settings):
    from portal.search.checks import check_search_url

    assert check_search_url(None) == []
    settings.SEARCH_URL = "gopher://somewhere"
    errors = check_search_url(None)
    assert errors[0].id == "portal_search.E001" and "gopher" in errors[0].msg
