"""Run by test_sqlite_concurrency.py in a process of its own, on a database file of its own.

Eight threads publish eight pages each while two others read the site; prints what it saw as JSON.
"""

import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
os.environ["CITES_DEBUG"] = "1"

THREADS, PAGES = 8, 8


def main() -> None:
    import django

    django.setup()

    from django.db import connection, transaction
    from django.test import Client
    from factories import home_of, make_territory

    from territories.models import ContentPage

    territory = make_territory("alpha", plugins=[])
    home_of(territory).add_child(instance=ContentPage(title="Première", slug="premiere"))
    errors, reads, finished = [], Counter(), threading.Event()

    def publish(number: int) -> None:
        try:
            for count in range(PAGES):
                with transaction.atomic():
                    page = ContentPage(title=f"Page {number}-{count}", live=False)
                    home_of(territory).add_child(instance=page)
                page.title += " relue"
                page.save_revision().publish()
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    def read() -> None:
        client = Client(headers={"host": "alpha.localhost"})
        try:
            while not finished.is_set():
                reads[client.get("/").status_code] += 1
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    writers = [threading.Thread(target=publish, args=[number]) for number in range(THREADS)]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in writers + readers:
        thread.start()
    for thread in writers:
        thread.join()
    finished.set()
    for thread in readers:
        thread.join()
    published = ContentPage.objects.live().filter(title__endswith=" relue")
    print(
        json.dumps(
            {
                "published": published.count(),
                "paths": published.values("path").distinct().count(),
                "errors": errors,
                "reads": dict(reads),
            }
        )
    )


if __name__ == "__main__":
    main()
