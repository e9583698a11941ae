"""A form that names another territory's image, document or page is refused, in a clear sentence."""

import html

import pytest
from agenda_factories import make_event
from factories import home_of, make_content_page, make_member, make_territory
from leaks.beta import make_document, make_image
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from agenda.models import EventPage
from territories.models import ContentPage

PORTAL = {"host": "localhost"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def beta():
    return make_territory("beta")


def things_of(territory):
    collection = Collection.objects.get(name=territory.slug)
    return {
        "page": make_content_page(territory, f"La page de {territory.slug}", published=False),
        "image": make_image(collection, f"photo {territory.slug}"),
        "document": make_document(collection, f"liste {territory.slug}"),
    }


def names_of(territory) -> list[str]:
    slug = territory.slug
    return [f"La page de {slug}", f"la-page-de-{slug}", f"photo {slug}", f"liste {slug}"]


def block(kind: str, things: dict):
    pk = things[kind.removeprefix("link to ")].pk
    link = '<p><a linktype="{}" id="{}">Ici</a></p>'
    return {
        "page": ("page_list", {"title": "", "pages": streamfield([("item", pk)])}),
        "image": ("image", {"image": pk, "alt": "Un marché", "caption": ""}),
        "document": (
            "documents",
            {"title": "", "documents": streamfield([("item", {"document": pk, "label": ""})])},
        ),
        "link to page": ("text", {"text": rich_text(link.format("page", pk))}),
        "link to document": (
            "text",
            {"text": rich_text(link.format("document", pk), features=["link", "document-link"])},
        ),
    }[kind]


def save(client, page, blocks):
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": "",
            "body": streamfield(blocks),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0},
        }
    )
    return client.post(f"/admin/pages/{page.pk}/edit/", data, headers=PORTAL)


KINDS = ["page", "image", "document", "link to page", "link to document"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_shows_and_links_to_ones_own_things_only(client, alpha, beta, kind):
    page = make_content_page(alpha, "La page")
    client.force_login(make_member(alpha))
    answer = save(client, page, [block(kind, things_of(beta))])
    assert answer.status_code == 200
    assert "« Contenu » contient un" in str(answer.context["form"].errors["body"])
    # Telepath carries it to the page, in its own writing.
    assert "territoire. Choisissez" in html.unescape(answer.content.decode())
    assert not ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().body
    # Shown again, the form tells nothing of what was named.
    said = html.unescape(answer.content.decode())
    assert not any(name in said for name in names_of(beta))
    answer = save(client, page, [block(kind, things_of(alpha))])
    assert answer.status_code == 302, answer.context["form"].errors
    assert ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().body


def test_what_the_national_team_has_put_there_stays(client, alpha, beta):
    image = things_of(beta)["image"]
    body = [("image", {"image": image, "alt": "Un marché"})]
    page = make_content_page(alpha, "La page", body=body)
    client.force_login(make_member(alpha))
    blocks = [("image", {"image": image.pk, "alt": "Le grand marché", "caption": ""})]
    assert save(client, page, blocks).status_code == 302


def test_an_event_does_not_take_anothers_image(client, alpha, beta):
    image = things_of(beta)["image"]
    event = make_event(alpha, "Le marché")
    user = make_member(alpha)
    form_class = EventPage.get_edit_handler().get_form_class()
    form = form_class({"image": image.pk}, instance=event, for_user=user)
    form.is_valid()
    assert "image d’un autre territoire" in str(form.errors["image"])


def test_a_home_is_held_to_it_too(client, alpha, beta):
    form_class = type(home_of(alpha)).get_edit_handler().get_form_class()
    data = nested_form_data({"body": streamfield([block("image", things_of(beta))])})
    form = form_class(data, instance=home_of(alpha), for_user=make_member(alpha))
    form.is_valid()
    assert "image d’un autre territoire" in str(form.errors["body"])


def test_what_is_wrong_for_another_reason_too_tells_nothing(client, alpha, beta):
    page = make_content_page(alpha, "La page")
    client.force_login(make_member(alpha))
    image = things_of(beta)["image"]
    answer = save(client, page, [("image", {"image": image.pk, "alt": "", "caption": ""})])
    assert answer.status_code == 200
    assert image.title not in html.unescape(answer.content.decode())


def test_copying_to_anothers_page_does_not_tell_its_title(client, alpha, beta):
    page, secret = make_content_page(alpha, "La page"), things_of(beta)["page"]
    client.force_login(make_member(alpha))
    for asked in (secret.pk, 999_999, "rien", ""):
        answer = client.post(
            f"/admin/pages/{page.pk}/copy/",
            {"new_title": "Copie", "new_slug": "copie", "new_parent_page": asked},
            headers=PORTAL,
            follow=True,
        )
        assert secret.title not in answer.content.decode(), asked
        assert not ContentPage.objects.filter(title="Copie").exists()
