"""Documents of the private space: who may fetch them, and where they may be shown."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.urls import reverse
from factories import (
    home_of,
    make_content_page,
    make_member,
    make_page,
    make_territory,
    open_space,
)
from wagtail.documents.models import Document
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.uploads import upload
from territories.models import ContentPage
from territories.private_space.documents import COLLECTION, make_private_collection

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}
BETA = {"host": "beta.localhost"}
PORTAL = {"host": "localhost"}


@pytest.fixture
def alpha():
    territory = make_territory("alpha", plugins=[])
    open_space(territory)
    return territory


def make_document(collection, name="compte-rendu.txt") -> Document:
    return Document.objects.create(
        title="Compte rendu", collection=collection, file=ContentFile(b"Entre nous", name=name)
    )


@pytest.fixture
def minutes(alpha):
    return make_document(make_private_collection(alpha))


def log_in(client, person, headers=ALPHA):
    data = {"username": person.username, "password": "secret"}
    return client.post("/espace-pro/connexion/", data, headers=headers)


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def test_a_territory_gets_one_closed_collection_that_its_people_may_fill(alpha):
    private = make_private_collection(alpha)
    assert private == make_private_collection(alpha) == Collection.objects.get(name=COLLECTION)
    assert private.get_parent().name == "alpha" and private.get_view_restrictions().count() == 1


def test_a_private_document_is_fetched_by_readers_alone(client, alpha, minutes):
    stranger = client.get(minutes.url, headers=ALPHA)
    assert stranger.status_code == 302
    assert stranger["Location"] == f"/espace-pro/connexion/?next={minutes.url}"
    assert "no-store" in stranger["Cache-Control"]
    log_in(client, make_member(alpha, "editor"))
    answer = client.get(minutes.url, headers=ALPHA)
    assert text(answer) == "Entre nous"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_private_document_is_of_one_territory_on_every_host(client, alpha, minutes):
    beta = make_territory("beta", plugins=[])
    log_in(client, make_member(beta), BETA)
    assert client.get(minutes.url, headers=BETA).status_code == 404
    log_in(client, make_member(alpha))
    assert client.get(minutes.url, headers=BETA).status_code == 404
    # In the admin, whose sessions are of no territory.
    assert client.get(minutes.url, headers=PORTAL).status_code == 302
    client.force_login(make_member(beta, "editor"))
    assert client.get(minutes.url, headers=PORTAL).status_code == 404
    assert client.get(minutes.url, headers=ALPHA, follow=False).status_code == 200
    client.cookies.pop("espace_pro")
    assert client.get(minutes.url, headers=ALPHA).status_code == 302
    client.force_login(make_member(alpha, "editor"))
    assert text(client.get(minutes.url, headers=PORTAL)) == "Entre nous"
    assert client.get(minutes.url, headers=ALPHA).status_code == 302


def test_crafted_addresses_of_a_private_document_lead_nowhere(client, alpha, minutes):
    name = minutes.file.name
    for path in (
        f"/documents/{minutes.pk}/autre-nom.txt",
        f"/documents/{minutes.pk}/",
        f"/media/{name}",
        f"/media/./{name}",
        f"/media//{name}",
        f"/media/images/../{name}",
    ):
        assert client.get(path, headers=ALPHA).status_code in {302, 404}, path
        assert client.get(path, headers=PORTAL).status_code in {302, 404}, path


def test_a_server_without_a_proxy_serves_images_and_no_documents(rf, minutes, settings):
    with pytest.raises(Http404):
        upload(rf.get("/"), minutes.file.name)
    with pytest.raises(Http404):
        upload(rf.get("/"), f"images/../{minutes.file.name}")
    Path(settings.MEDIA_ROOT, "vue.txt").write_text("x")
    assert upload(rf.get("/"), "vue.txt").status_code == 200


def test_a_public_document_costs_and_says_what_it_did(client, alpha):
    leaflet = make_document(Collection.objects.get(name="alpha"))
    for headers in (ALPHA, PORTAL):
        answer = client.get(leaflet.url, headers=headers)
        assert text(answer) == "Entre nous" and "no-store" not in answer.get("Cache-Control", "")


def submit(client, parent, document):
    link = f'<p><a linktype="document" id="{document.pk}">le texte</a></p>'
    data = nested_form_data(
        {
            "title": "Réunion",
            "slug": "reunion",
            "introduction": "",
            "body": streamfield(
                [("text", {"text": rich_text(link, features=["link", "document-link"])})]
            ),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["territories", "contentpage", parent.pk])
    return client.post(address, {**data, "action-publish": "1"}, headers=PORTAL)


@pytest.mark.parametrize("on_private_page", [True, False])
def test_a_page_shows_only_documents_that_its_readers_may_open(
    client, alpha, minutes, on_private_page
):
    leaflet = make_document(Collection.objects.get(name="alpha"), "depliant.txt")
    right, wrong = (minutes, leaflet) if on_private_page else (leaflet, minutes)
    parent = open_space(alpha) if on_private_page else home_of(alpha)
    client.force_login(make_member(alpha))
    refused = str(submit(client, parent, wrong).context["form"].errors["body"])
    said = "tout le monde peut ouvrir" if on_private_page else "est réservé aux professionnels"
    assert said in refused and "« Contenu »" in refused and "« Compte rendu »" in refused
    assert not ContentPage.objects.filter(slug="reunion").exists()
    submit(client, parent, right)
    assert ContentPage.objects.get(slug="reunion").live


def test_a_reader_fetches_what_a_private_page_offers(client, alpha, minutes):
    make_page(
        open_space(alpha),
        ContentPage(
            title="Comptes rendus",
            slug="comptes-rendus",
            body=[("documents", {"documents": [{"document": minutes, "label": ""}]})],
        ),
    )
    log_in(client, make_member(alpha))
    assert minutes.url in client.get("/espace-pro/comptes-rendus/", headers=ALPHA).content.decode()
    assert make_content_page(alpha).get_view_restrictions().count() == 0
