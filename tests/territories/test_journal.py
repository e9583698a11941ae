"""The journal has a line for each thing done, and says whose it was."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import home_of, make_content_page, make_member, make_territory
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import LogContext
from wagtail.models import Collection, PageLogEntry

from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid
from territories.archive.closing import archive_territory, bring_back
from territories.audit.recording import record
from territories.jobs import JOBS
from territories.models import JournalEntry, Term
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def alpha(db):
    territory = make_territory("alpha")
    JournalEntry.objects.filter(action="territories.create").delete()
    return territory


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


def picture() -> SimpleUploadedFile:
    drawn = get_test_image_file(filename="photo.png")
    return SimpleUploadedFile("photo.png", drawn.file.getvalue(), content_type="image/png")


def lines(territory) -> list[tuple]:
    """Action, name and author of each line of a territory, the oldest first."""
    found = JournalEntry.objects.filter(territory=territory).order_by("pk")
    return [(entry.action, entry.label, entry.user) for entry in found]


def test_publishing_a_page_writes_a_line_in_its_territorys_journal(alpha, coordinator):
    page = make_content_page(alpha, "Le forum", published=False)
    page.save_revision(user=coordinator, log_action=True).publish(user=coordinator)
    assert lines(alpha)[-2:] == [
        ("wagtail.edit", "Le forum", coordinator),
        ("wagtail.publish", "Le forum", coordinator),
    ]


def test_a_page_of_the_portal_is_in_no_territorys_journal(alpha, coordinator):
    make_content_page(None, "Le portail").save_revision(user=coordinator, log_action=True)
    assert lines(alpha) == []
    assert ("wagtail.edit", "Le portail", coordinator) in lines(None)


def test_a_translation_is_in_the_journal_of_its_territory(alpha, coordinator):
    english = home_of(alpha).get_translations().get(locale__language_code="en")
    english.specific.save_revision(user=coordinator, log_action=True)
    assert lines(alpha)[-1] == ("wagtail.edit", english.get_admin_display_title(), coordinator)


def test_a_deleted_page_is_still_known_to_have_been_its_territorys(client, alpha, coordinator):
    page = make_content_page(alpha, "Une page de trop", published=False)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), headers=HOST)
    assert ("wagtail.delete", "Une page de trop", coordinator) in lines(alpha)


def test_a_page_that_moved_is_written_where_it_stands(alpha):
    beta, user = make_territory("beta"), User.objects.create_superuser("national")
    page = make_content_page(alpha, "Voyageuse")
    page.move(home_of(beta), pos="last-child", user=user)
    assert lines(alpha) == []
    assert ("wagtail.move", "Voyageuse", user) in lines(beta)


def test_what_somebody_planned_is_written_when_its_day_comes(alpha, coordinator):
    page = make_content_page(alpha, "Demain", published=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=coordinator).publish(user=coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    assert lines(alpha)[-1][:2] == ("wagtail.publish.scheduled", "Demain")


def test_a_draft_that_saves_itself_is_one_line(alpha, coordinator):
    page = make_content_page(alpha, "Longue")
    with LogContext(user=coordinator) as one_go:
        revision = page.save_revision(user=coordinator, log_action=True)
    for _minute in range(3):
        PageLogEntry.objects.log_action(
            page, "wagtail.edit", user=coordinator, uuid=one_go.uuid, revision=revision
        )
    assert [action for action, _label, _user in lines(alpha)].count("wagtail.edit") == 1


def test_a_picture_sent_from_a_chooser_is_one_line_and_so_is_one_of_many_deleted(
    client, alpha, coordinator
):
    collection = Collection.objects.get(name="alpha")
    add = reverse("wagtailimages_chooser:create")
    form = {
        "image-chooser-upload-title": "Photo",
        "image-chooser-upload-file": picture(),
        "image-chooser-upload-collection": collection.pk,
    }
    assert client.post(add, form, headers=HOST).status_code == 200
    image = Image.objects.get()
    assert lines(alpha) == [("wagtail.create", "Photo", coordinator)]
    client.post(
        reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
        + f"?id={image.pk}",
        headers=HOST,
    )
    assert lines(alpha)[1:] == [("wagtail.delete", "Photo", coordinator)]


def test_a_picture_added_in_the_list_is_one_line(client, alpha, coordinator):
    form = {
        "title": "Photo",
        "file": picture(),
        "collection": Collection.objects.get(name="alpha").pk,
        "focal_point_x": "",
        "focal_point_y": "",
        "focal_point_width": "",
        "focal_point_height": "",
        "tags": "",
        "description": "",
    }
    response = client.post(reverse("wagtailimages:add"), form, headers=HOST)
    assert response.status_code == 302, response.context["form"].errors
    assert lines(alpha) == [("wagtail.create", "Photo", coordinator)]


def test_a_picture_that_a_program_brings_is_nobodys_and_is_not_written(alpha):
    Document.objects.create(
        title="Liste",
        file=ContentFile(b"a;b", name="liste.csv"),
        collection=Collection.objects.get(name="alpha"),
    )
    assert lines(alpha) == []


def test_a_label_given_is_written(alpha, coordinator):
    from agenda_factories import make_event

    event, grid = make_event(alpha, "Le forum"), CriteriaGrid.objects.current()
    grant_label(page=event, grid=grid, criteria=grid.criteria.all(), granted_by=coordinator)
    assert ("labelling.grant", "Le forum", coordinator) in lines(alpha)


def test_opening_and_closing_a_plugin_is_written_once(alpha):
    switch_off(territory=alpha, plugin="labelling")
    switch_off(territory=alpha, plugin="labelling")
    switch_on(territory=alpha, plugin="labelling")
    assert [action for action, _label, _user in lines(alpha)] == ["plugins.close", "plugins.open"]
    assert [entry.said for entry in JournalEntry.objects.order_by("pk")] == [
        "Module fermé : Label",
        "Module ouvert : Label",
    ]


def test_what_making_a_territory_made_is_nobodys_and_is_not_written(alpha):
    assert lines(alpha) == lines(None) == []


def test_what_is_recorded_belongs_to_the_territory_that_is_said(alpha, coordinator):
    colleague = User.objects.create_user("colleague")
    told = {"about": colleague, "role": "rédaction"}
    record(territory=alpha, action="people.give_role", user=coordinator, **told)
    entry = JournalEntry.objects.get(territory=alpha)
    assert (entry.label, entry.said) == ("colleague", "Rôle donné : rédaction")
    assert (entry.user, entry.kind) == (coordinator, "Utilisateur")


def test_what_is_shared_is_the_national_teams(alpha, client):
    client.force_login(User.objects.create_superuser("national"))
    term = Term.objects.filter(kind="public").first()
    edit = reverse("wagtailsnippets_territories_term:edit", args=[term.pk])
    form = client.get(edit, headers=HOST).context["form"]
    client.post(edit, {name: form[name].value() or "" for name in form.fields}, headers=HOST)
    assert [action for action, _label, _user in lines(None)] == ["wagtail.edit"]


def test_an_action_that_nobody_registered_is_refused_loudly(alpha):
    with pytest.raises(ValidationError, match=r"people\.dance"):
        record(territory=alpha, action="people.dance", user=None)


def test_a_sentence_stands_when_what_it_names_was_not_given(alpha):
    record(territory=alpha, action="plugins.open", user=None)
    assert JournalEntry.objects.get(action="plugins.open").said == "Module ouvert : …"


def test_closing_a_territory_opening_it_again_and_taking_it_away_are_written(alpha, tmp_path):
    archive_territory(territory=alpha)
    archive_territory(territory=alpha)
    bring_back(territory=alpha)
    call_command("export_territory", "alpha", str(tmp_path / "alpha.zip"), verbosity=0)
    assert [action for action, _label, _user in lines(alpha)] == [
        "territories.close",
        "territories.reopen",
        "territories.export",
    ]


def test_the_journal_forgets_after_a_year(alpha):
    with time_machine.travel(timezone.now() - timedelta(days=366)):
        record(territory=alpha, action="plugins.open", user=None, plugin="Hier")
    record(territory=alpha, action="plugins.close", user=None, plugin="Aujourd’hui")
    {job.name: job.run for job in JOBS}["forget_old_journal"]()
    assert [action for action, _label, _user in lines(alpha)] == ["plugins.close"]
