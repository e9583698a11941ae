"""Brevo and Mailchimp tell of what comes back; whoever does not know the address tells nothing."""

import json
from urllib.parse import urlsplit

import pytest
from factories import make_territory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.bounces.providers import address_for_provider, events_in
from newsletter.models import Objection, Subscriber, SubscriberState

pytestmark = pytest.mark.django_db
HOST = {"host": "alpha.localhost"}


@pytest.fixture
def tells(client, reader):
    path = urlsplit(address_for_provider(reader.territory)).path

    def tells(said=None, *, body=None, host="alpha.localhost", form=None):
        if form is not None:
            return client.post(path, form, headers={"host": host})
        content = json.dumps(said) if body is None else body
        return client.post(path, content, "application/json", headers={"host": host})

    return tells


def state(reader):
    reader.refresh_from_db()
    return reader.state


def brevo(event, reader, **more):
    return {"event": event, "email": reader.email.upper(), "reason": "550 no such user", **more}


@pytest.mark.parametrize("event", ["hard_bounce", "invalid_email"])
def test_an_address_that_does_not_exist_stops(tells, reader, event):
    assert tells(brevo(event, reader)).status_code == 200
    assert state(reader) == SubscriberState.STOPPED and "550" in reader.reason


def test_what_stumbles_does_not_stop_at_once_and_what_is_delivered_says_nothing(tells, reader):
    assert tells([brevo("soft_bounce", reader), brevo("delivered", reader)]).status_code == 200
    assert state(reader) == SubscriberState.ACTIVE and reader.bounces == 1


def test_a_complaint_stops_and_no_file_brings_them_back(tells, reader):
    tells(brevo("spam", reader))
    assert state(reader) == SubscriberState.STOPPED and Objection.objects.count() == 1


def test_who_leaves_there_leaves_here(tells, reader):
    tells(brevo("unsubscribed", reader))
    assert state(reader) == SubscriberState.LEFT


@pytest.mark.parametrize(
    ("form", "becomes"),
    [
        ({"type": "cleaned", "data[reason]": "hard"}, SubscriberState.STOPPED),
        ({"type": "cleaned", "data[reason]": "abuse"}, SubscriberState.STOPPED),
        ({"type": "unsubscribe", "data[reason]": "manual"}, SubscriberState.LEFT),
        ({"type": "unsubscribe", "data[reason]": "abuse"}, SubscriberState.STOPPED),
        ({"type": "profile"}, SubscriberState.ACTIVE),
    ],
)
def test_mailchimp_tells_with_a_form(tells, reader, form, becomes):
    assert tells(form={**form, "data[email]": reader.email}).status_code == 200
    assert state(reader) == becomes


def test_mailchimp_asks_first_whether_somebody_is_there(client, reader):
    path = urlsplit(address_for_provider(reader.territory)).path
    assert client.get(path, headers=HOST).status_code == 200
    assert client.get(path[:-3] + "x/", headers=HOST).status_code == 404


def test_another_host_and_another_territorys_readers_are_nobodys(tells, reader):
    beta = make_territory("beta")
    stranger = Subscriber.objects.create(
        territory=beta, email="nadia@example.org", state=SubscriberState.ACTIVE
    )
    assert tells(brevo("spam", reader), host="beta.localhost").status_code == 404
    tells(brevo("hard_bounce", reader, email=stranger.email))
    assert state(stranger) == SubscriberState.ACTIVE


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'"hard_bounce"', b"[1, null]", b"{}"])
def test_what_is_not_understood_changes_nothing(tells, reader, body):
    assert tells(body=body).status_code in {200, 400}
    assert state(reader) == SubscriberState.ACTIVE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner)))
def test_events_are_read_whatever_json_is_sent(rf, said):
    request = rf.post("/", json.dumps({"event": said, "email": said}), "application/json")
    [event] = events_in(request)
    assert all(isinstance(value, str) for value in event)
