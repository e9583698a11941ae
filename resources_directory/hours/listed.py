"""Which records of a list are open, for the facet « Ouvert maintenant »."""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from datetime import date, datetime

from django.conf import settings
from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from resources_directory.whereabouts import hours_at

from .open_now import open_at

# What lists read of a record, and of each of its places.
IN_FORCE, ZONE = "hours_in_force", "hours_zone"


def open_now(records: QuerySet, moment: datetime) -> QuerySet:
    """The records of a list (services or actors) that are open at that moment, and only those of
    which it is known. `moment`: aware; each territory reads it on its own clock.

    A service is open when one of its places is. What is closed for some days is not open. One query
    more than the list, for the different texts: a few hundred for 20,000 services.
    """
    model = records.model
    zones = Coalesce("territory__time_zone", Value(settings.TIME_ZONE))
    found = model.objects.annotate(**{IN_FORCE: hours_of(model), ZONE: zones})
    written = found.filter(pk__in=records.order_by().values("pk")).exclude(**{IN_FORCE: ""})
    texts = defaultdict(list)
    for zone, text in written.order_by().values_list(ZONE, IN_FORCE).distinct():
        texts[zone].append(text)
    is_open = Q(pk__in=[])
    for zone, theirs in texts.items():
        now = moment.astimezone(zoneinfo.ZoneInfo(zone))
        opened = sorted(text for text, answer in open_at(theirs, now).items() if answer)
        if opened:
            here = Q(**{ZONE: zone, f"{IN_FORCE}__in": opened})
            is_open |= here & ~closed(model, now.date())
    return records.filter(pk__in=found.filter(is_open).values("pk"))


def hours_of(model: type[Model]) -> Case | F:
    return hours_at() if hasattr(model, "actor") else F("opening_hours")


def closed(model: type[Model], day: date) -> Q:
    """The closures of an actor close its services that have no hours of their own."""
    lasting = {"first_day__lte": day, "last_day__gte": day}
    own = model._meta.get_field("closures")
    found = Q(
        Exists(own.related_model.objects.filter(**{own.field.name: OuterRef("pk")}, **lasting))
    )
    if hasattr(model, "actor"):
        of_actor = model._meta.get_field("actor").related_model._meta.get_field("closures")
        theirs = of_actor.related_model.objects.filter(actor=OuterRef("actor"), **lasting)
        found |= Q(Exists(theirs), opening_hours="")
    return found
