"""The full-text index of PostgreSQL, in place of the columns that were compared with LIKE."""

from django.db import migrations

# Vectors are written by us (portal.search.engines.postgres). Whoever searches does not wait for
# a list of what is not in the index yet: writing does the whole of it.
CREATE = """
CREATE TABLE IF NOT EXISTS portal_search_vectors (
    document_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS portal_search_vectors_words
    ON portal_search_vectors USING gin (words) WITH (fastupdate = off);
"""
# What was indexed before is read again by the indexer.
READ_AGAIN = "UPDATE portal_search_searchdocument SET version = version + 1"


def create(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)
        schema_editor.execute(READ_AGAIN)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE IF EXISTS portal_search_vectors")


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0004_sent")]

    operations = [
        migrations.RemoveField("searchdocument", "title_stems"),
        migrations.RemoveField("searchdocument", "telling_stems"),
        migrations.RemoveField("searchdocument", "stems"),
        migrations.RunPython(create, drop, elidable=False),
    ]
