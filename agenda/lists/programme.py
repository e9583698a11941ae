"""The agenda as a visitor has narrowed it: the same events for the page and for the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agenda.facets import LENGTH
from agenda.lines import Line, by_month, grouped, lines_of
from agenda.models import EventPage, Occurrence
from agenda.queries import EventQuerySet, during, first, last
from agenda.venues import LATITUDE, LONGITUDE
from resources_directory.near import Near
from territories.pages.keys import Keys
from territories.pages.listing import Listing, ShownFacet
from territories.pages.selection import Selection
from territories.plugins.marks import facets_of, marked_first
from territories.territory import zone_of

from .month import Month
from .nearest import Nearest
from .periods import PRESETS, Period, preset, read_period
from .places import Spots

PERIOD_PARAMETERS = ("du", "au", "periode", "passes", "mois", "page")
LIST, MONTH, MAP = "liste", "mois", "carte"
VIEWS = {
    LIST: (gettext_lazy("Liste"), "list"),
    MONTH: (pgettext_lazy("calendrier", "Mois"), "calendar"),
    MAP: (gettext_lazy("Carte"), "map"),
}


class Programme:
    """Reads `?periode=`, `?du=`, `?au=`, `?passes=1`, `?pres=`, `?rayon=`, `?vue=`, `?mois=` and
    the facets; ignores the rest."""

    def __init__(
        self, request: HttpRequest, now: datetime | None = None, *, path: str = ""
    ) -> None:
        """`path`: of the agenda, where the request is for something else than its page."""
        self.request = request
        self.path = path or request.path
        self.territory = request.territory
        self.now = now or timezone.now()
        self.zone = zone_of(self.territory)
        self.today = self.now.astimezone(self.zone).date()
        self.period: Period = read_period(request.GET, self.today)
        self.is_archive = not self.period and request.GET.get("passes") == "1"
        asked = request.GET.get("vue", LIST)
        self.view = asked if asked in VIEWS and not self.is_archive else LIST
        self.near = Near(request)

    @property
    def everywhere(self) -> EventQuerySet:
        return EventPage.objects.findable().in_territory(self.territory)

    @property
    def events(self) -> EventQuerySet:
        return self.near_by(self.everywhere)

    def near_by(self, events: EventQuerySet) -> EventQuerySet:
        return self.near.narrow(events, latitude=LATITUDE, longitude=LONGITUDE)

    @cached_property
    def listing(self) -> Selection:
        if self.is_archive:
            return self.selection(self.events.past(self.now), last(), ["-next_start"])
        found = during(*self.span)
        firsts = marked_first(EventPage, self.territory)
        order = [first(found, "is_period"), *firsts, first(found, "start")]
        return self.selection(self.events.between(*self.span), found, order)

    @property
    def span(self) -> tuple[datetime, datetime | None]:
        """From when to when things are listed: the period, the month that is shown, or for ever."""
        if self.period:
            return self.bounds(self.period)
        return self.month.bounds if self.view == MONTH else (self.now, None)

    def selection(
        self, events: EventQuerySet, taking_place: QuerySet, order: Sequence[Any]
    ) -> Selection:
        """`taking_place`: which of the occurrences of an event its line tells."""
        return Selection(
            self.request,
            events,
            dress=lambda found: (
                found.select_related("locale", "territory__site")
                .with_next(taking_place)
                .marked(self.territory)
                .in_full()
            ),
            ordering=[*order, "title", "pk"],
            also={"passes": "1"} if self.is_archive else None,
            is_passing=bool(self.period or self.near) or self.view != LIST,
        )

    def bounds(self, period: Period) -> tuple[datetime, datetime | None]:
        return period.bounds(self.now, self.zone)

    def narrowed(
        self, bounds: tuple[datetime, datetime | None], among: EventQuerySet | None = None
    ) -> EventQuerySet:
        """The events that the facets leave between two moments; `among` others than the public."""
        events = self.events if among is None else self.near_by(among)
        return Listing(self.request, events.between(*bounds), ordering=[]).queryset

    @cached_property
    def lines(self) -> list[Line]:
        lines = lines_of(self.listing.items, self.territory)
        if not self.near:
            return lines
        return [replace(line, distance=self.near.distance(line.venue.point)) for line in lines]

    @property
    def groups(self) -> list[dict[str, Any]]:
        return by_month(self.lines) if self.is_archive else grouped(self.lines)

    @property
    def shows_lines(self) -> bool:
        """The month tells everything itself, until a day is chosen."""
        return self.view == LIST or (self.view == MONTH and bool(self.period))

    @property
    def shown_period(self) -> str:
        """« ce week-end », « en décembre 2026 »; "" when all that is to come is listed."""
        if not self.period and self.view == MONTH:
            return _("en %(month)s") % {"month": self.month.title}
        return self.period.words

    @property
    def list_url(self) -> str:
        return self.url(keep=("du", "au", "periode"), vue="")

    @property
    def geojson_url(self) -> str:
        query = self.request.GET.urlencode()
        address = reverse("agenda:places")
        return f"{address}?{query}" if query else address

    @cached_property
    def month(self) -> Month:
        return Month(self)

    @property
    def of_month(self) -> Any:
        """The events of the month that is shown, as the facets leave them."""
        if self.period:
            return self.narrowed(self.month.bounds).values("pk")
        return Keys(self.listing.keys)

    @cached_property
    def spots(self) -> Spots:
        return Spots(self)

    @property
    def views(self) -> list[Mapping[str, Any]]:
        """The ways to look at the same events."""
        return [
            {
                "label": label,
                "icon": icon,
                "current": name == self.view,
                "url": self.url(keep=("du", "au", "periode"), vue="" if name == LIST else name),
            }
            for name, (label, icon) in VIEWS.items()
        ]

    @cached_property
    def presets(self) -> list[Mapping[str, Any]]:
        """The periods that have results with the facets in force, counted in one query."""
        periods = [preset(name, self.today) for name in PRESETS]
        if self.span == (self.now, None):
            left: Any = Keys(self.listing.keys)
        else:
            left = self.narrowed((self.now, None)).values("pk")
        bounds = [self.bounds(period) for period in periods]
        coming = Occurrence.objects.filter(
            event__in=left, over_at__gt=self.now, start__lt=max(end for _start, end in bounds)
        )
        counts = coming.aggregate(
            **{
                f"in_{rank}": Count(
                    "event", filter=Q(over_at__gt=start, start__lt=end), distinct=True
                )
                for rank, (start, end) in enumerate(bounds)
            }
        )
        shown = []
        for rank, period in enumerate(periods):
            current = period.preset == self.period.preset
            if counts[f"in_{rank}"] or current:
                shown.append(
                    {
                        "label": PRESETS[period.preset],
                        "count": counts[f"in_{rank}"],
                        "current": current,
                        "url": self.url(vue=self.shown_view, periode=period.preset),
                    }
                )
        return shown

    @property
    def shown_view(self) -> str:
        """As the address says it: the list is what one sees without asking."""
        return "" if self.view == LIST else self.view

    def url(self, *, keep: Sequence[str] = (), **changes: str) -> str:
        """This agenda in another period or another view, its facets kept."""
        parameters = self.request.GET.copy()
        for name in set(PERIOD_PARAMETERS).difference(keep):
            parameters.pop(name, None)
        for name, value in changes.items():
            parameters.pop(name, None)
            if value:
                parameters[name] = value
        query = parameters.urlencode()
        return f"{self.path}?{query}" if query else self.path

    @property
    def active(self) -> Sequence[Mapping[str, str]]:
        """The filters in force, the period first, each with the address that removes it."""
        chips = list(self.listing.active)
        if self.near:
            chips.insert(0, {"label": self.near.words, "url": self.url_without(("pres", "rayon"))})
        if self.period:
            chips.insert(0, {"label": self.period.words, "url": self.url()})
        return chips

    @property
    def is_filtered(self) -> bool:
        """A facet was asked for, even one that leaves nothing and so has no chip."""
        facets = facets_of(EventPage, self.territory)
        return bool(self.near) or any(self.listing.values(facet.name) for facet in facets)

    @property
    def date_fields(self) -> list[dict[str, str]]:
        """The two dates of the form, as they were asked."""
        days = {"du": self.period.first, "au": self.period.last}
        labels = {"du": _("À partir du"), "au": _("Jusqu’au")}
        return [
            {
                "name": name,
                "label": labels[name],
                "value": day.isoformat() if day and not self.period.preset else "",
                "error": self.period.errors.get(name, ""),
            }
            for name, day in days.items()
        ]

    def url_without(self, names: Sequence[str]) -> str:
        """This agenda without some parameters."""
        kept = [name for name in PERIOD_PARAMETERS if name != "page"]
        return self.url(keep=kept, **dict.fromkeys(names, ""))

    @property
    def fieldsets(self) -> list[dict[str, Any]]:
        """The facets of the form, those of one heading together."""
        shown = [facet for facet in self.listing.facets if not says_nothing(facet)]
        return [
            {"label": label, "facets": list(facets)}
            for label, facets in groupby(shown, key=lambda shown: str(shown.facet.label))
        ]

    @property
    def kept(self) -> list[dict[str, str]]:
        """What the form must keep beside its own fields."""
        names = ["passes"] if self.is_archive else ["vue", "mois"]
        kept = {name: self.request.GET.get(name, "") for name in names}
        kept["periode"] = self.period.preset
        return [{"name": name, "value": value} for name, value in kept.items() if value]

    @cached_property
    def nearest(self) -> Nearest:
        return Nearest(self)

    @property
    def feed_query(self) -> str:
        parameters = self.request.GET.copy()
        for name in ("page", "passes", "vue", "mois"):
            parameters.pop(name, None)
        return parameters.urlencode()


def says_nothing(shown: ShownFacet) -> bool:
    """A choice of how long things last, where all last as long."""
    return shown.facet.name == LENGTH and len(shown.choices) == 1 and not shown.selected
