"""How fast the figures of the label are added up for the whole country: `make bench`.

A database is filled in two steps, on SQLite, or on the PostgreSQL server whose socket folder
TEST_POSTGRES_HOST names:

- few: 3 territories with 5 reports each;
- many: 84 territories with 500 reports each, of two years and a half, 42,000 in all.

Prints the median and the queries of each address. Ends with 1 when the figures of one territory of
"many" take more than 300 ms, those of all more than 1.5 s, or when a number of queries differs.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from measuring import REQUESTS, Measure, analyze, measure, prepare

STAGES = {"few": (3, 5), "many": (84, 500)}
MOST_SECONDS, MOST_SECONDS_OF_ALL = 0.3, 1.5
ONE, ALL = "un.localhost", "localhost"
PLACES = {
    ("/label/chiffres/", ONE): MOST_SECONDS,
    ("/label/chiffres/totaux.csv", ONE): MOST_SECONDS,
    ("/admin/label-figures/un/", ALL): MOST_SECONDS,
    ("/admin/label-figures/un/bilans.csv", ALL): MOST_SECONDS,
    ("/label/chiffres/", ALL): MOST_SECONDS_OF_ALL,
    ("/label/chiffres/totaux.csv", ALL): MOST_SECONDS_OF_ALL,
    ("/admin/label-figures/national/", ALL): MOST_SECONDS_OF_ALL,
}


def main() -> int:
    prepare()
    user = make_team()
    measures = {}
    for name, (territories, reports) in STAGES.items():
        started = time.perf_counter()
        fill(territories, reports)
        print(f"{name}: rows written in {time.perf_counter() - started:.0f} s", flush=True)
        measures[name] = {
            (address, host): measure(
                address, host, min(REQUESTS, 10), user=user if "/admin/" in address else None
            )
            for address, host in PLACES
        }
    return tell(measures)


def make_team() -> Any:
    from django.contrib.auth.models import User
    from factories import make_portal

    from territories.tenancy.roles import role_group

    make_portal()
    user = User.objects.create_user("equipe", password="secret")
    user.groups.add(role_group(None, "team"))
    return user


def fill(territories: int, reports: int) -> None:
    from django.utils import timezone
    from report_rows import write_labels, write_reports

    from labelling.models import CriteriaGrid, Label

    draw = random.Random(7)
    optional = list(CriteriaGrid.objects.current().criteria.all())[-2:]
    for territory in make_territories(territories):
        begun = Label.objects.filter(territory=territory).count()
        pages = write_pages(territory, reports - begun)
        days = [timezone.localdate() - timedelta(days=draw.randrange(900)) for _page in pages]
        labels = write_labels(territory, pages, days=days, optional=optional)
        write_reports(labels, (said(draw) for _label in labels))
    analyze()


def make_territories(number: int) -> list[Any]:
    """The first with its pages; the others as rows, which is all that figures read of them."""
    from factories import make_territory
    from report_rows import write_territories

    from territories.models import Territory

    first = Territory.objects.filter(slug="un").first() or make_territory(
        "un", plugins=["labelling"]
    )
    known = Territory.objects.count()
    write_territories(number - known, like=first, slug=f"autre-{known}")
    return list(Territory.objects.order_by("pk"))


def write_pages(territory: Any, number: int) -> list[Any]:
    """Events without dates, each with two themes and one or two neighbourhoods."""
    import rows
    from agenda_factories import place_of

    from agenda.models import AgendaPage, EventPage

    places = [place_of(territory, name) for name in ("Bagatelle", "Reynerie")]
    parent = AgendaPage.objects.records().get(territory__slug="un")
    pages = rows.write_pages(parent, EventPage, number, "Forum")
    rows.insert(
        [
            EventPage(
                page_ptr_id=page.pk, territory_id=territory.pk, summary="", neighbourhood=places[0]
            )
            for page in pages
        ]
    )
    rows.write_terms(EventPage, pages)
    aimed = EventPage.aimed_at.through
    aimed.objects.bulk_create(
        (aimed(eventpage_id=page.pk, neighbourhood=places[1]) for page in pages[::2]),
        batch_size=rows.BATCH,
    )
    return pages


def said(draw: random.Random) -> dict[str, int | None] | None:
    if draw.random() < 0.1:
        return None
    reached = draw.randrange(5, 200)
    found = {
        "reached": reached,
        "women": reached // 2,
        "men": reached - reached // 2,
        "in_qpv": draw.randrange(reached),
        "hired": draw.randrange(6),
        "trained": draw.randrange(6),
        "interned": draw.randrange(6),
        "directed": draw.randrange(20),
    }
    return {name: number if draw.random() < 0.8 else None for name, number in found.items()}


def tell(measures: dict[str, dict[tuple[str, str], Measure]]) -> int:
    print("\nMedian, ms (of this process), queries, kB")
    print(f"{'':56}" + "".join(f"{name:>16}" for name in measures))
    for place in PLACES:
        found = [measures[name][place] for name in measures]
        times = (f"{one.seconds * 1000:.0f} ({one.processor * 1000:.0f})" for one in found)
        queries = "/".join(str(one.queries) for one in found)
        sizes = "/".join(f"{one.kilobytes:.0f}" for one in found)
        words = " ".join(reversed(place))
        print(f"{words:56}" + "".join(f"{one:>16}" for one in times), queries, sizes, sep="  ")
    return 1 if list(broken(measures)) else 0


def broken(measures: dict[str, dict[tuple[str, str], Measure]]) -> Iterator[str]:
    few, many = measures["few"], measures["many"]
    for place, most in PLACES.items():
        words = " ".join(reversed(place))
        bounds = [
            (many[place].seconds < most, f"{words} takes {many[place].seconds * 1000:.0f} ms"),
            (few[place].queries == many[place].queries, f"{words} has its number of queries"),
        ]
        for holds, sentence in bounds:
            print(f"{'ok    ' if holds else 'BROKEN'} {sentence}")
            if not holds:
                yield sentence


if __name__ == "__main__":
    sys.exit(main())
