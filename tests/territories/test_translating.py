"""Coordinators have the pages of their own territory translated, and nobody else's."""

import pytest
from agenda_factories import make_event
from factories import make_member, make_territory
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from agenda.models import EventPage

PORTAL = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def event(alpha):
    return make_event(alpha, "Le marché", slug="marche")


@pytest.fixture
def english(alpha):
    return Locale.objects.get(language_code="en")


def submit(client, page, locale):
    address = f"/admin/localize/submit/page/{page.pk}/"
    return client.post(address, {"locales": [locale.pk]}, headers=PORTAL)


def test_a_coordinator_submits_a_page_and_gets_a_draft_to_fill(client, alpha, event, english):
    client.force_login(make_member(alpha))
    edit = client.get(f"/admin/pages/{event.pk}/edit/", headers=PORTAL).content.decode()
    assert f"/admin/localize/submit/page/{event.pk}/" in edit
    form = client.get(f"/admin/localize/submit/page/{event.pk}/", headers=PORTAL)
    assert form.status_code == 200 and "English" in form.content.decode()
    response = submit(client, event, english)
    draft = EventPage.objects.get(locale=english, slug="marche")
    assert response.status_code == 302
    assert response["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert draft.territory == alpha and not draft.live
    editor = client.get(response["Location"], headers=PORTAL)
    assert editor.status_code == 200
    # Words are asked, facts are not.
    asked = set(Translation.objects.get().source.stringsegment_set.values_list("context__path"))
    assert ("title",) in asked and ("status",) not in asked


def test_a_strangers_page_is_neither_submitted_nor_updated(client, event, english):
    stranger = make_member(make_territory("beta"))
    client.force_login(stranger)
    assert submit(client, event, english).status_code in {302, 403}
    assert not EventPage.objects.filter(locale=english).exists()
    source, _made = TranslationSource.get_or_create_from_instance(event)
    Translation.objects.create(source=source, target_locale=english).save_target(publish=False)
    client.post(
        f"/admin/localize/update/{source.pk}/", {"publish_translations": "on"}, headers=PORTAL
    )
    assert not EventPage.objects.get(locale=english).live


def test_a_coordinator_updates_the_translations_of_its_own_page(client, alpha, event, english):
    client.force_login(make_member(alpha))
    submit(client, event, english)
    source = TranslationSource.objects.get()
    event.title = "Le grand marché"
    event.save_revision().publish()
    response = client.post(f"/admin/localize/update/{source.pk}/", {}, headers=PORTAL)
    assert response.status_code == 302
    segments = source.stringsegment_set.filter(context__path="title")
    assert segments.get().string.data == "Le grand marché"


def test_an_editor_who_may_not_publish_does_not_submit(client, alpha, event, english):
    client.force_login(make_member(alpha, "editor"))
    submit(client, event, english)
    assert not EventPage.objects.filter(locale=english).exists()
