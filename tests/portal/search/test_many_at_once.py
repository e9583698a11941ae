"""After a mass reading PostgreSQL's planner knows what it deals with."""

import json

import pytest
from django.db import connection
from factories import make_content_page

from portal.search import engines, indexing
from portal.search.models import SearchDocument
from tests.portal.search.documents import make_documents

pytestmark = pytest.mark.django_db


def test_the_database_counts_its_rows_once_after_many_were_read(alpha, monkeypatch):
    counted = []
    kind = type(engines.engine_of_the_database())
    monkeypatch.setattr(kind, "take_stock", lambda engine: counted.append(engine))
    monkeypatch.setattr(indexing, "MANY_ROWS", 2)
    for number in range(3):
        make_content_page(alpha, title=f"Permis {number}")
    indexing.read_waiting()
    assert len(counted) == 1
    SearchDocument.objects.filter(title="Permis 1").update(indexed_version=0)
    indexing.read_waiting()
    assert len(counted) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans the same without")
def test_what_the_planner_expects_is_what_is_there():
    make_documents(None, [{"title": f"Permis {number}"} for number in range(500)])
    before = rows_expected()
    engines.engine().take_stock()
    assert before < 50 and 400 < rows_expected() < 600


def rows_expected() -> int:
    rows = SearchDocument.objects.filter(language="fr", is_withdrawn=False, kind="page")
    (plan,) = json.loads(rows.order_by().explain(format="json"))
    return plan["Plan"]["Plan Rows"]
