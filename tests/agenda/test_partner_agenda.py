"""The calendar that partners share: read in the private space, and nowhere else."""

from datetime import timedelta

import pytest
from agenda_factories import agenda_of, make_actor, make_event
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import home_of, make_member, make_page, make_territory, open_space
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data

from agenda.models import EventDate, EventPage, PartnerAgendaPage
from agenda.shortlist import announced
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}
PORTAL = {"host": "localhost"}
CALENDAR = "/espace-pro/calendrier/"
SAID = "Comité de pilotage"


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def calendar(alpha):
    page = PartnerAgendaPage(title="Calendrier des partenaires", slug="calendrier")
    return make_page(open_space(alpha), page)


def meeting(calendar, title=SAID, days=10, **fields):
    start = timezone.now() + timedelta(days=days)
    event = EventPage(title=title, summary="Entre partenaires.", **fields)
    event.dates = [EventDate(start=start, end=start + timedelta(hours=2))]
    return make_page(calendar, event)


@pytest.fixture
def read(client, alpha):
    username = make_member(alpha, "editor").username
    data = {"username": username, "password": "secret"}
    client.post("/espace-pro/connexion/", data, headers=ALPHA)
    return lambda path: client.get(path, headers=ALPHA)


def test_readers_see_what_comes_and_what_is_over(read, calendar):
    meeting(calendar, slug="comite")
    meeting(calendar, "Réunion passée", days=-10)
    html = read(CALENDAR).content.decode()
    assert SAID in html and "Réunion passée" not in html and "<b>1 rendez-vous</b>" in html
    assert "Réunion passée" in read(f"{CALENDAR}?passes=1").content.decode()
    sheet = read(f"{CALENDAR}comite/").content.decode()
    assert "Entre partenaires." in sheet
    # No telephone can log in to fetch it, and no friend can read it.
    assert "comite.ics" not in sheet and "sms:" not in sheet


def test_strangers_read_neither_the_calendar_nor_its_events(client, calendar):
    meeting(calendar, slug="comite")
    for path in (CALENDAR, f"{CALENDAR}comite/", f"/en{CALENDAR}comite/"):
        answer = client.get(path, headers=ALPHA)
        assert answer.status_code == 302 and SAID not in answer.content.decode()


@pytest.mark.parametrize("headers", [ALPHA, PORTAL])
def test_no_public_list_feed_search_or_open_data_knows_them(client, alpha, calendar, headers):
    actor = make_actor(alpha, "La Régie", slug="la-regie")
    meeting(calendar, slug="comite", organiser=actor, place=actor)
    make_event(alpha, "Forum ouvert")
    call_command("rebuild_search", verbosity=0)
    found = []
    for path in (
        "/",
        "/en/",
        "/agenda/",
        "/agenda/?passes=1",
        "/agenda/?periode=30-jours",
        "/en/agenda/",
        "/agenda/calendrier.ics",
        "/carte/",
        "/carte/la-regie/",
        "/guide/",
        "/recherche/?q=comité",
        "/recherche/?q=comté+pilotag",
        "/api/v1/search/?q=comité",
        "/api/v1/search/",
        "/open-data/evenements.json",
        "/open-data/labels.json",
        "/label/",
    ):
        answer = client.get(path, headers=headers)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found.append("Forum ouvert" in body.decode())
        assert "pilotage" not in body.decode().lower(), path
        assert "no-store" not in answer.get("Cache-Control", "")
    assert sum(found) > 6, "The walk must meet what is public."
    assert client.get("/agenda/comite.ics", headers=ALPHA).status_code == 404
    assert client.get("/agenda/comite/", headers=ALPHA).status_code == 404


def test_letters_and_blocks_that_fill_themselves_leave_them_out(alpha, calendar):
    event = meeting(calendar)
    assert event not in announced(alpha) and event not in announced(None)
    assert event not in EventPage.objects.findable()


def test_a_meeting_moved_to_the_public_agenda_waits_to_be_published(client, alpha, calendar):
    event = meeting(calendar, slug="comite")
    event.move(agenda_of(alpha), pos="last-child")
    event.refresh_from_db()
    assert not event.live
    assert SAID not in client.get("/agenda/", headers=ALPHA).content.decode()
    event.save_revision().publish()
    assert SAID in client.get("/agenda/", headers=ALPHA).content.decode()


def test_an_event_moved_into_the_calendar_leaves_the_search_at_once(client, alpha, calendar):
    event = make_event(alpha, "Forum ouvert")
    call_command("rebuild_search", verbosity=0)
    search = "/api/v1/search/?q=forum"
    assert client.get(search, headers=PORTAL).json()["count"] == 1
    event.move(calendar, pos="last-child")
    assert client.get(search, headers=PORTAL).json()["count"] == 0
    assert "Forum ouvert" not in client.get("/agenda/", headers=ALPHA).content.decode()


def test_a_translated_meeting_is_private_too(client, read, calendar):
    event = meeting(calendar, slug="comite")
    english = event.copy_for_translation(Locale.objects.get(language_code="en"), True)
    english.title = "Steering committee"
    english.save_revision().publish()
    assert "Steering committee" in read(f"/en{CALENDAR}").content.decode()
    client.cookies.clear()
    for path in (f"/en{CALENDAR}comite/", "/en/agenda/", "/en/recherche/?q=steering", "/en/"):
        assert "Steering committee" not in client.get(path, headers=ALPHA).content.decode()


def test_a_coordinator_makes_the_calendar_and_its_meetings_in_the_admin(client, alpha):
    space = open_space(alpha)
    client.force_login(make_member(alpha))

    def show(name, *args):
        return client.get(reverse(f"wagtailadmin_pages:{name}", args=args), headers=PORTAL)

    assert "Les images ne le sont pas" in show("edit", space.pk).content.decode()
    assert "partneragendapage" in show("add_subpage", space.pk).content.decode()
    client.post(
        reverse("wagtailadmin_pages:add", args=["agenda", "partneragendapage", space.pk]),
        nested_form_data(
            {
                "title": "Calendrier",
                "slug": "calendrier",
                "introduction": "",
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "action-publish": "1",
            }
        ),
        headers=PORTAL,
    )
    made = PartnerAgendaPage.objects.get()
    assert made.live and made.territory == alpha
    assert show("add", "agenda", "eventpage", made.pk).status_code == 200


def test_one_calendar_stands_in_the_space_alone_and_closes_with_the_agenda(read, alpha, calendar):
    assert not PartnerAgendaPage.can_create_at(calendar.get_parent())
    assert not PartnerAgendaPage.can_create_at(home_of(alpha))
    assert "Calendrier des partenaires" in read("/espace-pro/").content.decode()
    switch_off(territory=alpha, plugin="agenda")
    assert read(CALENDAR).status_code == 404
    assert "Calendrier des partenaires" not in read("/espace-pro/").content.decode()
