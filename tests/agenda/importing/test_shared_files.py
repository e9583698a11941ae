"""Files that other programs wrote, beside the repository."""

import pytest

from agenda.importing.running import carry_out, plan_file
from territories.importing.plan import Kind
from territories.importing.records import BadFile

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

NAMES = [
    *(
        f"ics/{name}.ics"
        for name in (
            *("icalendar-bom_calendar", "icalendar-empty", "icalendar-x_location"),
            "icalendar-issue_127_categories_with_commas",
            *("icalendar-issue_218_bad_tzid", "icalendar-issue_722_missing_timezones"),
            *("pythondotorg-google-calendar", "recurring-Germany"),
            *("recurring-daylight_saving_time", "recurring-discourse_no_dtend"),
            *("recurring-each_week_but_two_deleted", "recurring-end_before_start_event"),
            *("recurring-event_10_times", "recurring-issue_18_cancel_status"),
            "recurring-issue_20_exdate_ignored",
        )
    ),
    *(
        f"openagenda/{name}.json"
        for name in (
            *("albi-events", "begles.event", "onlineAttendance.event"),
            "withRegistrationLink.event",
        )
    ),
]
# Of a long file all is planned, and this much is written.
WRITTEN = 6


@pytest.mark.parametrize("name", NAMES)
def test_each_record_becomes_an_event_or_is_refused_by_name(shared, alpha, name):
    content = (shared / "data" / name).read_bytes()
    plan = plan_file(territory=alpha, content=content, publish=True)
    for row in plan.rows:
        assert row.kind in {Kind.NEW, Kind.REFUSED}
        assert str(row.name)
        assert row.reason if row.kind == Kind.REFUSED else row.changes["dates"]
    plan.rows = plan.rows[:WRITTEN]
    carry_out(plan)
    again = plan_file(territory=alpha, content=content, publish=True).rows
    for before, row in zip(plan.rows, again, strict=False):
        assert row.kind == (Kind.REFUSED if before.kind == Kind.REFUSED else Kind.UNCHANGED)
        assert not row.writes


def test_no_file_is_left_out(shared):
    found = {path.relative_to(shared / "data").as_posix() for path in files(shared)}
    assert found - {"openagenda/begles.agenda.json"} <= set(NAMES)


def files(shared):
    data = shared / "data"
    return [*(data / "ics").glob("*.ics"), *(data / "openagenda").glob("*.json")]


def test_an_agenda_is_no_event(shared, alpha):
    content = (shared / "data/openagenda/begles.agenda.json").read_bytes()
    with pytest.raises(BadFile, match="décrit un agenda"):
        plan_file(territory=alpha, content=content)
