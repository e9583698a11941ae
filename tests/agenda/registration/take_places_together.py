"""Run by test_at_once.py in a process of its own, on a database of its own.

Threads take the last places of an event at the same moment, send one form four times, and give
places back that others wait for; prints what became of it as JSON. TEST_POSTGRES_HOST names a
server to use, else the SQLite database is there already, with its event.
"""

import json
import os
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
os.environ["CITES_DEBUG"] = "1"

THREADS, PLACES = 8, 3


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


def main() -> None:
    from portal.settings import development

    if host := os.environ.get("TEST_POSTGRES_HOST"):
        development.DATABASES = {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "cites",
                "HOST": host,
                "TEST": {"NAME": "test_places_together"},
            }
        }
    import django

    django.setup()

    from django.db import connection

    if host:
        from agenda_factories import make_event
        from factories import make_territory

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        alpha = make_territory("alpha", plugins=["agenda"])
        make_event(alpha, slug="atelier", registration_is_open=True, capacity=PLACES)
    seen = look(connection.vendor)
    if host:
        connection.creation.destroy_test_db("postgres", verbosity=0)
    print(json.dumps(seen))


def look(vendor: str) -> dict:
    from agenda.models import EventPage, Registration
    from agenda.registration.registering import cancel_registration, register

    event = EventPage.objects.get(slug="atelier")
    key = event.occurrences.get().key

    def take(name: str, waits: bool = False):
        said = {"first_name": name, "name": "", "phone": "", "people": 1, "note": ""}
        said["email"] = f"{name}@example.org"
        return lambda: register(event=event, key=key, said=said, waits=waits, language="fr")

    seen: dict = {"vendor": vendor}
    seen["taken"] = together(*(take(f"a{number}") for number in range(THREADS)))
    seen["registered"] = Registration.objects.filter(state="registered").count()
    seen["waits"] = together(*(take("same", waits=True) for _ in range(4)))
    seen["waiting"] = Registration.objects.filter(state="waiting").count()
    together(*(take(f"b{number}", waits=True) for number in range(3)))
    given_back = Registration.objects.filter(state="registered")
    seen["given back"] = together(
        *(lambda one=one: cancel_registration(registration=one) for one in given_back)
    )
    seen["states"] = sorted(Registration.objects.values_list("state", flat=True))
    return seen


if __name__ == "__main__":
    main()
