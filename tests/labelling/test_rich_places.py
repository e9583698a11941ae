"""A place that has everything is read in 15 queries, in every language."""

from datetime import timedelta

import pytest
from agenda_factories import make_event, make_registration
from archive_tools import make_image
from cooperation_factories import make_action, make_neighbourhood
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from practice_factories import make_sheet
from wagtail.models import Locale, PageViewRestriction

from resources_directory.models import ActorClosure, ServicePlace

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
THEME = "mobilite--preparer-un-permis"


@pytest.fixture
def place(alpha, give):
    actor = make_actor(
        alpha,
        "Maison des projets",
        networks=["mission-locale", "caf"],
        image=make_image(alpha),
        description="On vous reçoit. Venez comme vous êtes.",
    )
    actor.closures = [ActorClosure(first_day=TODAY, last_day=TODAY + timedelta(days=3))]
    actor.save_revision().publish()
    other = make_actor(alpha, "L’école des conducteurs")
    services = [
        make_service(alpha, "Le code", actor=actor, themes=[THEME]),
        make_service(alpha, "La conduite", actor=other, places=[ServicePlace(actor=actor)]),
    ]
    events = [
        make_event(alpha, f"Café {rank}", place=actor, registration_is_open=True, capacity=8 + rank)
        for rank in range(3)
    ]
    make_registration(events[0])
    for bearer in (actor, *events[:2]):
        give(bearer)
    where = [make_neighbourhood(alpha), make_neighbourhood(alpha, "Bagatelle")]
    actions = [
        make_action(
            alpha, f"Action {rank}", axis="aller-vers", carriers=[actor], neighbourhoods=where
        )
        for rank in range(2)
    ]
    sheet = make_sheet(alpha, about=actor)
    return actor, [*services, *events, *actions, sheet]


def translate(page):
    translated = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translated.save_revision().publish()


def test_a_place_that_has_everything_is_read_in_15_queries(client, place):
    actor, others = place

    def read(prefix):
        address = f"{prefix}/carte/{actor.slug}/"
        client.get(address, headers={"host": "alpha.localhost"})
        with CaptureQueriesContext(connection) as captured:
            html = client.get(address, headers={"host": "alpha.localhost"}).content.decode()
        for title in (actor.title, *(page.title for page in others)):
            assert title in html
        return len(captured)

    costs = {"fr": read(""), "en, not translated": read("/en")}
    for page in (actor, *others):
        translate(page)
    costs["en"] = read("/en")
    assert max(costs.values()) <= 15, costs


@pytest.mark.parametrize("restricted", ["itself", "above"])
def test_what_is_read_with_its_record_stays_private_where_it_is(client, alpha, restricted):
    for page in (make_actor(alpha, "Entre nous"), make_action(alpha, "Entre nous")):
        translate(page)
        path = f"/{page.get_parent().slug}/{page.slug}/"
        assert client.get(f"/en{path}", headers={"host": "alpha.localhost"}).status_code == 200
        PageViewRestriction.objects.create(
            page=page if restricted == "itself" else page.get_parent(), restriction_type="login"
        )
        for prefix in ("", "/en"):
            answer = client.get(f"{prefix}{path}", headers={"host": "alpha.localhost"})
            assert b"Entre nous" not in answer.content, prefix
