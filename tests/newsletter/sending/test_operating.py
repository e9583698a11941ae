"""What whoever operates the site is told: bad addresses, what waits."""

from io import StringIO

import pytest
from django.core.management import call_command

from newsletter.sending.checks import check_letters_urls, check_pace


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gopher://relay",
        "brevo://api.brevo.com",
        "brevo:",
        "mailchimp://key@us1.api.mailchimp.com",
        "mailchimp://us1.api.mailchimp.com/list",
        "smtp://relay.example:port",
        "smtp://[::1",
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_its_secret(settings, url):
    settings.LETTERS_URLS = {"ALPHA": url}
    if not url:
        settings.LETTERS_URL, settings.LETTERS_URLS = "", {}
    (found,) = check_letters_urls(None)
    assert found.id == "newsletter.E001" and found.hint
    assert "LETTERS_URL" in found.msg and "key" not in found.msg


@pytest.mark.parametrize(
    "url", ["smtp:", "smtps://me:secret@relay.example", "export:", "brevo+http://key@127.0.0.1:1"]
)
def test_an_address_that_can_be_used_is_not(settings, url):
    settings.LETTERS_URL = url
    assert check_letters_urls(None) == []


def test_a_key_in_the_clear_is_told(settings):
    settings.LETTERS_URL = "brevo+http://key@api.example"
    (found,) = check_letters_urls(None)
    assert found.id == "newsletter.W001"


def test_a_pace_that_is_none_is_told(settings):
    assert check_pace(None) == []
    settings.LETTERS_PER_MINUTE = -1
    assert [found.id for found in check_pace(None)] == ["newsletter.E002"]


def status() -> tuple[str, int]:
    told = StringIO()
    try:
        call_command("letters_status", stdout=told)
    except SystemExit as end:
        return told.getvalue(), end.code
    return told.getvalue(), 0


def test_all_is_well(territory):
    words, code = status()
    assert words == "alpha : Smtp\n" and code == 0


def test_what_needs_somebody_is_told(mail, send, make_readers, settings):
    make_readers("ada", "bob")
    mail.at["end", "ada"] = "closes"
    settings.LETTERS_URLS = {"NOBODY": "export:"}
    send()
    words, code = status()
    assert code == 1
    assert "1 à envoyer" in words and "1 incertaines" in words
    assert "LETTERS_URL_NOBODY" in words and "coupée" in words
