from __future__ import annotations

from operator import attrgetter

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Figure, Panel

from .models import EventPage
from .queries import occurrences
from .shortlist import shortlist


def soon(request, page):
    """One poster and three lines, on the home page of a territory."""
    lines = shortlist(request.territory, count=4)
    if not lines:
        return None
    # The poster is what is put forward; the lines beside it follow the calendar.
    poster, others = lines[0], sorted(lines[1:], key=attrgetter("record.next_start"))
    return {"poster": poster, "lines": others}


def events_of_actor(request, page):
    lines = shortlist(request.territory, count=4, actor=page.record)
    return {"lines": lines} if lines else None


def events_to_come(territories):
    to_come = Exists(occurrences(over_at__gt=timezone.now()))
    return EventPage.objects.findable().filter(to_come).per_territory(territories)


PANELS = [
    Panel("soon", "territories.TerritoryHomePage", "agenda/panels/soon.html", soon, order=50),
    Panel(
        "events_of_actor",
        "resources_directory.ActorPage",
        "agenda/panels/events_of_actor.html",
        events_of_actor,
        order=50,
    ),
]

FIGURES = [
    Figure(
        "events",
        _("rendez-vous à venir"),
        events_to_come,
        add=_("Annoncer un rendez-vous"),
        adds="agenda.EventPage",
        under="agenda.AgendaPage",
        first=_("Annoncer un premier rendez-vous"),
        order=10,
    )
]
