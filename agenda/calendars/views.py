"""The calendars, `.ics`: addresses with a dot stand beside the page tree."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agenda.lists.programme import Programme
from agenda.models import EventPage, Occurrence
from agenda.queries import EventQuerySet
from territories.pages.translations import in_language

from .ics import calendar_of

# Feeds keep a month of what is over: somebody looks up where it was.
KEPT = timedelta(days=30)
# A subscribed calendar comes back every day: three months of a weekly event are enough for it.
SEEN_AHEAD = timedelta(days=92)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`/agenda/calendrier.ics`: the agenda, with the facets and the period of the address."""
    programme = Programme(request)
    now = programme.now
    bounds = programme.bounds(programme.period) if programme.period else (now - KEPT, None)
    found = Occurrence.objects.filter(over_at__gt=bounds[0])
    found = found.filter(start__lt=bounds[1]) if bounds[1] else near_or_next(found, now)
    name = _("Agenda")
    if request.territory:
        name = f"{name} – {request.territory.name}"
    return answer(request, programme.narrowed(bounds), found, name=name, now=now)


@require_safe
def event_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """`/agenda/<slug>.ics`: every date of one event that is not over, or all when it is past."""
    now = timezone.now()
    events = EventPage.objects.findable().filter(territory=request.territory, slug=slug)
    event = events.first()
    if event is None:
        raise Http404(_("Ce rendez-vous n’existe pas ici."))
    found = event.occurrences.all()
    if found.filter(over_at__gt=now).exists():
        found = found.filter(over_at__gt=now)
    return answer(request, events, found, name=event.title, now=now, filename=f"{slug}.ics")


def near_or_next(found: QuerySet, now: datetime) -> QuerySet:
    """The occurrences of the next months, and the next one of what only takes place later."""
    sooner = Occurrence.objects.filter(
        event=OuterRef("event"), over_at__gt=now, start__lt=OuterRef("start")
    )
    return found.filter(Q(start__lt=now + SEEN_AHEAD) | ~Exists(sooner))


def answer(
    request: HttpRequest,
    events: EventQuerySet,
    found: QuerySet,
    *,
    name: str,
    now: datetime,
    filename: str = "calendrier.ics",
) -> HttpResponse:
    records = in_language(
        events.in_full()
        .order_by("pk")
        .prefetch_related("themes", Prefetch("occurrences", found, to_attr="feed_occurrences")),
        get_language() or "",
    )
    calendar = calendar_of(records, name=name, request=request, now=now)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(False, filename)
    response["Cache-Control"] = "public, max-age=900"
    return response
