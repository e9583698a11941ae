"""Put into the newcomer's environment by test_plugin_guide.py: the site's own migrations were all
proved elsewhere, and `manage.py test` there begins with a base that has them (migrated_once.py).
Those of the plugin are applied on top."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

BASE = Path(__file__).with_name("migrated.sqlite3")


def begin_with_the_base() -> None:
    from django.db.backends.sqlite3.creation import DatabaseCreation

    create = DatabaseCreation._create_test_db

    def create_migrated(self, *arguments, **options) -> str:
        name = create(self, *arguments, **options)
        # It lasts as long as somebody holds it.
        self.held = sqlite3.connect(name, uri=True)
        with closing(sqlite3.connect(BASE)) as base:
            base.backup(self.held)
        return name

    DatabaseCreation._create_test_db = create_migrated


if sys.argv[:2] == ["manage.py", "test"]:
    begin_with_the_base()
