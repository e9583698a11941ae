"""Tags of images and documents are words of the vocabulary: they tell nothing of one’s own."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from factories import make_member, make_territory
from leaks.beta import make_document, make_image
from taggit.models import Tag

from territories.models import Term
from territories.tenancy.rights import find_collection

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}
OF_BOTH = pytest.mark.parametrize("make", [make_image, make_document])


@pytest.fixture
def territory():
    return make_territory("alpha")


@pytest.fixture
def collection(territory):
    return find_collection(territory)


@pytest.fixture
def admin(client, territory):
    client.force_login(make_member(territory))
    return client


@pytest.fixture
def word():
    return Term.objects.filter(kind=Term.Kind.THEME, label__contains=" ").first().label


def edit(admin, thing, tags):
    app = thing._meta.app_label
    form = {"title": thing.title, "collection": thing.collection_id, "tags": tags}
    form |= {"description": ""} if app == "wagtailimages" else {}
    return admin.post(reverse(f"{app}:edit", args=[thing.pk]), form, headers=PORTAL)


@OF_BOTH
def test_a_word_of_the_vocabulary_is_a_tag(admin, collection, word, make):
    thing = make(collection, "Atelier")
    answer = edit(admin, thing, f'"{word.upper()}"')
    assert answer.status_code == 302, answer.context["form"].errors
    # As the vocabulary writes it, however it was typed.
    assert list(thing.tags.names()) == [word]


@OF_BOTH
def test_any_other_word_is_refused_and_named(admin, collection, make):
    thing = make(collection, "Atelier")
    answer = edit(admin, thing, '"mot à nous"')
    assert answer.status_code == 200
    assert "pas dans le vocabulaire : mot à nous" in answer.content.decode()
    assert not Tag.objects.exists()


@OF_BOTH
def test_what_it_bears_already_may_stay(admin, collection, make):
    thing = make(collection, "Atelier")
    thing.tags.add("ancien mot")
    assert edit(admin, thing, '"ancien mot"').status_code == 302


def test_an_upload_in_the_chooser_is_held_to_the_same(admin, collection):
    answer = admin.post(
        reverse("wagtaildocs_chooser:create"),
        {
            "document-chooser-upload-title": "Notes",
            "document-chooser-upload-file": ContentFile(b"a;b", name="notes.csv"),
            "document-chooser-upload-collection": collection.pk,
            "document-chooser-upload-tags": '"mot à nous"',
        },
        headers=PORTAL,
    )
    assert "vocabulaire" in answer.content.decode()
    assert not Tag.objects.exists()


@pytest.mark.parametrize(("make", "model"), [(make_image, "image"), (make_document, "document")])
def test_several_are_tagged_at_once_with_words_of_the_vocabulary(
    admin, collection, word, make, model
):
    things = [make(collection, title) for title in ("Un", "Deux")]
    address = reverse("wagtail_bulk_action", args=[things[0]._meta.app_label, model, "add_tags"])
    address += "?" + "&".join(f"id={thing.pk}" for thing in things)
    refused = admin.post(address, {"tags": '"mot à nous"'}, headers=PORTAL)
    assert refused.status_code == 200
    assert not Tag.objects.exists()
    admin.post(address, {"tags": f'"{word}"'}, headers=PORTAL)
    assert all(list(thing.tags.names()) == [word] for thing in things)


def test_a_tag_is_completed_from_the_vocabulary_alone(admin, word):
    Tag.objects.create(name="zzzz à nous")
    address = reverse("wagtailadmin_tag_autocomplete")
    assert word in admin.get(address, {"term": word[:12].lower()}, headers=PORTAL).json()
    assert admin.get(address, {"term": "zzzz"}, headers=PORTAL).json() == []
    assert admin.get(address, headers=PORTAL).json() == []
