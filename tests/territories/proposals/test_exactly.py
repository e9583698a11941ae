"""Whatever is offered and whatever the draft holds, what is chosen is written: nothing else."""

from datetime import date

import pytest
from agenda_factories import make_event
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.models import EventPage
from resources_directory.codes import Language
from resources_directory.models import ActorPage
from territories.models import Proposal
from territories.proposals.deciding import apply_proposal
from territories.proposals.sheets import kind_of
from territories.proposals.values import values_of

pytestmark = pytest.mark.django_db
# What a new revision changes by itself.
MOVING = {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip)
ACTOR = {
    "title": TEXT.filter(lambda text: len(text) >= 3),
    "description": TEXT,
    "website": st.sampled_from(["", "https://un.example.org/", "https://deux.example.org/é"]),
    "step_free": st.sampled_from([None, True, False]),
    "languages_spoken": st.lists(st.sampled_from(Language.values), unique=True, max_size=3),
    "phone": st.from_regex(r"0[1-9]( [0-9]{2}){4}", fullmatch=True),
    "email": st.sampled_from(["", "un@example.org", "deux@example.org"]),
    "opening_hours": st.sampled_from(["", "Mo-Fr 09:00-12:00; PH off", '"sur rendez-vous"']),
    "confirmed_on": st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat),
    "address": TEXT,
    "postcode": st.sampled_from(["", "31000", "97400"]),
}
MOMENTS = st.datetimes().map(lambda moment: moment.strftime("2030-%m-%dT%H:%M:00Z"))
ONCE = {"is_all_day": False, "repeat": "", "interval": 1, "weekdays": [], "days": []}
LINE = st.fixed_dictionaries(
    {"key": st.uuids().map(str), "start": MOMENTS, "end": st.none(), "until": st.none()},
    optional={},
).map(lambda line: {**line, **ONCE})
EVENT = {
    "title": ACTOR["title"],
    "summary": TEXT.filter(bool),
    "body": TEXT.map(lambda text: f"<p>{text.replace('<', '').replace('&', '')}</p>"),
    "dates": st.lists(LINE, min_size=1, max_size=4, unique_by=lambda line: line["key"]),
    "status": st.sampled_from(["scheduled", "full", "postponed", "cancelled"]),
    "is_free": st.booleans(),
    "to_bring": TEXT,
}


def some(fields) -> st.SearchStrategy:
    """Values for some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def cases(draw, fields):
    after = draw(some(fields).filter(bool))
    taken = draw(st.sets(st.sampled_from(sorted(after)), min_size=1))
    return after, taken, draw(st.none() | some({n: s for n, s in fields.items() if n != "dates"}))


def check(page, after, taken, drafted, user) -> None:
    with transaction.atomic():
        page = type(page).objects.get(pk=page.pk)
        proposal = Proposal.objects.create(
            territory=page.territory,
            page_id=page.pk,
            changes={
                name: {"before": values_of(page, [name])[name], "after": value}
                for name, value in after.items()
            },
        )
        if drafted is not None:
            draft = type(page).objects.get(pk=page.pk)
            for name, value in drafted.items():
                setattr(draft, name, value)
            draft.save_revision(user=user)
        live = contents(page)
        before = contents(type(page).objects.get(pk=page.pk).get_latest_revision_as_object())
        apply_proposal(proposal=proposal, taken=taken, decided_by=user)
        stored = type(page).objects.get(pk=page.pk)
        written = contents(stored.get_latest_revision_as_object())
        assert {name: written[name] for name in written if name not in taken} == {
            name: before[name] for name in before if name not in taken
        }
        offered = {name: after[name] for name in taken}
        assert values_of(stored.get_latest_revision_as_object(), taken) == canonical(offered)
        # Nothing is published.
        assert contents(stored) == live
        transaction.set_rollback(True)


def contents(page) -> dict:
    names = set(page.serializable_data()) - MOVING - {"wagtail_admin_comments"}
    return values_of(page, sorted(names))


def canonical(values: dict) -> dict:
    return {
        name: "" if name == "body" and value == "<p></p>" else value
        for name, value in values.items()
    }


EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(case=cases(ACTOR))
def test_of_an_actor_exactly_the_chosen_fields_change(actor, coordinator, case):
    assert isinstance(actor, ActorPage) and set(ACTOR) <= set(kind_of(actor).proposable.fields)
    check(actor, *case, coordinator)


@pytest.fixture
def event(actor):
    return make_event(actor.territory, "Café", organiser=actor, body="<p>Un café.</p>")


@EXAMPLES
@given(case=cases(EVENT))
def test_of_an_event_exactly_the_chosen_fields_change(event, coordinator, case):
    assert isinstance(event, EventPage)
    check(event, *case, coordinator)
