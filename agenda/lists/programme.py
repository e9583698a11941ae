"""The agenda as a visitor has narrowed it: the same events for the page and for the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.lines import Line, grouped, line_of, lines_of
from agenda.models import EventPage
from agenda.queries import EventQuerySet, occurrences
from territories.pages.listing import Listing
from territories.pages.translations import in_language
from territories.plugins.marks import facets_of
from territories.territory import zone_of

from .periods import PRESETS, Period, preset, read_period

PERIOD_PARAMETERS = ("du", "au", "periode", "passes", "page")


class Programme:
    """Reads `?periode=`, `?du=`, `?au=`, `?passes=1` and the facets; ignores the rest."""

    def __init__(self, request: HttpRequest, now: datetime | None = None) -> None:
        self.request = request
        self.territory = request.territory
        self.now = now or timezone.now()
        self.zone = zone_of(self.territory)
        self.today = self.now.astimezone(self.zone).date()
        self.period: Period = read_period(request.GET, self.today)
        self.is_archive = not self.period and request.GET.get("passes") == "1"

    @property
    def events(self) -> EventQuerySet:
        return EventPage.objects.findable().in_territory(self.territory)

    @cached_property
    def listing(self) -> Listing:
        if self.is_archive:
            found, order = self.events.past(self.now), "-next_start"
        elif self.period:
            found, order = self.events.between(*self.bounds(self.period)), "next_start"
        else:
            found, order = self.events.upcoming(self.now), "next_start"
        return Listing(
            self.request,
            found.marked(self.territory).in_full(),
            ordering=[order, "title", "pk"],
            marks_first=not self.is_archive,
            also={"passes": "1"} if self.is_archive else None,
            is_passing=bool(self.period),
        )

    def bounds(self, period: Period) -> tuple[datetime, datetime | None]:
        return period.bounds(self.now, self.zone)

    def narrowed(
        self, bounds: tuple[datetime, datetime | None], among: EventQuerySet | None = None
    ) -> EventQuerySet:
        """The events that the facets leave between two moments; `among` others than the public."""
        events = self.events if among is None else among
        return Listing(self.request, events.between(*bounds), ordering=[]).queryset

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.listing.items, self.territory)

    @property
    def groups(self) -> list[dict[str, Any]]:
        return grouped(self.lines, forward_first=not self.is_archive)

    @cached_property
    def presets(self) -> list[Mapping[str, Any]]:
        """The periods that have results with the facets in force, counted in one query."""
        periods = [preset(name, self.today) for name in PRESETS]
        counts = self.narrowed((self.now, None)).aggregate(
            **{
                period.preset.replace("-", "_"): Count(
                    "pk", filter=Exists(self.during(self.bounds(period)))
                )
                for period in periods
            }
        )
        shown = []
        for period in periods:
            count = counts[period.preset.replace("-", "_")]
            current = period.preset == self.period.preset
            if count or current:
                shown.append(
                    {
                        "label": PRESETS[period.preset],
                        "count": count,
                        "current": current,
                        "url": self.url(periode=period.preset),
                    }
                )
        return shown

    @staticmethod
    def during(bounds: tuple[datetime, datetime]) -> Any:
        return occurrences(over_at__gt=bounds[0], start__lt=bounds[1])

    def url(self, **changes: str) -> str:
        """This list in another period, its facets kept."""
        parameters = self.request.GET.copy()
        for name in PERIOD_PARAMETERS:
            parameters.pop(name, None)
        parameters.update(changes)
        query = parameters.urlencode()
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def active(self) -> Sequence[Mapping[str, str]]:
        """The filters in force, the period first, each with the address that removes it."""
        chips = list(self.listing.active)
        if self.period:
            chips.insert(0, {"label": self.period.words, "url": self.url()})
        return chips

    @property
    def is_filtered(self) -> bool:
        """A facet was asked for, even one that leaves nothing and so has no chip."""
        facets = facets_of(EventPage, self.territory)
        return any(self.listing.values(facet.name) for facet in facets)

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

    @cached_property
    def nearest(self) -> Line | None:
        """What to propose where nothing was found."""
        found = self.events.upcoming(self.now).in_full().order_by("next_start", "title").first()
        if found is None:
            return None
        return line_of(in_language([found], get_language() or "")[0], self.territory)

    @property
    def feed_query(self) -> str:
        parameters = self.request.GET.copy()
        for name in ("page", "passes"):
            parameters.pop(name, None)
        return parameters.urlencode()
