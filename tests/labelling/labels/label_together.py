"""Run by test_granting.py in a process of its own, on a database file of its own.

Eight threads give three labels each in one territory; prints the numbers as JSON.
"""

import json
import os
import sys
import threading
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
os.environ["CITES_DEBUG"] = "1"

THREADS, LABELS = 8, 3


def main() -> None:
    import django

    django.setup()

    from agenda_factories import make_event
    from django.db import connection
    from factories import make_territory

    from labelling.labels.granting import grant_label
    from labelling.models import CriteriaGrid, Label

    territory = make_territory("alpha", plugins=["labelling"])
    grid = CriteriaGrid.objects.current()
    criteria = list(grid.criteria.all())
    events = [make_event(territory, f"Atelier {number}") for number in range(THREADS * LABELS)]
    errors, together = [], threading.Barrier(THREADS)

    def give(mine) -> None:
        try:
            together.wait()
            for event in mine:
                grant_label(page=event, grid=grid, criteria=criteria, granted_on=date(2026, 1, 5))
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=give, args=[events[number::THREADS]]) for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(
        json.dumps(
            {"numbers": list(Label.objects.values_list("number", flat=True)), "errors": errors}
        )
    )


if __name__ == "__main__":
    main()
