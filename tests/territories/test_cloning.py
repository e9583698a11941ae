"""A new territory after another: its structure and its words, as drafts; nothing of its place."""

from io import StringIO

import pytest
from agenda_factories import agenda_of
from archive_tools import changed, every_row, make_document, make_image, make_rich_territory
from django.core.management import CommandError, call_command
from factories import home_of, make_content_page, make_territory
from sample_plugin.models import Pin
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from agenda.models import EventPage
from labelling.models import Label
from resources_directory.models import ActorPage
from territories.archive.naming import pages_of
from territories.models import ContentPage, JournalEntry, LegalFacts, LegalPage, Territory
from territories.pages.homes import homes_of
from territories.tenancy.rights import find_collection, plan_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def alpha():
    return make_rich_territory("alpha")


def clone(*arguments, original="alpha", slug="gamma", **options):
    written = StringIO()
    answers = {
        "name": "Petit Gamma",
        "hostname": "gamma.localhost",
        "commune": ["13201:Marseille 1er"],
        **options,
    }
    call_command("clone_territory", original, slug, stdout=written, **answers)
    return written.getvalue()


def gamma():
    return Territory.objects.select_related("site").get(slug="gamma")


def test_pages_come_as_drafts_and_lists_as_provisioning_makes_them(client, alpha):
    clone()
    copy = gamma()
    pages = {page.slug: page for page in ContentPage.objects.records().in_territory(copy)}
    assert pages["premiere"].title == "La première" and pages["premiere"].show_in_menus
    assert not any(page.live for page in pages.values())
    assert not any(page.first_published_at for page in pages.values())
    assert client.get("/premiere/", headers={"host": "gamma.localhost"}).status_code == 404
    assert client.get("/", headers={"host": "gamma.localhost"}).status_code == 200
    assert client.get("/agenda/", headers={"host": "gamma.localhost"}).status_code == 200
    assert agenda_of(copy).live
    assert not plan_rights(copy)
    # Drafts open in the editor, and are published as any other.
    draft = pages["premiere"].get_latest_revision_as_object()
    draft.save_revision().publish()
    assert client.get("/premiere/", headers={"host": "gamma.localhost"}).status_code == 200


def test_it_has_its_own_name_place_and_look(alpha):
    clone()
    copy = gamma()
    assert copy.name == "Petit Gamma"
    assert [commune.code for commune in copy.communes.all()] == ["13201"]
    for name in ("tagline", "contact_phone", "pilots", "logo"):
        assert not getattr(copy, name), name
    assert copy.first_colour != alpha.first_colour
    assert not copy.neighbourhoods.exists()
    assert {home.title for home in homes_of(copy)} == {"Petit Gamma"}
    entry = JournalEntry.objects.get(territory=copy, action="territories.clone")
    assert entry.data["source"] == alpha.name
    # Open there as here; what is closed there stays so.
    assert copy.enabled_plugins == alpha.enabled_plugins


def test_nothing_that_speaks_of_one_place_comes_along(alpha):
    people = [("contacts", {"title": "", "people": [{"name": "Nadia", "email": "n@a.fr"}]})]
    figures = [("key_figures", {"title": "", "figures": [{"number": "12", "label": "parrains"}]})]
    said = [("heading", {"text": "Qui nous sommes", "level": "h2"})]
    page = make_content_page(alpha, title="Qui", slug="qui", body=[*people, *said, *figures])
    make_document(alpha, "Le bilan")
    clone()
    copy = gamma()
    for model in (EventPage, ActorPage):
        assert not model.objects.filter(territory=copy).exists()
    assert not Pin.objects.filter(territory=copy).exists()
    assert not Label.objects.filter(territory=copy).exists()
    assert not Document.objects.filter(collection__in=folders(copy)).exists()
    slugs = set(ContentPage.objects.records().in_territory(copy).values_list("slug", flat=True))
    # Private, or never published there.
    assert slugs.isdisjoint({"entre-nous", "dessous", "demain"})
    copied = ContentPage.objects.get(territory=copy, slug="qui")
    assert [block.block_type for block in copied.body] == ["heading"]
    assert "Nadia" not in str(copied.latest_revision.content)
    assert [block.block_type for block in page.body] == ["contacts", "heading", "key_figures"]


def folders(territory):
    return find_collection(territory).get_descendants(inclusive=True)


def test_legal_pages_are_those_of_a_new_territory(alpha):
    legal = LegalPage.objects.records().get(territory=alpha, slug="donnees-personnelles")
    legal.introduction = "Publié par la métropole de Grand Alpha."
    legal.save_revision().publish()
    LegalFacts.objects.create(territory=alpha, publisher_name="La métropole de Grand Alpha")
    link = f'<p><a linktype="page" id="{legal.pk}">vos données</a></p>'
    make_content_page(alpha, "Qui", slug="qui", body=[("text", {"text": link})])
    clone()
    own = LegalPage.objects.records().get(territory=gamma(), slug="donnees-personnelles")
    assert "Grand Alpha" not in own.introduction
    assert not LegalFacts.objects.filter(territory=gamma()).exists()
    copied = ContentPage.objects.get(territory=gamma(), slug="qui")
    text = copied.get_latest_revision_as_object().body[0].value["text"].source
    assert f'id="{own.pk}"' in text


def test_links_and_images_lead_inside_the_clone(alpha):
    agenda = agenda_of(alpha)
    event = EventPage.objects.records().get(territory=alpha)
    texts = (
        f'<p><a linktype="page" id="{agenda.pk}">l’agenda</a> '
        f'<a linktype="page" id="{event.pk}">le forum</a></p>'
    )
    chosen = ContentPage.objects.get(territory=alpha, slug="premiere", locale__language_code="fr")
    make_content_page(
        alpha,
        title="Liens",
        slug="liens",
        body=[
            ("text", {"text": texts}),
            ("page_list", {"title": "", "pages": [event, chosen]}),
            ("page_list", {"title": "", "pages": [event]}),
        ],
    )
    unused = make_image(alpha, "Inutile")
    clone()
    copy = gamma()
    text, pages = ContentPage.objects.get(territory=copy, slug="liens").body
    html = text.value["text"].source
    assert f'<a linktype="page" id="{agenda_of(copy).pk}">l’agenda</a>' in html
    # An event stays where it takes place: its words remain, without the link.
    assert "<a>le forum</a>" in html
    assert [page.specific.territory for page in pages.value["pages"]] == [copy]
    second = ContentPage.objects.get(territory=copy, slug="seconde", locale__language_code="fr")
    images = [block.value["image"] for block in second.body if block.block_type == "image"]
    assert len(images) == 2
    assert {image.collection for image in images} == {find_collection(copy)}
    assert images[0].focal_point_x == 10
    assert not Image.objects.filter(collection__in=folders(copy), title=unused.title).exists()
    assert "documents" not in [block.block_type for block in second.body]
    english = second.get_translations().get(locale__language_code="en").specific
    assert english.title == "The second" and not english.live


def test_the_home_waits_as_a_draft_over_an_empty_published_one(client, alpha):
    home = home_of(alpha)
    home.headline = "Un travail près de chez vous"
    home.save_revision().publish()
    clone()
    copied = home_of(gamma())
    assert copied.live and copied.headline == "" and copied.has_unpublished_changes
    draft = copied.get_latest_revision_as_object()
    assert draft.headline == "Un travail près de chez vous" and draft.title == "Petit Gamma"
    assert draft.slug == "gamma"
    draft.save_revision().publish()
    page = client.get("/", headers={"host": "gamma.localhost"}).content.decode()
    assert "Un travail près de chez vous" in page


def test_nothing_of_the_original_or_of_anybody_else_changes(alpha):
    make_content_page(make_territory("beta"), title="Chez Beta")
    before = every_row()
    clone()
    assert not changed(before, every_row())
    keys = pages_of(alpha).values_list("translation_key", flat=True)
    assert not pages_of(gamma()).filter(translation_key__in=list(keys)).exists()


def test_a_dry_run_names_the_pages_and_makes_none(alpha):
    before = every_row()
    said = clone(dry_run=True)
    assert "Petit Gamma (gamma, gamma.localhost)" in said and "fr : La première" in said
    assert "Forum" not in said and "Entre nous" not in said
    assert every_row() == before


def test_what_cannot_be_made_is_said_before_anything_is(alpha):
    before = every_row()
    with pytest.raises(CommandError, match="existe déjà"):
        clone(slug="alpha")
    with pytest.raises(CommandError, match="déjà prise"):
        clone(hostname="alpha.localhost")
    with pytest.raises(CommandError, match="au moins une commune"):
        clone(commune=[])
    with pytest.raises(CommandError, match="« inconnu » est inconnu"):
        clone(original="inconnu")
    assert every_row() == before
    assert not Page.objects.filter(slug="gamma").exists()
