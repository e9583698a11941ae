"""What becomes of a label with the page that bears it: cancelled, moved, unpublished, deleted."""

import json
from datetime import timedelta

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from directory_factories import map_of
from django.utils import timezone

from agenda.models import EventPage, Status
from labelling.labels.marks import badges
from labelling.models import Label
from labelling.models.labels import Status as LabelStatus
from resources_directory.models import ActorPage

pytestmark = pytest.mark.django_db
BADGE = "Label Cité de l’emploi"


@pytest.fixture
def call_off():
    """As an editor does: on the event as a whole, or on each of its dates."""

    def call_off(event, status=Status.CANCELLED, *, each_date=False):
        page = EventPage.objects.get(pk=event.pk)
        if each_date:
            for one in page.occurrences.all():
                one.status = status
                one.save()
        else:
            page.status = status
            page.save_revision().publish()

    return call_off


def row_of(get, label):
    rows = json.loads(get("/open-data/labels.json"))
    return next((row for row in rows if row["numero"] == label.number), None)


@pytest.mark.parametrize("each_date", [False, True])
def test_the_label_of_a_cancelled_event_is_not_in_force_and_says_why(
    alpha, give, get, client, call_off, each_date
):
    event = make_event(alpha, "Le forum")
    label = give(event)
    call_off(event, each_date=each_date)
    label = Label.objects.get(pk=label.pk)
    assert label.status == LabelStatus.CALLED_OFF and not label.is_active
    assert not Label.objects.active().exists() and not badges([event.pk])
    html = get(f"/label/{label.number}/")
    assert "Ce label ne vaut plus." in html and "Le rendez-vous est annulé." in html
    assert "Ce label est valable" not in html and "CertificationInactive" in html
    assert "/affiche/" not in html and "Afficher ce badge" not in html
    drawn = client.get(f"/label/{label.number}/badge.svg", headers={"host": "alpha.localhost"})
    assert "rendez-vous annulé" in drawn.content.decode()
    assert "Rendez-vous annulé" in get("/label/registre/")
    assert row_of(get, label)["statut"] == "annulé"
    for path in (f"/agenda/{event.slug}/", "/agenda/"):
        assert BADGE not in get(path).split("<main")[1].split("</main>")[0]
    assert "label=oui" not in get("/agenda/")
    pack = client.get(f"/label/{label.number}/faire-savoir/", headers={"host": "alpha.localhost"})
    assert pack.status_code == 404


def test_an_event_that_will_be_after_all_has_its_label_again(alpha, give, call_off):
    event = make_event(alpha, "Le forum")
    label = give(event)
    call_off(event)
    call_off(event, Status.SCHEDULED)
    assert list(Label.objects.active()) == [label]
    call_off(event, Status.POSTPONED)
    assert list(Label.objects.active()) == [label]


def test_called_off_stays_so_when_its_day_is_past_and_gives_way_to_withdrawn(alpha, give, call_off):
    event = make_event(alpha, "Le forum")
    label = give(event)
    call_off(event)
    label = Label.objects.with_call_offs().get(pk=label.pk)
    assert label.status_on(label.expires_on + timedelta(days=1)) == LabelStatus.CALLED_OFF
    label.withdrawn_on = timezone.localdate()
    assert label.status == LabelStatus.WITHDRAWN


def test_an_unpublished_page_shows_nothing_of_its_label_and_shows_it_again(
    alpha, give, get, client
):
    actor = make_actor(alpha, "La maison")
    label = give(actor)
    page = ActorPage.objects.get(pk=actor.pk)
    page.unpublish()
    for name in ("", "badge.svg", "code.svg"):
        address = f"/label/{label.number}/{name}"
        assert client.get(address, headers={"host": "alpha.localhost"}).status_code == 404
    assert label.number not in get("/label/registre/") and row_of(get, label) is None
    page.save_revision().publish()
    assert "Ce label est valable" in get(f"/label/{label.number}/")
    assert row_of(get, label)["statut"] == "valable"


def test_the_number_of_a_label_that_was_deleted_with_its_page_is_given_to_no_other(
    alpha, give, client
):
    gone = give(make_action(alpha, "Une action"))
    gone.page.specific.delete()
    assert not Label.objects.exists()
    answer = client.get(f"/label/{gone.number}/", headers={"host": "alpha.localhost"})
    assert answer.status_code == 404
    assert give(make_action(alpha, "Une autre")).number != gone.number


def test_a_place_that_passes_to_another_territory_leaves_its_label_behind(
    alpha, beta, give, get, client
):
    actor = make_actor(alpha, "La maison")
    label = give(actor)
    kept = give(make_actor(alpha, "Le centre"))
    ActorPage.objects.get(pk=actor.pk).move(map_of(beta), "last-child")
    label.refresh_from_db()
    assert label.status == LabelStatus.WITHDRAWN and label.withdrawal_reasons
    assert list(Label.objects.active()) == [kept]
    html = get(f"/label/{label.number}/")
    assert "Ce label a été retiré." in html
    assert "Ce qui le portait est passé dans un autre territoire." in html
    there = client.get(f"/carte/{actor.slug}/", headers={"host": "beta.localhost"})
    assert there.status_code == 200 and BADGE not in there.content.decode()
