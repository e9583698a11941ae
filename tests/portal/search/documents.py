"""Search documents made by hand, for tests that need many of them or need them just so."""

import uuid
from collections.abc import Iterable

from portal.search.engines import Engine, engine
from portal.search.faceting import keep_facets
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from portal.search.wording.known import learn, texts_of
from territories.models import Territory


def make_document(
    territory: Territory | None, title: str, *, put_in: Engine | None = None, **fields
) -> SearchDocument:
    return make_documents(territory, [{"title": title, **fields}], put_in=put_in)[0]


def make_documents(
    territory: Territory | None, rows: Iterable[dict], *, put_in: Engine | None = None
) -> list[SearchDocument]:
    """Rows as the indexer leaves them, with what is said of them."""
    documents = SearchDocument.objects.bulk_create(
        SearchDocument(
            territory=territory,
            **{
                "translation_key": uuid.uuid4(),
                "kind": "page",
                "language": "fr",
                "path": f"/page-{number}/",
                "version": 1,
                "indexed_version": 1,
                "is_withdrawn": False,
                **row,
            },
        )
        for number, row in enumerate(rows)
    )
    if territory is not None:
        through = SearchDocument.shown_in.through
        through.objects.bulk_create(
            through(searchdocument=document, territory=territory) for document in documents
        )
    keep_facets(documents)
    for document in documents:
        (put_in or engine()).put(document)
    learn(texts_of(documents))
    return documents


def titles(found_by, text: str, territory=None, **asked) -> list[str]:
    found = found_by.search(Asked(text, territory, **asked), 0, 20)
    rows = SearchDocument.objects.in_bulk(found.ids)
    assert found.total >= len(found.ids)
    return [rows[pk].title for pk in found.ids]
