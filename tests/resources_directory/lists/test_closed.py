from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from directory_factories import make_actor, make_service
from django.utils import timezone
from factories import make_territory

from resources_directory.lists.actors import ActorFacts
from resources_directory.lists.services import ServiceFacts
from resources_directory.models import ActorClosure, ActorPage, ServiceClosure

pytestmark = pytest.mark.django_db

# A Tuesday, 10 o'clock in Toulouse.
MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def opened(facts, territory, moment=MOMENT):
    found = facts(SimpleNamespace(territory=territory, place=None), moment)
    return {title for title, answer in zip(found.titles, found.opened, strict=True) if answer}


def test_what_is_closed_for_some_days_is_not_open_in_a_list():
    alpha = make_territory("alpha", plugins=["resources_directory"])
    house = make_actor(alpha, "La maison", opening_hours="Mo-Fr 09:00-12:30; PH off")
    odd = make_actor(alpha, "Le camion")
    ActorPage.objects.filter(pk=odd.pk).update(opening_hours="quand il passe")
    make_service(alpha, "Comme la maison", actor=house)
    make_service(alpha, "L’après-midi", actor=house, opening_hours="Mo-Fr 14:00-17:00")
    night = make_service(alpha, "Jour et nuit", actor=odd, opening_hours="24/7")
    make_service(alpha, "Comme le camion", actor=odd)
    assert opened(ServiceFacts, alpha) == {"Comme la maison", "Jour et nuit"}
    assert opened(ActorFacts, alpha) == {"La maison"}
    assert opened(ServiceFacts, None, MOMENT.replace(day=25)) == {"Jour et nuit"}

    days = {"first_day": "2026-12-01", "last_day": "2026-12-02"}
    for actor in (house, odd):
        ActorClosure.objects.create(actor=actor, note="Travaux", **days)
    assert opened(ActorFacts, alpha) == set()
    # Its actor's closure closes no service that has hours of its own.
    assert opened(ServiceFacts, alpha) == {"Jour et nuit"}
    assert opened(ServiceFacts, alpha, MOMENT.replace(hour=14)) == {"Jour et nuit", "L’après-midi"}
    assert opened(ActorFacts, alpha, MOMENT.replace(day=3)) == {"La maison"}
    ServiceClosure.objects.create(service=night, **days)
    assert opened(ServiceFacts, alpha) == opened(ServiceFacts, None) == set()
    assert opened(ServiceFacts, alpha, MOMENT.replace(day=3)) == {"Comme la maison", "Jour et nuit"}


def test_a_closure_of_an_actor_stands_on_the_sheets_that_have_its_hours_and_in_no_export(client):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    house = make_actor(alpha, "La maison", opening_hours="Mo-Fr 09:00-12:30; PH off")
    make_service(alpha, "Comme la maison", actor=house)
    make_service(alpha, "Jour et nuit", actor=house, opening_hours="24/7")
    today = timezone.localdate()
    ActorClosure.objects.create(
        actor=house, first_day=today, last_day=today, note="Travaux au toit"
    )

    def page(path):
        return client.get(path, headers={"host": "alpha.localhost"}).getvalue().decode()

    for path in ("/carte/la-maison/", "/guide/comme-la-maison/"):
        assert "Travaux au toit" in page(path), path
        assert "specialOpeningHoursSpecification" in page(path), path
    assert "Travaux au toit" not in page("/guide/jour-et-nuit/")
    assert '"Mo-Fr 09:00-12:30; PH off"' in page("/open-data/structures.json")
