"""For scripts that do several things at the same moment, in a process of their own.

Their database is their own too: see `tell`.
"""

import json
import os
import threading
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
os.environ["CITES_DEBUG"] = "1"


def together(*works) -> list[str]:
    """Do all at once; gives how each ended: "done", or the name of what was raised."""
    from django.db import connection

    ends, start = [], threading.Barrier(len(works))

    def do(work) -> None:
        try:
            start.wait()
            work()
            ends.append("done")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def tell(look: Callable, *, database: str, fill: Callable | None = None) -> None:
    """Print as JSON what `look` has seen, with the vendor of the database.

    TEST_POSTGRES_HOST names a server to use, where `database` is made and `fill` is run first; else
    the SQLite database is there already.
    """
    from portal.settings import development

    if host := os.environ.get("TEST_POSTGRES_HOST"):
        development.DATABASES = {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "cites",
                "HOST": host,
                "TEST": {"NAME": database},
            }
        }
    import django

    django.setup()

    from django.db import connection

    if host:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if fill:
            fill()
    seen = {"vendor": connection.vendor, **look()}
    if host:
        connection.creation.destroy_test_db("postgres", verbosity=0)
    print(json.dumps(seen))
