from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.plugins.contributions import Finding, Searchable
from territories.territory import zone_of

from .dates.told import STATUS_BADGES
from .models import EventPage, Occurrence
from .models.welcome import WELCOME_WORDS
from .queries import OFF_LAST
from .venues import venue_of

# As far ahead as the end of next month.
TOLD_AHEAD = timedelta(days=61)
# What begins in the evening and ends in the small hours is of one day.
NIGHT = timedelta(hours=6)


def find_event(page: EventPage, record: EventPage) -> Finding:
    venue = venue_of(record)
    themes, publics = list(record.themes.select_related("parent")), list(record.publics.all())
    terms = [*themes, *publics, *record.sectors.all(), *(theme.parent for theme in themes)]
    terms += [record.format] if record.format else []
    words = {word for term in terms if term for word in (term.label, term.words) if word}
    if record.organiser:
        words.add(record.organiser.title)
    partners = record.partners.select_related("actor")
    words |= {partner.actor.title for partner in partners}
    aimed_at, here = list(record.aimed_at.all()), (record.place or record).neighbourhood
    words |= {place.name for place in aimed_at}
    now = timezone.now()
    coming = record.occurrences.filter(over_at__gt=now)
    following = coming.order_by(OFF_LAST, "start").first()
    status = following.status if following else record.status
    return Finding(
        title=page.title,
        summary=page.summary,
        body="\n".join([strip_tags(page.body.replace(">", "> ")), *said_of_coming(page)]),
        words=sorted(words),
        place=venue.full,
        insee_code=venue.insee_code,
        latitude=venue.latitude,
        longitude=venue.longitude,
        neighbourhoods=[one.facet_value for one in (*aimed_at, here) if one],
        next_date=following.start if following else None,
        last_date=record.occurrences.aggregate(last=Max("start"))["last"],
        days=days_of(coming.exclude(status="cancelled"), record, now),
        publics=[term.code for term in publics],
        themes=[term.code for term in themes],
        is_free=record.is_free,
        external_id=record.external_id,
        badges=[STATUS_BADGES[status]] if status in STATUS_BADGES else [],
    )


def days_of(coming: QuerySet[Occurrence], record: EventPage, now: datetime) -> set[date]:
    """Those of the coming weeks, by the clocks of its territory; what goes on over midnight ends
    that night."""
    zone = zone_of(record.territory)
    today = now.astimezone(zone).date()
    end = today + TOLD_AHEAD
    found = set()
    for start, over_at in coming.filter(start__lt=now + TOLD_AHEAD).values_list("start", "over_at"):
        last = max(start, over_at - NIGHT).astimezone(zone).date()
        day = max(today, start.astimezone(zone).date())
        while day <= min(last, end):
            found.add(day)
            day += timedelta(days=1)
    return found


def said_of_coming(page: EventPage) -> list[str]:
    """What somebody wrote to help people come, in the language of the page."""
    texts = (getattr(page, word.field_name) for word in WELCOME_WORDS)
    return [text for text in texts if text]


ONE = pgettext_lazy("un seul", "Rendez-vous")
SEARCHABLES = [Searchable("agenda.EventPage", "event", _("Rendez-vous"), find_event, ONE)]
