from __future__ import annotations

from operator import attrgetter

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import DashboardPanel, Figure, Panel
from territories.territory import zone_of

from .lists.periods import preset
from .models import EventPage
from .queries import occurrences
from .registration.admin.menu import to_be_told
from .shortlist import shortlist


def next_lines(request):
    """What the home announces: read once, by the shortcut of its hero and by its band."""
    if not hasattr(request, "next_lines"):
        request.next_lines = shortlist(request.territory, count=4)
    return request.next_lines


def soon(request, page):
    """One poster and three lines, on the home page of a territory."""
    lines = next_lines(request)
    if not lines:
        return None
    # The poster is what is put forward; the lines beside it follow the calendar.
    poster, others = lines[0], sorted(lines[1:], key=attrgetter("record.next_start"))
    return {"poster": poster, "lines": others}


def this_week(request, page):
    """A shortcut to the events of this week, when one of those announced is among them."""
    week = preset("semaine", timezone.localdate(timezone=zone_of(request.territory)))
    days = [line.day for line in next_lines(request)]
    return {} if any(day and week.first <= day <= week.last for day in days) else None


def events_of_actor(request, page):
    lines = shortlist(request.territory, count=4, actor=page.record)
    return {"lines": lines} if lines else None


def events_of_service(request, page):
    """Whoever gives the service, while visitors may know who it is."""
    actor = page.record.shown_actor
    lines = shortlist(request.territory, count=4, actor=actor) if actor else []
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
    Panel(
        "events_of_service",
        "resources_directory.ServicePage",
        "agenda/panels/events_of_actor.html",
        events_of_service,
        order=50,
    ),
]

DASHBOARD = [
    DashboardPanel("registrations", "agenda/registration/waiting.html", to_be_told, order=25)
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
