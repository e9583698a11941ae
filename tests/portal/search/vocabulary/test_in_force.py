"""What is typed is in force in every process within a minute, where it is meant to be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search.models import Synonym
from portal.search.vocabulary import in_force
from portal.search.vocabulary.in_force import Vocabulary, forget_vocabulary
from portal.search.wording.synonyms import national, phrase_of
from territories.archive.parts import erase_parts, export_parts, restore_parts
from tests.portal.search.documents import make_document

pytestmark = pytest.mark.django_db
PART = "portal_search.synonyms"


@pytest.fixture
def clock(monkeypatch):
    """Seconds by the clock of this test."""
    now = [1000.0]
    monkeypatch.setattr(in_force.time, "monotonic", lambda: now[0])
    return now


def means(vocabulary: Vocabulary, said: str) -> list[str]:
    found = vocabulary.synonyms().meanings.get(phrase_of(said), ())
    return [" ".join(phrase) for phrase in found]


class TestTwoProcesses:
    def test_both_see_each_change_within_a_minute(self, clock, alpha, say):
        processes = [Vocabulary(alpha.pk), Vocabulary(alpha.pk)]
        assert [means(one, "gazole") for one in processes] == [[], []]
        synonym = say("gazole", "carburant", territory=alpha)
        clock[0] += 60
        assert [means(one, "gazole") for one in processes] == [["carbur"]] * 2
        Synonym.objects.filter(pk=synonym.pk).update(means="voiture")
        clock[0] += 60
        assert [means(one, "gazole") for one in processes] == [["voitur"]] * 2
        synonym.delete()
        clock[0] += 60
        assert [one.synonyms() for one in processes] == [national()] * 2

    def test_one_that_is_warm_asks_nothing_between_two_looks(self, clock, alpha, say):
        say("gazole", "carburant")
        vocabulary = Vocabulary(alpha.pk)
        with CaptureQueriesContext(connection) as cold:
            first = vocabulary.synonyms()
        clock[0] += in_force.SECONDS_BETWEEN_LOOKS - 1
        with CaptureQueriesContext(connection) as warm:
            assert vocabulary.synonyms() is first
        clock[0] += 2
        assert vocabulary.synonyms() is first, "nothing is put together again when nothing changed"
        assert (len(cold), len(warm)) == (1, 0)


class TestWhere:
    def test_france_s_are_everywhere_and_a_territory_s_in_it_alone(self, titles, alpha, beta, say):
        for territory in (alpha, beta):
            make_document(territory, "Payer le carburant")
            make_document(territory, "Couture")
        say("gazole", "carburant")
        say("chiffons", "couture", territory=alpha)
        for host, chiffons in (
            ("alpha.localhost", ["Couture"]),
            ("beta.localhost", []),
            ("localhost", []),
        ):
            assert set(titles("gazole", host)) == {"Payer le carburant"}
            assert titles("chiffons", host) == chiffons

    def test_a_territory_may_undo_for_itself_what_france_says(self, titles, alpha, beta, say):
        for territory in (alpha, beta):
            make_document(territory, "Payer le carburant")
        say("gazole", "carburant", link="never", territory=alpha)
        say("gazole", "carburant")
        assert titles("gazole") == []
        assert titles("gazole", "beta.localhost") == ["Payer le carburant"]

    def test_a_page_read_cold_keeps_its_budget(self, client, alpha, say):
        make_document(alpha, "Payer le carburant")
        say("gazole", "carburant")
        address, host = "/recherche/?q=gazole", {"host": "alpha.localhost"}
        client.get(address, headers=host)
        forget_vocabulary()
        with CaptureQueriesContext(connection) as cold:
            client.get(address, headers=host)
        with CaptureQueriesContext(connection) as warm:
            client.get(address, headers=host)
        assert sum("portal_search_synonym" in query["sql"] for query in cold) == 1
        assert len(warm) == len(cold) - 1 <= 14


def test_they_travel_with_their_territory_and_are_erased(alpha, beta, say):
    say("gazole", "carburant", territory=alpha)
    say("gazole", "carburant")
    say("gazole", "carburant", territory=beta)
    archive = {PART: export_parts(alpha)[PART]}
    assert len(archive[PART]) == 1
    assert erase_parts(alpha)[PART] == 1
    assert Synonym.objects.count() == 2
    for _twice in range(2):
        restore_parts(alpha, archive)
    assert Synonym.objects.get(territory=alpha).means == "carburant"
