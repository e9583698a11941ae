"""The calendars and feeds of the agenda: addresses with a dot stand beside the page tree."""

from __future__ import annotations

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from agenda.lines import lines_of
from agenda.lists.programme import Programme
from agenda.models import EventPage, Occurrence
from territories import feeds
from territories.feeds import answer, for_everybody

from . import openagenda, rss, table
from .ics import calendar_of
from .pictures import with_pictures
from .reading import MOST, kept, listed, read
from .series import with_entries
from .withdrawn import withdrawn

NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """`/agenda/calendrier.ics`: to subscribe to what the filters leave, each series whole."""
    programme = Programme(request)
    found = kept(programme).order_by("next_start", "pk")[: MOST + 1]
    events = with_entries(read(found, "dates"), programme.now)
    description = ""
    if len(events) > MOST:
        description = ngettext(
            "Le prochain rendez-vous : choisissez des filtres pour en avoir d’autres.",
            "Les %(count)s prochains rendez-vous : choisissez des filtres pour en avoir d’autres.",
            MOST,
        ) % {"count": MOST}
    made = calendar_of(
        events[:MOST],
        name=name_of(request),
        description=description,
        request=request,
        now=programme.now,
        is_followed=True,
        withdrawn=withdrawn(programme),
    )
    return answer(request, made.to_ical(), "text/calendar", "calendrier.ics")


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """`/agenda/<slug>.ics`: one event with all its dates, to be noted."""
    now = timezone.now()
    found = EventPage.objects.findable().filter(territory=request.territory, slug=slug)
    events = with_entries(read(found, "dates"), now)
    if not events:
        raise Http404(_("Ce rendez-vous n’existe pas ici."))
    name = events[0].shown.title
    made = calendar_of(events, name=name, request=request, now=now, is_followed=False)
    return answer(request, made.to_ical(), "text/calendar", f"{slug}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`/agenda/calendrier.rss`: what the filters leave, the last announced first."""
    programme = Programme(request)
    found = listed(programme).order_by("-first_published_at", "-pk")[: rss.ITEMS]
    events = read(found.select_related("image"), with_pictures())
    name = name_of(request)
    return feeds.feed(
        request,
        title=name,
        description=_("Les rendez-vous annoncés récemment : %(name)s") % {"name": name},
        items=[rss.item_of(line, request) for line in lines_of(events, request.territory)],
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """`/agenda/calendrier.json`: as OpenAgenda, `?size=` (at most 300) and `?after[]=`."""
    programme = Programme(request)
    found = listed(programme)
    size = min(number(request, "size") or openagenda.USUAL, openagenda.MOST)
    first = number(request, "after[]") or 0
    order = "-next_start" if programme.is_archive else "next_start"
    chosen = found.marked(request.territory).order_by(order, "pk")[first : first + size]
    events = read(chosen.select_related("image"), "occurrences", with_pictures())
    data = openagenda.events_data(
        events, total=found.count(), first=first, request=request, now=programme.now
    )
    made = json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)
    return answer(request, made, "application/json", "calendrier.json")


@require_safe
def spreadsheet(request: HttpRequest) -> StreamingHttpResponse:
    """`/agenda/calendrier.csv`: every date of what the filters leave, written as it is read."""
    programme = Programme(request)
    events = read(listed(programme).order_by("pk"), "publics")
    dates = Occurrence.objects.order_by("start", "pk")
    if not programme.is_archive:
        start, end = programme.span
        dates = dates.filter(over_at__gt=start)
        dates = dates.filter(start__lt=end) if end else dates
    response = StreamingHttpResponse(
        table.written(events, dates, request), content_type="text/csv; charset=utf-8"
    )
    return for_everybody(response, "calendrier.csv")


def number(request: HttpRequest, name: str) -> int:
    """0 for what is none."""
    asked = request.GET.get(name, "")
    return int(asked) if NUMBER.fullmatch(asked) else 0


def name_of(request: HttpRequest) -> str:
    name = request.territory.name if request.territory else _("Cités de l’emploi")
    return _("Agenda – %(name)s") % {"name": name}
