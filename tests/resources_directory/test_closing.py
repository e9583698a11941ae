"""What its source has no more is proposed for closing to whoever may close it."""

import pytest
from directory_factories import make_actor
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories import make_member, make_territory
from filling_forms import words_of
from wagtail.models import Locale

from resources_directory.closing import gone_sheets
from resources_directory.models import ActorPage, ImportedResource
from territories.models import JournalEntry
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["resources_directory"])


@pytest.fixture
def sheet(alpha):
    return gone(make_actor(alpha, "Maison fermée"))


def gone(page):
    return ImportedResource.objects.create(
        territory=page.territory,
        kind="structure",
        source="annuaire",
        external_id=str(page.pk),
        page=page,
        gone_on=timezone.localdate(),
    )


@pytest.fixture
def home(client):
    def words(user):
        client.force_login(user)
        return words_of(client.get("/admin/", headers=PORTAL))

    return words


@pytest.fixture
def decide(client):
    def decide(user, sheet, verb):
        client.force_login(user)
        address = reverse(f"resources_directory_{verb}", args=[sheet.pk])
        return client.post(address, headers=PORTAL, follow=True)

    return decide


def test_the_coordinator_sees_it_and_closes_it(alpha, sheet, home, decide):
    coordinator = make_member(alpha)
    said = home(coordinator)
    assert "Fiches disparues de leur source" in said
    assert "Maison fermée" in said and "structure, annuaire" in said
    assert "Fermer cette fiche" in said and "Garder" in said
    said = words_of(decide(coordinator, sheet, "close"))
    assert "La fiche « Maison fermée » est fermée" in said
    assert "Fiches disparues de leur source" not in said
    page = ActorPage.objects.get(pk=sheet.page_id)
    assert not page.live and page.title == "Maison fermée"
    entry = JournalEntry.objects.filter(territory=alpha, action="wagtail.unpublish").get()
    assert entry.user == coordinator


def test_its_translations_are_closed_with_it(alpha, sheet, decide):
    page = ActorPage.objects.get(pk=sheet.page_id)
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.save_revision().publish()
    decide(make_member(alpha), sheet, "close")
    assert not ActorPage.objects.filter(translation_key=page.translation_key, live=True).exists()


def test_kept_it_stays_on_line_and_is_proposed_no_more(alpha, sheet, decide):
    coordinator = make_member(alpha)
    said = words_of(decide(coordinator, sheet, "keep"))
    assert "reste en ligne" in said and "Fiches disparues" not in said
    assert ActorPage.objects.get(pk=sheet.page_id).live
    entry = JournalEntry.objects.filter(territory=alpha, action="resources.keep").get()
    assert entry.formatter.format_message(entry) == "Gardée, bien que disparue de annuaire"


@pytest.mark.parametrize("verb", ["close", "keep"])
def test_whoever_may_not_close_it_learns_nothing_and_changes_nothing(
    alpha, beta, sheet, home, decide, verb
):
    stranger, editor = make_member(beta), make_member(alpha, "editor")
    for user in (stranger, editor):
        assert "Maison fermée" not in home(user)
        assert decide(user, sheet, verb).status_code == 404
    sheet.refresh_from_db()
    assert ActorPage.objects.get(pk=sheet.page_id).live and not sheet.is_kept


@pytest.mark.parametrize("verb", ["close", "keep"])
def test_it_takes_a_post_with_its_token(alpha, sheet, client, verb):
    coordinator = make_member(alpha)
    address = reverse(f"resources_directory_{verb}", args=[sheet.pk])
    assert client.post(address, headers=PORTAL).status_code == 302
    assert "/login" in client.post(address, headers=PORTAL)["Location"]
    client.force_login(coordinator)
    assert client.get(address, headers=PORTAL).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator)
    assert strict.post(address, headers=PORTAL).status_code == 403
    assert ActorPage.objects.get(pk=sheet.page_id).live


def test_a_territory_without_the_guide_is_asked_nothing(alpha, sheet, home, decide):
    coordinator = make_member(alpha)
    switch_off(territory=alpha, plugin="resources_directory")
    assert "Maison fermée" not in home(coordinator)
    assert decide(coordinator, sheet, "close").status_code == 404


def test_ten_are_shown_and_the_others_counted_in_as_many_queries(
    alpha, sheet, home, client, django_assert_max_num_queries
):
    coordinator = make_member(alpha)
    for number in range(11):
        gone(make_actor(alpha, f"Lieu {number:02}"))
    assert "Et 2 autres." in home(coordinator)
    request = type("Request", (), {"user": coordinator})()
    with django_assert_max_num_queries(4):
        assert len(gone_sheets(request)["sheets"]) == 10
