from __future__ import annotations

from operator import attrgetter

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import Figure, Panel
from territories.territory import zone_of

from .models import EventPage
from .periods import preset
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


def this_week(request, page):
    """A shortcut to the events of this week, when there are any."""
    now, zone = timezone.now(), zone_of(request.territory)
    week = preset("semaine", timezone.localdate(now, zone))
    # As many as the agenda shows behind it.
    events = EventPage.objects.findable().in_territory(request.territory)
    number = events.between(*week.bounds(now, zone)).count()
    return {"number": number} if number else None


def events_of_actor(request, page):
    lines = shortlist(request.territory, count=4, actor=page.record)
    return {"lines": lines} if lines else None


def events_to_come(territories):
    to_come = Exists(occurrences(over_at__gt=timezone.now()))
    return EventPage.objects.findable().filter(to_come).per_territory(territories)


PANELS = [
    Panel(
        "this_week",
        "territories.TerritoryHomePage",
        "agenda/panels/this_week.html",
        this_week,
        at="hero",
    ),
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
