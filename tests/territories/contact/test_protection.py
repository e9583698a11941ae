"""Public forms refuse machines, and never lose what a person typed."""

import re

import pytest
import time_machine
from django import forms
from django.core.cache import cache
from django.test import RequestFactory

from territories.contact.protection import ProtectedForm

NOW = "2026-11-25T10:00:00+01:00"
LATER = "2026-11-25T10:00:20+01:00"


class PostcardForm(ProtectedForm):
    email = forms.EmailField(required=False)
    page = forms.URLField(required=False, assume_scheme="https")
    words = forms.CharField(widget=forms.Textarea)


class OtherForm(PostcardForm):
    pass


def asked(address="192.0.2.1", host="alpha.localhost"):
    return RequestFactory().get("/", REMOTE_ADDR=address, HTTP_HOST=host)


def shown(form=PostcardForm, at=NOW, **given):
    with time_machine.travel(at, tick=False):
        return form(request=asked(**given))["stamp"].value()


def sent(stamp, at=LATER, form=PostcardForm, request=None, **typed):
    with time_machine.travel(at, tick=False):
        form = form(
            {"words": "Bonjour", "your_url": "", "stamp": stamp, **typed},
            request=request or asked(),
        )
        form.is_valid()
        return form


def codes(form):
    return [error.code for error in form.non_field_errors().as_data()]


def test_what_a_person_sends_is_accepted():
    form = sent(shown())
    assert not form.errors
    assert form.status == 200
    assert form.cleaned_data["words"] == "Bonjour"


def test_the_trap_is_neither_seen_nor_heard_nor_reached_by_the_keyboard():
    form = PostcardForm(request=asked())
    [trap] = [field for field in form.hidden_fields() if field.name == "your_url"]
    html = str(trap)
    assert html.startswith("<div hidden>")
    assert 'tabindex="-1"' in html
    assert 'autocomplete="off"' in html
    assert 'type="text"' in html
    assert re.search(r'<label for="id_your_url">', html)


@pytest.mark.parametrize(
    ("reason", "typed", "at"),
    [
        ("trap", {"your_url": "https://example.org"}, LATER),
        ("quick", {}, "2026-11-25T10:00:02+01:00"),
        ("old", {}, "2026-11-26T10:00:01+01:00"),
        ("old", {"stamp": "1764061200.abc:forged"}, LATER),
        ("old", {"stamp": ""}, LATER),
    ],
)
def test_what_is_refused_is_accepted_when_a_person_sends_it_again(reason, typed, at):
    form = sent(**{"stamp": shown(), "at": at, **typed})
    assert codes(form) == [reason]
    assert form.status == 422
    assert form["words"].value() == "Bonjour"
    assert form["your_url"].value() == ""
    with time_machine.travel(at, tick=False) as clock:
        clock.shift(10)
        again = PostcardForm({field.name: field.value() or "" for field in form}, request=asked())
        assert again.is_valid(), again.errors


def test_a_stamp_is_of_one_form_and_of_one_host():
    assert codes(sent(shown(OtherForm))) == ["old"]
    assert codes(sent(shown(host="beta.localhost"))) == ["old"]


def test_a_double_click_sends_one_message():
    stamp = shown()
    assert not sent(stamp).errors
    second = sent(stamp)
    assert codes(second) == ["twice"]
    assert second["stamp"].value() != stamp


def test_a_form_with_an_error_of_its_own_keeps_its_stamp_and_is_not_counted():
    stamp = shown()
    for _time in range(20):
        wrong = sent(stamp, email="alix@")
        assert list(wrong.errors) == ["email"]
        assert wrong["stamp"].value() == stamp
    assert not sent(stamp, email="alix@example.org").errors


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        ("http://a.example et https://www.b.example", True),
        ("http://a.example www.b.example HTTPS://c.example", False),
        ("[url=http://a.example]x[/url] http://b.example", False),
        ("Rendez-vous à 9 h 30, salle www", True),
    ],
)
def test_a_message_made_of_links_is_refused(words, passes):
    form = sent(shown(), words=words, page="https://ours.example", email="alix@example.org")
    assert (codes(form) == []) is passes
    if not passes:
        assert "gardez-en 2 au plus" in str(form.errors)


def test_one_address_sends_ten_forms_an_hour_and_others_go_on():
    for _time in range(10):
        assert not sent(shown()).errors
    refused = sent(shown())
    assert codes(refused) == ["often"]
    assert refused.status == 429
    assert refused["words"].value() == "Bonjour"
    assert not sent(shown(), request=asked("192.0.2.2")).errors
    assert not sent(shown(form=OtherForm), form=OtherForm).errors
    assert not sent(refused["stamp"].value(), at="2026-11-25T11:00:00+01:00").errors


def test_the_address_of_who_sends_is_kept_nowhere(monkeypatch):
    written = []
    monkeypatch.setattr(cache, "set", lambda *given, **more: written.append(given))
    sent(shown(), request=asked("192.0.2.77"))
    assert written
    assert "192.0.2.77" not in str(written)
