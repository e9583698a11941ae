"""From a report to a sheet: facts are copied, and stay what they were until somebody says so."""

from datetime import date

import pytest
from agenda_factories import make_actor, make_event
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from factories import make_member
from practice_factories import make_received, make_report, make_sheet, sheets_of
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from agenda.models import EventPartner
from labelling.models import PracticeSheetPage, ReportPhoto
from labelling.practice.carrying import newer_facts, take_newer_facts
from labelling.practice.writing import draft_sheet
from labelling.reports.receiving import keep_report
from territories.plugins.switching import switch_off
from territories.tenancy.rights import find_collection

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}


@pytest.fixture
def report(alpha):
    hosts = [make_actor(alpha, name) for name in ("Maison de quartier", "Mission locale")]
    event = make_event(
        alpha,
        "Le forum",
        organiser=hosts[0],
        place_name="Place Abbal",
        commune="Toulouse",
        partners=[EventPartner(actor=hosts[1]), EventPartner(actor=hosts[0])],
    )
    return make_report(alpha, event=event)


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


def add_photo(report, name, *, is_agreed=True):
    file = ContentFile(get_test_image_file(filename=name).file.getvalue(), name=name)
    return ReportPhoto.objects.create(
        report=report, file=file, credit="Amicale", is_agreed=is_agreed
    )


def test_a_draft_carries_the_facts_and_the_words_of_the_report(report, coordinator):
    sheet = draft_sheet(report=report, user=coordinator)
    assert not sheet.live and sheet.owner == coordinator
    assert sheet.title == "Le forum" and sheet.about_id == report.label.page_id
    assert sheet.partner_list == ["Maison de quartier", "Mission locale"]
    assert sheet.results == "<p>Le café a mis à l’aise.</p><p>Les employeurs sont restés.</p>"
    assert sheet.to_know == "<p>Trouver la salle &lt;a&gt;.</p>"
    facts = sheet.facts
    assert facts["label"] == report.label.number and facts["grid"] == report.label.grid.version
    assert facts["place"] == "Place Abbal, Toulouse" and facts["first_day"] == facts["last_day"]
    assert facts["figures"]["reached"] == 40 and facts["figures"]["in_qpv"] is None
    assert len(facts["criteria"]) == 4 and sheet.report == report.identity
    assert draft_sheet(report=report, user=coordinator) == sheet, "asked twice, one sheet"
    # What the editor opens is the last revision.
    assert sheet.get_latest_revision_as_object().facts == facts


def test_only_a_received_report_makes_a_sheet(alpha, coordinator, report):
    expected = report.label.reports.get(moment="later")
    with pytest.raises(ValidationError, match="pas encore reçu"):
        draft_sheet(report=expected, user=coordinator)


def test_photos_come_along_as_images_of_the_territory_where_people_agree(
    alpha, coordinator, report
):
    first, second = add_photo(report, "un.png"), add_photo(report, "deux.png")
    refused = add_photo(report, "non.png", is_agreed=False)
    sheet = draft_sheet(report=report, user=coordinator, photos=[first, second, refused])
    assert sheet.image.collection == find_collection(alpha) and sheet.credit == "Amicale"
    assert len(sheet.body) == 1 and sheet.body[0].value["image"] != sheet.image
    assert first.file.storage.exists(first.file.name), "the report keeps its own"


def test_a_corrected_report_changes_nothing_until_somebody_takes_it(report, coordinator, client):
    sheet = draft_sheet(report=report, user=coordinator)
    sheet.get_latest_revision().publish()
    assert newer_facts(sheet) is None
    edit = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    assert "Le bilan a changé" not in client.get(edit, headers=HOST).content.decode()
    keep_report(report=report, figures={"reached": 52, "women": None}, user=None)
    sheet.refresh_from_db()
    assert sheet.facts["figures"]["reached"] == 40
    html = client.get(edit, headers=HOST).content.decode()
    take = reverse("labelling_practice:take_facts", args=[sheet.pk])
    assert "Le bilan a changé" in html and take in html and "52" in html
    assert client.get(take, headers=HOST).status_code == 405
    assert client.post(take, headers=HOST).url == edit
    sheet.refresh_from_db()
    assert sheet.live and sheet.facts["figures"]["reached"] == 52
    assert sheet.facts["figures"]["women"] is None
    assert PageLogEntry.objects.filter(page=sheet.pk, action="labelling.facts").exists()
    with pytest.raises(ValidationError, match="n’a pas changé"):
        take_newer_facts(sheet=sheet, user=coordinator)


def test_the_later_report_is_offered_and_a_waiting_draft_is_not_published_by_it(
    report, coordinator
):
    sheet = draft_sheet(report=report, user=coordinator)
    sheet.get_latest_revision().publish()
    sheet.refresh_from_db()
    sheet.title = "Le grand forum"
    sheet.save_revision()
    later = make_received(report.label, "later", hired=9)
    assert take_newer_facts(sheet=sheet, user=coordinator) is False
    stored = PracticeSheetPage.objects.get(pk=sheet.pk)
    assert stored.title == "Le forum" and stored.facts["moment"] == "just_after"
    draft = stored.get_latest_revision_as_object()
    assert draft.title == "Le grand forum" and draft.report == later.identity
    assert draft.facts["figures"]["hired"] == 9


def test_sessions_are_added_up_and_what_one_does_not_know_is_not_known(report, coordinator):
    days = {
        day: {"reached": reached, "women": women}
        for day, reached, women in (("2026-02-01", 10, 4), ("2026-02-08", 12, None))
    }
    keep_report(
        report=report, sessions={date.fromisoformat(day): said for day, said in days.items()}
    )
    facts = draft_sheet(report=report, user=coordinator).facts
    assert facts["figures"]["reached"] == 22 and facts["figures"]["women"] is None
    assert facts["sessions"] == 2


def test_a_sheet_outlives_its_report_and_its_event(report, coordinator, client):
    sheet = draft_sheet(report=report, user=coordinator)
    sheet.get_latest_revision().publish()
    report.label.page.specific.delete()
    sheet.refresh_from_db()
    assert sheet.about_id is None and sheet.facts["figures"]["reached"] == 40
    assert newer_facts(sheet) is None
    edit = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    assert client.get(edit, headers=HOST).status_code == 200
    page = client.get(f"/fiches-actions/{sheet.slug}/", headers={"host": "alpha.localhost"})
    assert page.status_code == 200


def test_the_button_on_the_event_leads_to_a_form_and_then_to_the_sheet(report, coordinator, client):
    event = reverse("wagtailadmin_pages:edit", args=[report.label.page_id])
    write = reverse("labelling_practice:write", args=[report.pk])
    assert write in client.get(event, headers=HOST).content.decode()
    filled = reverse("label_reports:fill", args=[report.pk])
    assert write in client.get(filled, headers=HOST).content.decode()
    photo = add_photo(report, "un.png")
    add_photo(report, "non.png", is_agreed=False)
    html = client.get(write, headers=HOST).content.decode()
    assert html.count('name="photos"') == 1 and not PracticeSheetPage.objects.exists()
    answer = client.post(write, {"photos": [photo.pk]}, headers=HOST)
    sheet = PracticeSheetPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    assert answer.url == edit and sheet.image
    assert client.get(write, headers=HOST).url == edit
    assert edit in client.get(event, headers=HOST).content.decode()
    # A photo that was taken along is described before anything is saved.
    html = client.get(edit, headers=HOST).content.decode()
    assert "Ce que dit la fiche" in html


@pytest.mark.parametrize("nonsense", [{"photos": ["abc"]}, {"photos": ["99999"]}])
def test_nonsense_in_the_form_makes_no_sheet(report, coordinator, client, nonsense):
    add_photo(report, "un.png")
    write = reverse("labelling_practice:write", args=[report.pk])
    assert client.post(write, nonsense, headers=HOST).status_code == 200
    assert not PracticeSheetPage.objects.exists()


def test_a_stranger_neither_writes_nor_takes_and_nobody_does_where_it_is_closed(
    report, client, alpha, beta
):
    write = reverse("labelling_practice:write", args=[report.pk])
    sheet = make_sheet(alpha, report=report.identity)
    take = reverse("labelling_practice:take_facts", args=[sheet.pk])
    client.force_login(make_member(beta))
    assert client.post(write, headers=HOST).status_code == 404
    assert client.post(take, headers=HOST).status_code == 404
    client.logout()
    assert "/login/" in client.post(write, headers=HOST).url
    client.force_login(make_member(alpha))
    switch_off(territory=alpha, plugin="labelling")
    assert client.post(write, headers=HOST).status_code == 404


def test_a_copy_in_another_territory_does_not_reach_for_the_report(report, beta, coordinator):
    sheet = draft_sheet(report=report, user=coordinator)
    copied = sheet.copy(to=sheets_of(beta))
    assert copied.territory == beta and newer_facts(copied) is None
