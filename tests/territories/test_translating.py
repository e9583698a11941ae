"""Coordinators have the pages of their own territory translated, and nobody else's."""

from urllib.parse import urlencode

import pytest
from agenda_factories import make_event
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import make_content_page, make_member, make_territory
from leaks.beta import make_document, make_image
from wagtail.models import Collection, Locale, get_page_models
from wagtail.rich_text import RichText
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from agenda.models import EventPage
from territories.pages.index import IndexPage

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


def block_of(kind: str, thing) -> tuple:
    link = f'<p>Le <a href="https://{thing}.example">site</a></p>'
    return {
        "image": ("image", {"image": thing, "alt": "Un marché", "caption": ""}),
        "document": ("documents", {"title": "", "documents": [{"document": thing, "label": ""}]}),
        "page": ("page_list", {"title": "", "pages": [thing]}),
        "link": ("text", {"text": RichText(link)}),
    }[kind]


def things_of(territory, kind: str):
    collection = Collection.objects.get(name=territory.slug)
    return {
        "image": lambda: make_image(collection, f"photo {territory.slug}"),
        "document": lambda: make_document(collection, f"liste {territory.slug}"),
        "page": lambda: make_content_page(territory, "Une page", published=False),
    }[kind]()


def translated(page, english):
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    return translation


def override(client, translation, value):
    segment = translation.source.overridablesegment_set.get()
    address = f"/admin/localize/translate/{translation.pk}/overrides/{segment.pk}/edit/"
    return client.put(
        address,
        urlencode({"value": value} if value is not None else {}),
        content_type="application/x-www-form-urlencoded",
        headers=PORTAL,
    )


@pytest.mark.parametrize("kind", ["image", "document", "page"])
def test_a_translation_shows_ones_own_things_only(client, alpha, english, kind):
    page = make_content_page(alpha, "La page", body=[block_of(kind, things_of(alpha, kind))])
    beta, other = make_territory("beta"), things_of(alpha, kind)
    translation = translated(page, english)
    client.force_login(make_member(alpha))
    answer = override(client, translation, things_of(beta, kind).pk)
    assert answer.status_code == 400 and "autre territoire" in answer.json()["detail"]
    assert not SegmentOverride.objects.exists()
    assert override(client, translation, 999_999).status_code == 400
    assert override(client, translation, "rien").status_code == 400
    assert override(client, translation, None).status_code == 400
    assert override(client, translation, other.pk).status_code == 201
    assert SegmentOverride.objects.get().data == str(other.pk)


def test_a_translation_leads_to_addresses_that_one_may_follow(client, alpha, english):
    page = make_content_page(alpha, "La page", body=[block_of("link", "alpha")])
    translation = translated(page, english)
    client.force_login(make_member(alpha))
    assert override(client, translation, "javascript:alert(1)").status_code == 400
    assert override(client, translation, "https://example.org/en").status_code == 201


def test_a_translation_without_words_is_not_an_error_of_the_server(client, alpha, event, english):
    translation = translated(event, english)
    segment = translation.source.stringsegment_set.first()
    client.force_login(make_member(alpha))
    address = f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"
    form = "application/x-www-form-urlencoded"
    assert client.put(address, "", content_type=form, headers=PORTAL).status_code == 400
    assert client.put(address, "value=Market", content_type=form, headers=PORTAL).status_code == 201


def test_an_editor_publishes_nothing_by_making_an_alias_of_it(client, alpha, event, english):
    draft = translated(event, english).get_target_instance()
    address = f"/admin/localize/page/{draft.pk}/convert_to_alias/"
    client.force_login(make_member(alpha, "editor"))
    client.post(address, headers=PORTAL)
    assert not EventPage.objects.get(pk=draft.pk).live
    client.force_login(make_member(alpha))
    client.post(address, headers=PORTAL)
    assert EventPage.objects.get(pk=draft.pk).live


def test_a_file_of_words_that_is_none_is_refused_in_a_sentence(client, alpha, event, english):
    translation = translated(event, english)
    client.force_login(make_member(alpha))
    address = f"/admin/localize/translate/{translation.pk}/pofile/upload/"
    unknown = SimpleUploadedFile("mots.po", b'msgid "a"\nmsgstr "b"\n')
    for form in ({}, {"file": unknown}):
        answer = client.post(address, form, headers=PORTAL, follow=True)
        assert answer.status_code == 200
        assert "n’est pas celui de cette traduction" in answer.content.decode()


def test_no_index_page_has_its_address_translated():
    """`/contact/`, `/agenda/`: the same in each language, whatever the page says there."""
    kinds = [model for model in get_page_models() if issubclass(model, IndexPage)]
    for model in kinds:
        names = {field.field_name for field in get_translatable_fields(model)}
        assert "title" in names and "slug" not in names, model
    assert len(kinds) > 10
