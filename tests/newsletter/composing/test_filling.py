"""« Remplir avec les nouveautés »: what is new, in an empty draft, by somebody who may edit it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory

from newsletter.composing.filling import fill_since, last_letter_at
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
LAST_MONTH = datetime(2026, 10, 1, tzinfo=UTC)


def fill(client, letter, **data):
    address = reverse("newsletter_fill", args=[letter.pk])
    data = {"since": (timezone.localdate() - timedelta(days=7)).isoformat(), **data}
    return client.post(address, data, headers={"host": "localhost"})


def draft_of(letter):
    return type(letter).objects.get(pk=letter.pk).get_latest_revision_as_object()


def test_each_open_plugin_adds_what_it_has_of_new(territory, make_letter):
    letter = make_letter(territory)
    assert "Salut" in fill_since(letter, LAST_MONTH)
    assert ("greeting", "Alpha") in [
        (child.block_type, child.value.get("name")) for child in letter.body
    ]


def test_a_closed_plugin_adds_nothing(territory, make_letter):
    switch_off(territory=territory, plugin="sample_plugin")
    letter = make_letter(type(territory).objects.get(pk=territory.pk))
    assert "Salut" not in fill_since(letter, LAST_MONTH)


def test_the_first_letter_looks_a_month_back_and_the_next_to_the_last(territory, make_letter):
    assert timedelta(days=29) < timezone.now() - last_letter_at(territory) < timedelta(days=31)
    make_letter(make_territory("beta"), sent_on=date(2026, 11, 1))
    make_letter(territory, "Brouillon", sent_on=date(2026, 11, 2), published=False)
    make_letter(territory, "Octobre", sent_on=date(2026, 10, 5))
    assert last_letter_at(territory).date() == date(2026, 10, 5)


@pytest.mark.parametrize("role", ["coordinator", "editor"])
def test_who_may_edit_the_letter_fills_its_draft(client, territory, make_letter, role):
    letter = make_letter(territory)
    client.force_login(make_member(territory, role))
    page = client.get(
        reverse("wagtailadmin_pages:edit", args=[letter.pk]), headers={"host": "localhost"}
    )
    assert reverse("newsletter_fill", args=[letter.pk]) in page.content.decode()
    form = client.get(
        reverse("newsletter_fill", args=[letter.pk]), headers={"host": "localhost"}
    ).content.decode()
    assert "Remplir la lettre" in form and "csrfmiddlewaretoken" in form
    assert not draft_of(letter).body, "asking for the form must change nothing"
    response = fill(client, letter)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[letter.pk])
    assert "greeting" in {child.block_type for child in draft_of(letter).body}
    letter.refresh_from_db()
    assert not letter.body, "what is published waits for the coordinator"


def test_a_stranger_gets_404_and_changes_nothing(client, territory, make_letter):
    letter = make_letter(territory)
    client.force_login(make_member(make_territory("beta")))
    assert fill(client, letter).status_code == 404
    address = reverse("newsletter_fill", args=[letter.pk])
    assert client.get(address, headers={"host": "localhost"}).status_code == 404
    client.logout()
    assert fill(client, letter).status_code == 302
    assert not draft_of(letter).body


def test_a_letter_that_was_begun_is_left_alone(client, territory, make_letter):
    letter = make_letter(territory, body=[("text", {"text": "<p>À moi</p>"})])
    client.force_login(make_member(territory))
    fill(client, letter)
    assert [child.block_type for child in draft_of(letter).body] == ["text"]


@pytest.mark.parametrize("since", ["", "abc", "2026-99-99", "2999-01-01", "\x00", "0001-01-01"])
def test_a_nonsense_date_is_told_kindly(client, territory, make_letter, since):
    letter = make_letter(territory)
    client.force_login(make_member(territory))
    assert fill(client, letter, since=since).status_code == 200
    assert not draft_of(letter).body


def test_other_addresses_of_the_filling_do_not_exist(client, territory):
    client.force_login(make_member(territory))
    for number in (0, 10**17):
        response = client.post(
            reverse("newsletter_fill", args=[number]), headers={"host": "localhost"}
        )
        assert response.status_code == 404
