"""What only engines outside the database have; the contract is in test_engines.py."""

import pytest
from factories import make_territory

from portal.search.engines import EngineDown, engine, lucene
from portal.search.engines.lucene import mapping
from portal.search.engines.lucene.clients import Missing
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from tests.portal.search.documents import make_document, make_documents, titles
from tests.portal.search.outside import OUTSIDE

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("name", OUTSIDE)]


@pytest.fixture
def outside(name, request):
    return request.getfixturevalue(f"by_{name}")


def test_an_older_write_never_wins(outside):
    document = make_document(None, "Permis", version=5, put_in=outside)
    document.version, document.title = 4, "Voiture"
    outside.put(document)
    assert titles(outside, "permis") == ["Permis"]
    document.is_withdrawn = True
    outside.send([document])
    assert titles(outside, "permis") == ["Permis"]


def test_a_translation_that_comes_or_goes_says_so_of_its_record(outside):
    record = make_document(None, "Permis", put_in=outside)
    same = {"language": "en", "translation_key": record.translation_key}
    translated = make_document(None, "The permis", put_in=outside, **same)
    assert outside.search(Asked("permis", language="en"), 0, 20).total == 1
    translated.is_withdrawn = True
    translated.save()
    outside.send([translated])
    assert titles(outside, "permis", language="en") == ["Permis"]


def test_a_field_that_nobody_knows_is_refused(outside, monkeypatch):
    known = mapping.source_of
    monkeypatch.setattr(
        "portal.search.engines.lucene.source_of",
        lambda document, others: {**known(document, others), "new": "field"},
    )
    document = make_document(None, "Permis", put_in=engine())
    assert list(outside.send([document])) == [document.pk]


def test_a_question_costs_as_few_queries_among_many_territories(
    outside, django_assert_max_num_queries
):
    make_document(None, "Permis", put_in=outside)
    for number in range(6):
        make_territory(f"territory-{number}", plugins=[])
    titles(outside, "permis")  # the known words are read once
    with django_assert_max_num_queries(4):
        assert outside.search(Asked("permis"), 0, 20).total == 1


def test_nobody_reads_so_many_pages(outside):
    make_document(None, "Permis", put_in=outside)
    found = outside.search(Asked("permis"), 9_990, 10_010)
    assert (found.total, list(found.ids)) == (1, [])


def test_rebuilding_answers_meanwhile_and_leaves_one_index(outside, monkeypatch):
    make_documents(None, [{"title": f"Permis {n}"} for n in range(3)], put_in=outside)
    (former,) = outside.indexes.all()
    meanwhile = []
    outside.rebuild(lambda done: meanwhile.append(len(titles(outside, "permis"))))
    (index,) = outside.indexes.all()
    assert meanwhile == [3] and index != former
    assert len(titles(outside, "permis")) == 3


def test_a_rebuilding_that_fails_leaves_the_former_index_and_is_gone_on_with(outside, monkeypatch):
    make_documents(None, [{"title": f"Permis {n}"} for n in range(3)], put_in=outside)
    monkeypatch.setattr(lucene, "WRITTEN_AT_ONCE", 1)
    (former,) = outside.indexes.all()
    done = []

    def fail(number: int) -> None:
        done.append(number)
        if number == 2:
            raise EngineDown("disk full")

    with pytest.raises(EngineDown):
        outside.rebuild(fail)
    assert outside.indexes.all()[former] and len(titles(outside, "permis")) == 3
    outside.rebuild(done.append, resume=True)
    assert done == [1, 2, 3]
    assert former not in outside.indexes.all()
    assert len(titles(outside, "permis")) == 3


def test_an_engine_without_our_index_has_one_made_from_the_rows(outside):
    make_document(None, "Permis", put_in=engine())
    for name in outside.indexes.all():
        outside.client.ask("DELETE", f"/{name}")
    with pytest.raises(Missing):
        outside.search(Asked("permis"), 0, 20)
    with pytest.raises(Missing):
        outside.put(SearchDocument.objects.get())
    assert outside.needs_rebuilding()
    outside.rebuild()
    assert titles(outside, "permis") == ["Permis"] and not outside.needs_rebuilding()
