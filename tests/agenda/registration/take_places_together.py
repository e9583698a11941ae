"""Run by test_at_once.py in a process of its own, on a database of its own.

Threads take the last places of an event at the same moment, send one form four times, and give
places back that others wait for; prints what became of it: see `together`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]

from together import tell, together  # noqa: E402

THREADS, PLACES = 8, 3


def fill() -> None:
    from agenda_factories import make_event
    from factories import make_territory

    alpha = make_territory("alpha", plugins=["agenda"])
    make_event(alpha, slug="atelier", registration_is_open=True, capacity=PLACES)


def look() -> dict:
    from agenda.models import EventPage, Registration
    from agenda.registration.registering import cancel_registration, register

    event = EventPage.objects.get(slug="atelier")
    key = event.occurrences.get().key

    def take(name: str, waits: bool = False):
        said = {"first_name": name, "name": "", "phone": "", "people": 1, "note": ""}
        said["email"] = f"{name}@example.org"
        return lambda: register(event=event, key=key, said=said, waits=waits, language="fr")

    seen: dict = {}
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
    tell(look, database="test_places_together", fill=fill)
