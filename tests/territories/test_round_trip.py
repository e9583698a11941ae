"""What leaves with an archive comes back, all of it, and meets nobody else's."""

import re

import pytest
from archive_tools import (
    bring_in,
    changed,
    contents,
    erase,
    every_row,
    export,
    make_image,
    make_rich_territory,
)
from factories import home_of, make_content_page, make_member, make_territory
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from agenda.models import EventPage
from resources_directory.models import ActorMember, ServicePlace
from territories.archive import form
from territories.models import ContentPage, Proposal, Territory
from territories.tenancy.rights import find_collection, plan_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def alpha():
    return make_rich_territory("alpha")


@pytest.fixture
def archive(alpha, tmp_path):
    path = tmp_path / "alpha.zip"
    export(alpha, path)
    return path


def test_a_round_trip_through_an_empty_place_loses_nothing(alpha, archive, tmp_path, settings):
    before = contents(archive)
    assert {form.PAGES, form.MEDIA, form.TRANSLATIONS} < before.keys()
    erase(alpha)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    territory, plan = bring_in(archive)
    assert not plan.renewed and not plan.left
    export(territory, tmp_path / "again.zip")
    after = contents(tmp_path / "again.zip")
    for name in before:
        assert after[name] == before[name], name
    assert after.keys() == before.keys()


def test_the_archive_holds_drafts_translations_and_what_everybody_shares(archive):
    held = contents(archive)
    pages = {row["fields"]["slug"]: row for row in held[form.PAGES] if row["key"][:2] == "fr"}
    first, second = pages["premiere"], pages["seconde"]
    assert first["fields"]["title"] == "La première"
    assert [one["fields"]["title"] for one in first["revisions"]] == [
        "La première",
        "La première, revue",
    ]
    assert [(one["is_live"], one["is_latest"]) for one in first["revisions"]] == [
        (True, False),
        (False, True),
    ]
    body = {block["type"]: block["value"] for block in second["fields"]["body"]}
    assert body["page_list"]["pages"][0]["value"] == first["key"]
    assert f'id="{first["key"]}"' in body["text"]["text"]
    assert 'id="document:1"' in body["text"]["text"] and 'id="image:1"' in body["text"]["text"]
    # The last image is everybody's: the page shows it, so that it comes along.
    assert body["image"]["image"] == "image:2"
    assert pages["alias"]["alias_of"] == second["key"]
    assert pages["demain"]["revisions"][0]["approved_go_live_at"]
    assert pages["entre-nous"]["restrictions"] == [{"type": "groups", "roles": ["coordinator"]}]
    assert pages["forum"]["fields"]["themes"][0][0] == "theme"
    assert pages["forum"]["fields"]["partners"][0]["actor"] == pages["regie"]["key"]
    host, lorry = pages["permanence"]["fields"]["places"]
    assert host["actor"] == pages["mission-locale"]["key"] and host["days"]
    assert (lorry["commune"], lorry["is_itinerant"]) == ("Ifs", True)
    (translation,) = held[form.TRANSLATIONS]
    assert translation["strings"][0]["data"] == "The second"
    assert translation["overrides"][0]["value"] == "image:1"
    assert held["parts/sample_plugin.pins.jsonl"][0]["page"] == pages["forum"]["key"][3:]
    assert held[form.TERRITORY]["fields"]["logo"] == "image:1"
    assert {"plugin": "newsletter", "is_on": False} in held[form.TERRITORY]["plugins"]


def test_an_archive_names_nobody_and_no_password(alpha, tmp_path):
    member = make_member(alpha, username="nadia.secrete")
    page = ContentPage.objects.get(slug="premiere", territory=alpha)
    page.owner = page.locked_by = member
    page.locked = True
    page.save_revision(user=member)
    page.save()
    event = EventPage.objects.records().get(territory=alpha)
    Proposal.objects.create(
        page=event, territory=alpha, email="nadia@example.org", changes={}, note="Je propose."
    )
    ActorMember.objects.create(actor=event.organiser, user=member)
    export(alpha, tmp_path / "alpha.zip")
    held = contents(tmp_path / "alpha.zip")
    assert held["parts/territories.proposals.jsonl"][0]["note"] == "Je propose."
    assert "parts/resources_directory.members.jsonl" not in held
    everything = b"".join(
        str(value).encode() for value in contents(tmp_path / "alpha.zip").values()
    )
    for secret in (b"nadia", member.password.encode(), b"parole"):
        assert secret not in everything


def test_beside_the_original_the_copy_leads_to_itself(client, alpha, archive, tmp_path):
    copy, plan = bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert plan.renewed
    old = {page.slug: page for page in ContentPage.objects.records().in_territory(alpha)}
    new = {page.slug: page for page in ContentPage.objects.records().in_territory(copy)}
    assert new.keys() == old.keys()
    assert not {page.translation_key for page in new.values()} & {
        page.translation_key for page in old.values()
    }
    body = str(new["seconde"].body.get_prep_value())
    assert f'linktype="page" id="{new["premiere"].pk}"' in body
    (chosen,) = [block for block in new["seconde"].body if block.block_type == "page_list"]
    assert chosen.value["pages"][0].pk == new["premiere"].pk
    for block in new["seconde"].body:
        if block.block_type == "image":
            assert block.value["image"].collection == find_collection(copy)
    # What is in one language is in the others, under the same fresh key.
    english = new["seconde"].get_translation(Locale.objects.get(language_code="en"))
    assert english.title == "The second" and english.specific.territory == copy
    event = EventPage.objects.get(territory=copy, slug="forum")
    assert event.organiser.territory == copy
    assert [one.status for one in event.occurrences.all()] == ["scheduled", "cancelled"]
    (partner,) = event.partners.all()
    assert (partner.role, partner.actor.territory) == ("organiser", copy)
    host = ServicePlace.objects.get(service__territory=copy, actor__isnull=False)
    assert host.actor.territory == copy and host.days[0]["day"] == "2026-12-10"
    assert [place.name for place in event.aimed_at.all()] == ["Bagatelle"]
    assert event.accessibility == ["hi"]
    read = client.get("/seconde/", headers={"host": "gamma.localhost"})
    assert read.status_code == 200 and 'href="/premiere/"' in read.content.decode()
    assert client.get("/entre-nous/", headers={"host": "gamma.localhost"}).status_code != 200
    assert not plan_rights(copy)
    # Written out again, it says the same under its own keys.
    export(copy, tmp_path / "gamma.zip")
    keys = {**plan.renewed, "gamma.localhost": "alpha.localhost", "gamma": "alpha"}
    assert again(contents(tmp_path / "gamma.zip"), keys) == again(contents(archive), {})


def again(held, keys):
    """An archive's rows with the keys it had before, and without the names of stored files."""
    text = str({name: value for name, value in held.items() if not name.startswith("media/")})
    for old, new in keys.items():
        text = text.replace(new, old) if len(old) == 36 else text.replace(old, new)
    return re.sub(r"'file': '[^']*'", "", text)


def test_what_was_there_is_not_touched_by_an_import(alpha, archive):
    beta = make_territory("beta")
    make_content_page(beta, title="Chez Beta")
    make_image(beta, "Chez Beta")
    before = every_row()
    bring_in(archive, slug="gamma", hostname="gamma.localhost")
    assert not changed(before, every_row())


def test_a_translation_goes_on_being_edited_after_the_journey(alpha, archive, tmp_path, settings):
    erase(alpha)
    territory, _plan = bring_in(archive)
    page = ContentPage.objects.get(slug="seconde", territory=territory, locale__language_code="fr")
    source = TranslationSource.objects.get(object__translation_key=page.translation_key)
    assert source.stringsegment_set.count() > 3
    page.title = "La seconde, changée"
    page.save_revision().publish()
    source.update_from_db()
    Translation.objects.get(source=source).save_target(publish=True)
    english = page.get_translation(Locale.objects.get(language_code="en")).specific
    assert english.title == "La seconde, changée"  # not said in English yet
    (image, *_others) = [block for block in english.body if block.block_type == "image"]
    assert image.value["image"].collection == find_collection(territory)


def test_the_draft_and_the_published_page_come_back_each_as_it_was(client, alpha, archive):
    erase(alpha)
    territory, _plan = bring_in(archive)
    page = ContentPage.objects.get(slug="premiere", territory=territory)
    assert page.title == "La première" and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert draft.title == "La première, revue"
    assert [chosen.pk for chosen in draft.body[0].value["pages"]][1] == page.pk
    draft.save_revision().publish()
    assert (
        "La première, revue"
        in client.get("/premiere/", headers={"host": "alpha.localhost"}).content.decode()
    )
    order = [child.slug for child in home_of(territory).get_children()]
    assert order.index("premiere") < order.index("seconde") < order.index("alias")
    assert Page.objects.get(slug="alias").alias_of.pk == Page.objects.get(
        slug="seconde", locale__language_code="fr"
    ).pk  # fmt: skip
    assert Territory.objects.get().archived_on is None
