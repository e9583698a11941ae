from datetime import UTC, datetime

import pytest
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory

from resources_directory.hours.listed import open_now
from resources_directory.models import ActorClosure, ActorPage, ServicePage

pytestmark = pytest.mark.django_db

# A Tuesday, 10 o'clock in Toulouse and 13 o'clock in La Réunion.
MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def titles(records, moment=MOMENT):
    return set(open_now(records, moment).values_list("title", flat=True))


def test_lists_find_what_is_open_by_the_hours_of_the_service_or_of_its_actor():
    alpha = make_territory("alpha")
    house = make_actor(alpha, "La maison", opening_hours="Mo-Fr 09:00-12:30; PH off")
    odd = make_actor(alpha, "Le camion")
    ActorPage.objects.filter(pk=odd.pk).update(opening_hours="quand il passe")
    odd.refresh_from_db()
    make_service(alpha, "Comme la maison", actor=house)
    make_service(alpha, "L’après-midi", actor=house, opening_hours="Mo-Fr 14:00-17:00")
    make_service(alpha, "Jour et nuit", actor=odd, opening_hours="24/7")
    make_service(alpha, "Comme le camion", actor=odd)
    island = make_territory("ile")
    island.time_zone = "Indian/Reunion"
    island.save()
    far = make_actor(island, "La case", opening_hours="Mo-Fr 09:00-12:30; PH off")
    make_service(island, "Là-bas", actor=far, opening_hours="Mo-Fr 13:00-14:00")

    services, actors = ServicePage.objects.findable(), ActorPage.objects.findable()
    assert titles(services) == {"Comme la maison", "Jour et nuit", "Là-bas"}
    assert titles(services.in_territory(alpha)) == {"Comme la maison", "Jour et nuit"}
    assert titles(actors) == {"La maison"}
    assert titles(services, MOMENT.replace(day=25)) == {"Jour et nuit"}

    ActorClosure.objects.create(
        actor=house, first_day="2026-12-01", last_day="2026-12-02", note="Travaux"
    )
    assert titles(actors) == set()
    assert titles(services.in_territory(alpha)) == {"Jour et nuit"}
    assert titles(services.in_territory(alpha), MOMENT.replace(hour=14)) == {
        "Jour et nuit",
        "L’après-midi",
    }
    assert titles(actors, MOMENT.replace(day=3)) == {"La maison"}

    with CaptureQueriesContext(connection) as captured:
        assert open_now(services.in_territory(alpha), MOMENT).count() == 1
    assert len(captured) == 2
