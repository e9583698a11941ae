"""What the components of the agenda are filled with on the style page."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from agenda.dates.told import MOVED, STATUS_BADGES, ToldDate
from agenda.lists.month import Cell, Entry, monday_of

from .samples import NOWHERE, SamplePage, link

FIRST, TODAY, CHOSEN = date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 8)
FORUM = Entry(SamplePage("Forum « L’emploi au pied de chez vous »"), "9 h 30", True, False)
COURSE = Entry(SamplePage("Atelier CV"), "14 h", False, False)
CANCELLED = Entry(SamplePage("Café des métiers"), "10 h", False, True)
TAKING_PLACE = {4: [COURSE], 5: [CANCELLED], 8: [FORUM, COURSE, COURSE], 11: [COURSE], 18: [COURSE]}


def cell(day: date) -> Cell | None:
    if day.month != FIRST.month:
        return None
    entries = TAKING_PLACE.get(day.day, [])
    return Cell(
        day,
        NOWHERE,
        # One day has more than it names.
        count=len(entries) + 2 * (day == CHOSEN),
        entries=entries,
        is_lit=any(entry.is_lit for entry in entries),
        is_off=bool(entries) and all(entry.is_off for entry in entries),
        is_today=day == TODAY,
        is_chosen=day == CHOSEN,
    )


DAYS = [monday_of(FIRST) + timedelta(days=number) for number in range(35)]
MONTH = SimpleNamespace(
    title="décembre 2026",
    previous=link("novembre 2026"),
    next=link("janvier 2027"),
    days_of_the_week=DAYS[:7],
    weeks=[[cell(day) for day in DAYS[start : start + 7]] for start in range(0, 35, 7)],
)

DATES = [
    ToldDate("Vendredi 4 décembre 2026, de 14 h à 17 h"),
    ToldDate("Vendredi 11 décembre 2026, de 14 h à 17 h", STATUS_BADGES["full"]),
    ToldDate(
        "Jeudi 17 décembre 2026, de 14 h à 17 h",
        MOVED,
        "au lieu du vendredi 18 décembre",
        "Exceptionnellement à la médiathèque.",
    ),
    ToldDate("Vendredi 25 décembre 2026, de 14 h à 17 h", STATUS_BADGES["cancelled"], is_off=True),
]

PROGRAMME = SimpleNamespace(
    request=SimpleNamespace(
        get_host=lambda: "exemple.fr",
        build_absolute_uri=lambda path: f"https://exemple.fr{path}",
    ),
    feed_query="",
    listing=SimpleNamespace(query=""),
    active=[],
)
