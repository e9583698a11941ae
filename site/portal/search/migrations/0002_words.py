"""The full-text index of SQLite, apart from 0001 so that 0001 can be made again from the models."""

from django.db import migrations

# Words come prepared (portal.search.french): letters and figures between spaces, nothing to fold.
CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS portal_search_words "
    "USING fts5(title, words, summary, body, tokenize = 'ascii')"
)


def create(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS portal_search_words")


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0001_initial")]

    operations = [migrations.RunPython(create, drop, elidable=False)]
