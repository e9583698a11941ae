"""Events that were taken off the site: a telephone that shows one is told, and told nothing else.

What is cancelled stays published and says so. An event that is unpublished may have been a mistake,
or name somebody: nothing that it said is given again, only that this entry is no more, for as long
as what is over is kept. A page that became private, or was deleted, leaves without a word.
"""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from wagtail.models import PageLogEntry

from agenda.lists.programme import Programme
from agenda.models import EventPage

from .reading import KEPT


def withdrawn(programme: Programme) -> list[EventPage]:
    """Those that the filters would leave, each with the moment it was `.withdrawn_at`."""
    since = programme.now - KEPT
    unpublished = PageLogEntry.objects.filter(
        page=OuterRef("pk"), action__startswith="wagtail.unpublish", timestamp__gt=since
    )
    gone = (
        EventPage.objects.filter(live=False)
        .public()
        .records()
        .open()
        .in_territory(programme.territory)
        .annotate(withdrawn_at=Subquery(unpublished.values("timestamp")[:1]))
        .filter(withdrawn_at__isnull=False)
    )
    found = programme.narrowed((since, None), gone)
    return list(found.select_related("territory").prefetch_related("dates"))
