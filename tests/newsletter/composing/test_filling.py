"""« Remplir avec les nouveautés »: what is new, in an empty draft, by somebody who may edit it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from agenda_factories import make_event
from directory_factories import make_service
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory

from agenda.models import EventPage
from newsletter.composing.filling import add_to, last_letter_at, proposals
from newsletter.composing.mentions import pages_told_by
from newsletter.models import Mention
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
LAST_MONTH = datetime(2026, 10, 1, tzinfo=UTC)


def fill(client, letter, **data):
    address = reverse("newsletter_fill", args=[letter.pk])
    since = (timezone.localdate() - timedelta(days=7)).isoformat()
    data = {"since": since, "blocks": ["greeting"], **data}
    return client.post(address, data, headers={"host": "localhost"})


def fill_since(letter, since):
    return add_to(letter, proposals(letter, since))


def proposed(letter, since=LAST_MONTH):
    return {
        one.name: [page.title for page, _telling in one.pages] for one in proposals(letter, since)
    }


def tell(letter, *pages, days_ago):
    for page in pages:
        Mention.objects.create(
            territory=letter.territory,
            letter=letter,
            page_key=page.translation_key,
            made_at=timezone.now() - timedelta(days=days_ago),
        )


def publish_days_ago(page, days):
    moment = timezone.now() - timedelta(days=days)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=moment, last_published_at=moment
    )


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


def test_a_letter_that_was_begun_is_completed_at_its_end_and_not_twice(
    client, territory, make_letter
):
    event = make_event(territory, "Le forum")
    letter = make_letter(territory, body=[("text", {"text": "<p>À moi</p>"})], published=False)
    client.force_login(make_member(territory))
    fill(client, letter, blocks=["upcoming_events"])
    fill(client, letter, blocks=["upcoming_events"])
    draft = draft_of(letter)
    assert [child.block_type for child in draft.body] == ["text", "upcoming_events"]
    assert pages_told_by(draft) == [event]


def test_only_the_blocks_that_were_ticked_are_added(client, territory, make_letter):
    make_event(territory, "Le forum")
    make_service(territory, "Le permis")
    letter = make_letter(territory, published=False)
    client.force_login(make_member(territory))
    fill(client, letter, blocks=["services", "nothing", "labelling_events"])
    assert [child.block_type for child in draft_of(letter).body] == ["services"]
    response = fill(client, letter, blocks=[])
    assert "Cochez au moins un bloc" in response.content.decode()


def test_the_screen_shows_what_each_block_would_tell_and_what_was_told_before(
    client, territory, make_letter
):
    changed, same = make_event(territory, "Le forum"), make_event(territory, "Le café")
    former = make_letter(territory, "Novembre", sent_on=date(2026, 11, 3))
    tell(former, changed, same, days_ago=5)
    publish_days_ago(same, 6)
    letter = make_letter(territory, published=False)
    client.force_login(make_member(territory))
    html = client.get(
        reverse("newsletter_fill", args=[letter.pk]),
        {"since": (timezone.localdate() - timedelta(days=20)).isoformat()},
        headers={"host": "localhost"},
    ).content.decode()
    assert "Le forum" in html and "Déjà dans la lettre du 3" in html and "Le café" not in html
    assert 'name="blocks" value="upcoming_events" checked' in html


def test_what_was_told_and_has_not_changed_is_left_out_and_the_next_ones_come_in(
    territory, make_letter
):
    former = make_letter(territory, "Novembre", sent_on=date(2026, 11, 3))
    told = [make_event(territory, f"Dit {number}") for number in range(9)]
    for event in told:
        publish_days_ago(event, 8)
    tell(former, *told, days_ago=7)
    letter = make_letter(territory, published=False)
    assert "upcoming_events" not in proposed(letter)
    new = make_event(territory, "Zumba")
    assert proposed(letter)["upcoming_events"] == ["Zumba"]
    fill_since(letter, LAST_MONTH)
    assert new in pages_told_by(letter) and not set(told) & set(pages_told_by(letter))


def test_a_service_brought_up_to_date_since_is_told_again(territory, make_letter):
    service = make_service(territory, "Le permis")
    former = make_letter(territory, "Novembre", sent_on=date(2026, 11, 3))
    publish_days_ago(service, 8)
    tell(former, service, days_ago=7)
    letter = make_letter(territory, published=False)
    assert "services" not in proposed(letter)
    service.save_revision().publish()
    assert proposed(letter)["services"] == ["Le permis"]


def test_another_territorys_letters_leave_nothing_out(territory, make_letter):
    event = make_event(territory, "Le forum")
    publish_days_ago(event, 8)
    tell(make_letter(make_territory("beta"), "Chez beta"), event, days_ago=1)
    letter = make_letter(territory, published=False)
    assert proposed(letter)["upcoming_events"] == ["Le forum"]
    assert EventPage.objects.count() == 1


def test_no_page_is_told_by_two_blocks(territory, make_letter):
    make_event(territory, "Le forum")
    make_service(territory, "Le permis")
    letter = make_letter(territory, published=False)
    found = [title for titles in proposed(letter).values() for title in titles]
    assert len(found) == len(set(found)) >= 2


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
