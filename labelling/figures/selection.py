"""Which reports are counted: a period, and what narrows it. It is asked for in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from agenda.models import EventPage
from cooperation.models import ActionPage
from labelling.models import LabelCheck
from resources_directory.models import ActorPage
from territories.models import Neighbourhood, Term, Territory
from territories.words import period_words

# The day a report counts on: see docs/decisions/0045-figures.md.
DAY = Coalesce("happened_on", "label__expires_on")


@dataclass(frozen=True)
class Span:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """« 2026 », or « du 3 au 9 décembre 2026 »."""
        year = self.first.year
        if (self.first, self.last) == (date(year, 1, 1), date(year, 12, 31)):
            return str(year)
        return period_words(self.first, self.last)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        zone = timezone.get_default_timezone()
        return (
            datetime.combine(self.first, time.min, zone),
            datetime.combine(self.last, time.max, zone),
        )

    def moved(self, years: int) -> Span:
        """The same days some years away; a 29 February becomes the 28."""
        # The day after the last: a month that ends with February ends with it in every year.
        end = in_year(self.last + timedelta(days=1), years) - timedelta(days=1)
        return Span(in_year(self.first, years), end)


def in_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def year_of(year: int, quarter: int = 0) -> Span:
    """A year, or one of its quarters (1 to 4)."""
    if not quarter:
        return Span(date(year, 1, 1), date(year, 12, 31))
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return Span(first, following - timedelta(days=1))


@dataclass(frozen=True)
class Selection:
    """`before`: the period that it is compared with. None: of every kind."""

    territories: Sequence[Territory]
    span: Span
    before: Span
    theme: Term | None = None
    neighbourhood: Neighbourhood | None = None
    criterion: str = ""
    subject: str = ""

    @property
    def keys(self) -> list[int]:
        return [territory.pk for territory in self.territories]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.theme or self.neighbourhood or self.criterion or self.subject)

    def narrowing(self, *, page: str, label: str) -> Q:
        """What narrows it beside the period; the arguments name what leads to page and label."""
        found = Q(territory__in=self.keys)
        if self.theme:
            themed = EventPage.themes.through.objects.filter(term=self.theme)
            found &= Q(**{f"{page}__in": themed.values("eventpage")})
        if self.neighbourhood:
            found &= taking_place(self.neighbourhood, f"{page}__in")
        if self.criterion:
            # Grids of several versions have criteria of one name.
            checks = LabelCheck.objects.filter(criterion__name=self.criterion)
            found &= Q(**{f"{label}__in": checks.values("label")})
        if self.subject:
            subject = page.removesuffix("page") + "subject"
            found &= Q(**{subject: self.subject})
        return found


def taking_place(neighbourhood: Neighbourhood, lookup: str) -> Q:
    """Events held there or aimed at those who live there, actions and places."""
    aimed = EventPage.aimed_at.through.objects.filter(neighbourhood=neighbourhood)
    held = EventPage.objects.filter(
        Q(place=None, neighbourhood=neighbourhood) | Q(place__neighbourhood=neighbourhood)
    )
    actions = ActionPage.neighbourhoods.through.objects.filter(neighbourhood=neighbourhood)
    places = ActorPage.objects.filter(neighbourhood=neighbourhood)
    return (
        Q(**{lookup: aimed.values("eventpage")})
        | Q(**{lookup: held.order_by().values("pk")})
        | Q(**{lookup: actions.values("actionpage")})
        | Q(**{lookup: places.order_by().values("pk")})
    )
