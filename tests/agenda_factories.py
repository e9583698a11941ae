"""Events for tests, made as the editor would make them."""

from datetime import datetime, timedelta

from django.utils import timezone
from factories import make_page

from agenda.models import AgendaPage, EventDate, EventPage, Registration
from resources_directory.models import ActorMapPage, ActorPage
from territories.models import Commune, Neighbourhood, Term
from territories.territory import zone_of


def agenda_of(territory):
    return AgendaPage.objects.records().get(territory=territory)


def local(territory, *parts):
    """A moment on the territory's wall clock."""
    return datetime(*parts, tzinfo=zone_of(territory))


def make_actor(territory, title="Centre social", **fields):
    parent = ActorMapPage.objects.records().get(territory=territory)
    return make_page(parent, ActorPage(title=title, **fields))


def place_of(territory, name="Bagatelle"):
    """A neighbourhood of the territory's."""
    commune, _made = Commune.objects.get_or_create(code="31555", defaults={"name": "Toulouse"})
    place, _made = Neighbourhood.objects.get_or_create(
        commune=commune, name=name, defaults={"code": "QP031007"}
    )
    territory.neighbourhoods.add(place)
    return place


def make_event(territory, title="Atelier", *, dates=None, published=True, **fields):
    """An event in ten days, from 9:30 to 11:30, when no `dates` are given."""
    terms = {name: fields.pop(name) for name in ("themes", "publics") if name in fields}
    event = EventPage(title=title, **{"summary": "On se rencontre.", **fields})
    if dates is None:
        day = timezone.now() + timedelta(days=10)
        start = day.astimezone(zone_of(territory)).replace(
            hour=9, minute=30, second=0, microsecond=0
        )
        dates = [EventDate(start=start, end=start + timedelta(hours=2))]
    event.dates = dates
    for name, codes in terms.items():
        setattr(event, name, list(Term.objects.filter(code__in=codes)))
    return make_page(agenda_of(territory), event, published=published)


def make_registration(event, key=None, **said):
    """A registration as it is kept, for the first date when no `key` is given."""
    found = event.occurrences.order_by("start")
    occurrence = found.first() if key is None else found.get(key=key)
    return Registration.objects.create(
        event=event,
        territory=event.territory,
        occurrence_key=occurrence.key,
        known_start=occurrence.start,
        kept_from=occurrence.over_at,
        **{"first_name": "Ali", "phone": "06 39 98 00 01", **said},
    )
