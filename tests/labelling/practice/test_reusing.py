"""A sheet taken up elsewhere: a draft with its words, and an origin that is kept at both ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from factories import make_member
from practice_factories import make_sheet
from wagtail.models import PageLogEntry

from agenda.models import EventDate, EventPage
from labelling.models import PracticeReuse
from labelling.practice.archive import export, restore
from labelling.practice.reusing import reuse_sheet
from territories.models import Term

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
INDEX = "labelling_practice:index"


@pytest.fixture
def sheet(alpha):
    return make_sheet(
        alpha,
        "Un forum sur la place",
        context='<p>Personne <a href="https://alpha.example">ne venait</a>.</p>',
        advice="<p>Appelez deux fois.</p>",
        themes=[Term.objects.filter(kind="theme").first().code],
        format=Term.objects.filter(kind="event-format").first(),
    )


@pytest.fixture
def neighbour(client, beta):
    user = make_member(beta)
    client.force_login(user)
    return user


@pytest.fixture
def event(sheet, beta, neighbour):
    return reuse_sheet(sheet=sheet, territory=beta, user=neighbour)


def publish(event):
    event.dates = [EventDate(start=timezone.now() + timedelta(days=3))]
    event.save_revision().publish()


def page_of(client, path, host="alpha.localhost"):
    return client.get(path, headers={"host": host}).content.decode()


def test_the_draft_has_the_words_of_the_sheet_and_no_date(event, sheet, beta):
    assert event.territory == beta and not event.live and not event.dates.exists()
    assert event.title == sheet.title and event.summary == sheet.summary
    assert "<h3>Pourquoi cette action</h3><p>Personne ne venait.</p>" in event.body
    assert "<ol><li>Trouver la salle (la mairie, deux mois avant)</li></ol>" in event.body
    assert "<h3>Nos conseils</h3><p>Appelez deux fois.</p>" in event.body
    assert "À savoir" not in event.body and "<a" not in event.body
    assert event.format == sheet.format and event.image is None
    assert list(event.themes.all()) == list(sheet.themes.all())
    assert PageLogEntry.objects.filter(page=event.pk, action="labelling.reuse").exists()


def test_the_origin_shows_in_the_editor_of_the_event_and_on_its_page(
    event, sheet, client, neighbour
):
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk]), headers=HOST)
    assert "Inspiré de « Un forum sur la place » (Alpha)" in edit.content.decode()
    publish(event)
    html = page_of(client, f"/agenda/{event.slug}/", "beta.localhost")
    assert "Inspiré d’une fiche de" in html and sheet.full_url in html


def test_the_sheet_tells_everybody_of_published_reuses_and_its_own_people_of_all(
    event, sheet, client, alpha, neighbour
):
    address = f"/fiches-actions/{sheet.slug}/"
    assert "Reprise par" not in page_of(client, address)
    event.title = "Titre secret"
    event.save_revision()
    client.force_login(make_member(alpha))
    edit = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    html = client.get(edit, headers=HOST).content.decode()
    assert "Reprise 1 fois" in html and "Beta" in html and "pas encore publiée" in html
    assert "Titre secret" not in html, "a draft of another territory says nothing but that it is"
    publish(event)
    assert "Reprise par 1 autre territoire" in page_of(client, address)
    assert "Titre secret" in client.get(edit, headers=HOST).content.decode()


def test_deleting_either_end_breaks_nothing(event, sheet, client, neighbour):
    publish(event)
    sheet.delete()
    assert client.get(f"/agenda/{event.slug}/", headers={"host": "beta.localhost"}).status_code == (
        200
    )
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert "Inspiré de « Un forum sur la place »" in client.get(edit, headers=HOST).content.decode()
    EventPage.objects.get(pk=event.pk).delete()
    assert PracticeReuse.objects.get().page_id is None


def test_the_reuse_of_a_deleted_event_is_still_told_to_the_origin(
    event, sheet, client, alpha, neighbour
):
    EventPage.objects.get(pk=event.pk).delete()
    client.force_login(make_member(alpha))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk]), headers=HOST)
    assert "Reprise 1 fois" in edit.content.decode()


def test_only_shared_sheets_of_others_are_taken_up_and_only_where_one_writes(
    alpha, beta, sheet, neighbour
):
    draft = make_sheet(alpha, "Brouillon", published=False)
    with pytest.raises(ValidationError, match="n’est plus publiée"):
        reuse_sheet(sheet=draft, territory=beta, user=neighbour)
    with pytest.raises(PermissionDenied):
        reuse_sheet(sheet=make_sheet(beta, "De Beta"), territory=alpha, user=neighbour)
    with pytest.raises(ValidationError, match="déjà de votre territoire"):
        reuse_sheet(sheet=sheet, territory=alpha, user=make_member(alpha))
    assert not EventPage.objects.exists() and not PracticeReuse.objects.exists()


def test_a_coordinator_finds_the_sheets_of_others_and_takes_one_up(
    client, sheet, alpha, beta, neighbour
):
    make_sheet(beta, "Une fiche de Beta")
    make_sheet(alpha, "Pas encore", published=False)
    make_sheet(alpha, "Un café", steps=[])
    html = client.get(reverse(INDEX), headers=HOST).content.decode()
    assert sheet.title in html and "Un café" in html
    assert "Une fiche de Beta" not in html and "Pas encore" not in html
    results = reverse("labelling_practice:index_results")
    family = sheet.themes.first().parent.code
    for query in ("q=PLACE forum", f"theme={family}", f"format={sheet.format_id}"):
        html = client.get(f"{results}?{query}", headers=HOST).content.decode()
        assert sheet.title in html and "Un café" not in html, query
    html = client.get(f"{results}?territory={alpha.pk}", headers=HOST).content.decode()
    assert sheet.title in html
    read = reverse("labelling_practice:sheet", args=[sheet.pk])
    html = client.get(read, headers=HOST).content.decode()
    assert "Trouver la salle" in html and "Reprendre dans mon agenda" in html
    assert client.post(read, {"territory": alpha.pk}, headers=HOST).status_code == 200
    assert not EventPage.objects.exists(), "another’s agenda is no choice"
    answer = client.post(read, {"territory": beta.pk}, headers=HOST)
    event = EventPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert client.get(answer.url, headers=HOST).status_code == 200
    assert PracticeReuse.objects.get().by == neighbour


def test_the_menu_and_the_list_are_for_those_who_write_and_the_national_team(
    client, sheet, alpha, beta
):
    client.force_login(make_member(beta, "label-reviewer"))
    answer = client.get(reverse(INDEX), headers=HOST)
    assert answer.status_code == 302, "a committee judges and writes nothing"
    read = reverse("labelling_practice:sheet", args=[sheet.pk])
    assert client.post(read, {"territory": beta.pk}, headers=HOST).status_code in {302, 403}
    client.force_login(make_member(None, "team", username="national"))
    assert sheet.title in client.get(reverse(INDEX), headers=HOST).content.decode()
    html = client.get(read, headers=HOST).content.decode()
    assert "Reprendre dans mon agenda" not in html


def test_reuses_travel_with_the_territory_that_made_them(event, sheet, beta, alpha):
    rows = list(export(beta))
    assert rows[0]["origin"] == "Alpha" and not list(export(alpha))
    PracticeReuse.objects.all().delete()
    restore(beta, rows)
    restore(beta, rows)
    kept = PracticeReuse.objects.get()
    assert kept.page == event and kept.sheet == sheet and kept.territory == beta
    PracticeReuse.objects.all().delete()
    restore(beta, [{**rows[0], "sheet": "00000000-0000-4000-8000-000000000000"}])
    assert PracticeReuse.objects.get().sheet is None
