import re
import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from agenda_factories import local, make_actor, make_event
from django.utils import timezone
from factories import make_territory
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from wagtail.models import Locale, PageLogEntry, PageViewRestriction

from agenda.calendars.timezones import zone_component
from agenda.models import DateChange, EventDate
from territories.models import Term

FEED = "/agenda/calendrier.ics"
WEEK = timedelta(days=7)


def entries(text):
    return Calendar.from_ical(text).walk("VEVENT")


@given(
    st.sampled_from(["Europe/Paris", "America/Miquelon", "Indian/Reunion", "Pacific/Noumea"]),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001
)
def test_the_described_time_zone_is_the_real_one(name, wall):
    zone = zoneinfo.ZoneInfo(name)
    described = zone_component(zone, 2024, 2027).to_tz(lookup_tzid=False)
    moment = wall.replace(tzinfo=UTC)
    assert moment.astimezone(described).utcoffset() == moment.astimezone(zone).utcoffset()


@pytest.mark.django_db
class TestList:
    def test_it_is_a_calendar_that_may_be_cached(self, alpha, client):
        make_event(alpha)
        response = client.get(FEED, headers={"host": "alpha.localhost"})
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "public" in response["Cache-Control"]
        assert not response.cookies
        assert client.post(FEED, headers={"host": "alpha.localhost"}).status_code == 405

    def test_an_event_is_read_back_as_it_was_written(self, alpha, get):
        start = local(alpha, 2027, 7, 1, 9, 30)
        event = make_event(
            alpha,
            "Forum, salon ; et « café » \\o/",
            dates=[EventDate(start=start, end=start + timedelta(hours=2))],
            summary="Venez, même sans CV ; on le fait avec vous.",
            organiser=make_actor(alpha, "Tremplin, l’association"),
            place_name="Place Abbal",
            commune="Toulouse",
            postcode="31100",
            latitude=43.57,
            longitude=1.4,
            format=Term.objects.get(kind="event-format", code="forum"),
        )
        (entry,) = entries(get(FEED))
        assert entry["SUMMARY"] == event.title
        assert entry["DTSTART"].dt == start
        assert entry["DTSTART"].params["TZID"] == "Europe/Paris"
        assert entry["DTEND"].dt == start + timedelta(hours=2)
        assert entry["LOCATION"] == "Place Abbal, 31100 Toulouse"
        assert (entry["GEO"].latitude, entry["GEO"].longitude) == (43.57, 1.4)
        assert entry["STATUS"] == "CONFIRMED"
        assert entry["URL"] == event.full_url
        assert event.summary in entry["DESCRIPTION"]
        assert entry["CONTACT"] == "Tremplin, l’association"
        assert "ORGANIZER" not in entry
        assert "Forum ou salon" in entry["CATEGORIES"].cats
        assert entry["LAST-MODIFIED"].dt.replace(microsecond=0) == (
            event.last_published_at.replace(microsecond=0)
        )

    def test_a_round_trip_through_icalendar_changes_nothing(self, alpha, get):
        make_event(alpha, "Été : « ça » \u202f— très très long " + "é" * 150)
        text = get(FEED)
        assert Calendar.from_ical(text).to_ical().decode() == text
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

    def test_a_series_is_one_entry_and_a_change_stands_beside_it(self, alpha, get):
        start = local(alpha, 2026, 10, 1, 9, 30)
        event = make_event(
            alpha,
            dates=[EventDate(start=start, repeat="weekly")],
            changes=[
                DateChange(kind="cancelled", original=start + timedelta(weeks=9, hours=1)),
                DateChange(kind="note", original=start, note="Au deuxième étage"),
            ],
        )
        master, *others = entries(get(FEED))
        assert master["RRULE"]["FREQ"] == ["WEEKLY"]
        assert {entry["UID"] for entry in others} == {master["UID"]}
        told = {entry["RECURRENCE-ID"].dt: entry for entry in others}
        assert set(told) == {start, start + timedelta(weeks=9)}
        assert told[start]["DESCRIPTION"].startswith("Au deuxième étage")
        cancelled = told[start + timedelta(weeks=9)]
        assert cancelled["STATUS"] == "CANCELLED"
        assert cancelled["SUMMARY"] == f"Annulé : {event.title}"

    def test_what_was_cancelled_long_ago_is_only_left_out(self, alpha, get):
        start = timezone.now().replace(microsecond=0) - timedelta(weeks=10)
        make_event(
            alpha,
            dates=[EventDate(start=start, repeat="weekly")],
            changes=[DateChange(kind="cancelled", original=start + timedelta(weeks=2))],
        )
        (master,) = entries(get(FEED))
        assert [one.dt for one in master["EXDATE"].dts]

    def test_a_period_chooses_events_and_leaves_their_series_whole(self, alpha, get):
        start = local(alpha, 2026, 10, 1, 9, 30)
        make_event(alpha, dates=[EventDate(start=start, repeat="weekly")])
        day = timezone.localdate() + timedelta(days=20)
        whole, (part,) = entries(get(FEED)), entries(get(f"{FEED}?du={day}&au={day + WEEK}"))
        assert part.to_ical() == whole[0].to_ical()

    def test_whole_days_have_no_hour(self, alpha, get):
        start = local(alpha, 2027, 3, 1)
        make_event(alpha, dates=[EventDate(start=start, is_all_day=True)])
        text = get(FEED)
        assert "DTSTART;VALUE=DATE:20270301" in text
        assert "DTEND;VALUE=DATE:20270302" in text
        assert "VTIMEZONE" not in text

    def test_identifiers_are_no_primary_keys_and_last(self, alpha, get):
        event = make_event(alpha)
        (before,) = entries(get(FEED))
        assert str(event.translation_key) in before["UID"]
        assert "localhost" not in before["UID"]
        typed = event.dates.get()
        typed.start += timedelta(days=1)
        typed.end += timedelta(days=1)
        event.dates = [typed]
        event.title = "Autre nom"
        event.save_revision().publish()
        (after,) = entries(get(FEED))
        assert after["UID"] == before["UID"]
        assert after["DTSTART"].dt == before["DTSTART"].dt + timedelta(days=1)
        assert after["SEQUENCE"] >= before["SEQUENCE"]

    def test_a_cancelled_event_stays_and_says_so(self, alpha, get):
        event = make_event(alpha, "Forum")
        event.status = "cancelled"
        event.save_revision().publish()
        (entry,) = entries(get(FEED))
        assert entry["STATUS"] == "CANCELLED"
        assert entry["SUMMARY"] == "Annulé : Forum"

    def test_what_was_withdrawn_lately_says_that_it_is_no_more_and_nothing_else(self, alpha, get):
        event = make_event(alpha, "Nom de quelqu’un", slug="quelquun", publics=["jeunes"])
        (before,) = entries(get(FEED))
        event.unpublish()
        text = get(FEED)
        (after,) = entries(text)
        assert (after["UID"], after["DTSTART"].dt) == (before["UID"], before["DTSTART"].dt)
        assert after["STATUS"] == "CANCELLED"
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["SUMMARY"] == "Rendez-vous retiré de l’agenda"
        assert "quelqu" not in text
        assert not entries(get(f"{FEED}?public=femmes"))
        PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=31))
        assert not entries(get(FEED))

    def test_what_was_never_public_or_became_private_leaves_no_trace(self, alpha, beta, get):
        make_event(alpha, published=False)
        make_event(beta, "Chez beta").unpublish()
        private = make_event(alpha, "Privé")
        private.unpublish()
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        assert not entries(get(FEED))

    def test_it_keeps_a_month_of_what_is_over(self, alpha, get):
        def made(title, days):
            start = timezone.now() + timedelta(days=days)
            make_event(alpha, title, dates=[EventDate(start=start)])

        made("Il y a une semaine", -7)
        made("Il y a deux mois", -60)
        made("Dans un an", 365)
        titles = {str(entry["SUMMARY"]) for entry in entries(get(FEED))}
        assert titles == {"Il y a une semaine", "Dans un an"}

    def test_it_obeys_the_filters_of_the_page(self, alpha, get):
        make_event(alpha, "Jeunes", publics=["jeunes"])
        make_event(alpha, "Payant", is_free=False)
        day = timezone.localdate() + timedelta(days=10)

        def titles(query):
            return {str(entry["SUMMARY"]) for entry in entries(get(f"{FEED}?{query}"))}

        assert titles("public=jeunes") == {"Jeunes"}
        assert titles("gratuit=oui") == {"Jeunes"}
        assert titles(f"du={day}&au={day}") == {"Jeunes", "Payant"}
        assert titles(f"du={day + timedelta(days=2)}") == set()
        assert titles("du=2026-99-99") == {"Jeunes", "Payant"}

    def test_a_territory_sends_no_strangers_event_and_the_portal_sends_all(self, alpha, beta, get):
        make_event(alpha, "Chez alpha")
        make_event(beta, "Chez beta")
        assert [str(entry["SUMMARY"]) for entry in entries(get(FEED))] == ["Chez alpha"]
        portal = entries(get(FEED, host="localhost"))
        assert {str(entry["SUMMARY"]) for entry in portal} == {"Chez alpha", "Chez beta"}
        assert "http://beta.localhost/agenda/chez-beta/" in {entry["URL"] for entry in portal}

    def test_each_territory_keeps_its_own_time_zone(self, alpha, get):
        far = make_territory("miquelon", plugins=["agenda"])
        far.time_zone = "America/Miquelon"
        far.save()
        start = local(far, 2027, 7, 1, 9, 30)
        make_event(far, "Là-bas", dates=[EventDate(start=start)])
        make_event(alpha, "Ici")
        text = get(FEED, host="localhost")
        calendar = Calendar.from_ical(text)
        zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
        assert zones == {"Europe/Paris", "America/Miquelon"}
        assert "DTSTART;TZID=America/Miquelon:20270701T093000" in text
        assert text.index("BEGIN:VTIMEZONE") < text.index("BEGIN:VEVENT")

    def test_it_speaks_the_language_of_its_address(self, alpha, get):
        event = make_event(alpha, "Le marché")
        translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
        translation.title = "The market"
        translation.save_revision().publish()
        (french,), (english,) = entries(get(FEED)), entries(get("/en" + FEED))
        assert (french["SUMMARY"], english["SUMMARY"]) == ("Le marché", "The market")
        assert french["UID"] == english["UID"]

    def test_the_page_offers_it_with_its_filters(self, alpha, get):
        make_event(alpha, "Jeunes", publics=["jeunes"])
        html = get("/agenda/?public=jeunes")
        assert f'href="webcal://alpha.localhost{FEED}?public=jeunes"' in html
        assert f'href="{FEED}?public=jeunes"' in html


@pytest.mark.django_db
class TestOneEvent:
    def test_the_page_offers_its_calendar_and_every_coming_date_is_in_it(self, alpha, get):
        start = local(alpha, 2026, 1, 8, 9, 30)
        event = make_event(alpha, "Cours", dates=[EventDate(start=start, repeat="weekly")])
        address = re.search(r'href="([^"]*\.ics)"', get(event.get_url_parts()[2]))[1]
        (master,) = entries(get(address))
        assert master["DTSTART"].dt == start
        assert "UNTIL" not in master["RRULE"]

    def test_a_strangers_event_and_a_draft_answer_404(self, alpha, beta, get):
        make_event(beta, "Chez beta", slug="chez-beta")
        make_event(alpha, "Brouillon", slug="brouillon", published=False)
        get("/agenda/chez-beta.ics", status=404)
        get("/agenda/brouillon.ics", status=404)
        get("/agenda/rien.ics", status=404)
        get("/agenda/chez-beta.ics", host="localhost", status=404)
        assert entries(get("/agenda/chez-beta.ics", host="beta.localhost"))

    def test_a_slug_with_accents_has_a_calendar_too(self, alpha, get):
        make_event(alpha, "Été", slug="été")
        assert len(entries(get("/agenda/été.ics"))) == 1

    def test_nonsense_slugs_answer_404(self, alpha, get):
        for slug in ("%00", "%22", "a%00b", "..", "a" * 3000):
            get(f"/agenda/{slug}.ics", status=404)

    def test_a_past_event_still_has_its_dates(self, alpha, get):
        start = timezone.now() - timedelta(days=300)
        make_event(alpha, "Hier", slug="hier", dates=[EventDate(start=start)])
        assert len(entries(get("/agenda/hier.ics"))) == 1
