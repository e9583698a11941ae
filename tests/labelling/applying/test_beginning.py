"""An application is begun for what may bear the label here, once at a time."""

from datetime import date

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError
from django.test import Client
from factories import make_member

from labelling.applying.beginning import begin_application
from labelling.applying.links import address_for_applicant
from labelling.models import Application, CriteriaGrid, GridAdoption, State, Subject
from territories.models import SignedLink

pytestmark = pytest.mark.django_db


def begin(territory, page=None, **facts):
    facts = {"subject": Subject.EVENT, "title": "", "language": "fr", "page": page, **facts}
    return begin_application(territory=territory, **facts)


def refusal(*args, **facts):
    with pytest.raises(ValidationError) as refused:
        begin(*args, **facts)
    return refused.value.messages[0]


def test_a_draft_keeps_the_record_and_the_grid_of_the_day(alpha, grid):
    event = make_event(
        alpha, is_action=True, runs_from=date(2026, 1, 5), runs_until=date(2026, 12, 18)
    )
    application = begin(alpha, event, email="lea@exemple.fr")
    assert application.state == State.DRAFT
    assert (application.page_id, application.grid) == (event.pk, grid)
    assert (application.subject, application.title) == (Subject.ACTION, "Atelier")


def test_what_is_in_no_list_yet_has_the_applicants_words(alpha):
    application = begin(alpha, title=" Forum ", takes_place="En mai", happens_at="Bagatelle")
    assert (application.page, application.title) == (None, "Forum")
    assert refusal(alpha, title=" ") == "Donnez un nom à ce qui demande le label."


def test_nothing_is_begun_for_the_page_of_another_territory(alpha, beta):
    assert "n’est pas de ce territoire" in refusal(alpha, make_event(beta))


def test_nothing_is_begun_for_a_page_that_bears_no_label(alpha):
    event = make_event(alpha)
    assert "ne peut pas recevoir" in refusal(alpha, event.get_parent().specific)
    assert not Application.objects.exists()


def test_a_label_in_force_is_renewed_not_asked_for_again(alpha, give):
    event = make_event(alpha)
    label = give(event)
    assert refusal(alpha, event) == "« Atelier » a déjà le label."
    assert begin(alpha, event, renews=label).renews == label
    assert "pas celui de cette page" in refusal(alpha, make_event(alpha, "B"), renews=label)


def test_one_application_at_a_time_for_a_page(alpha):
    event = make_event(alpha)
    begin(alpha, event)
    # Nobody has answered its mail yet.
    begin(alpha, event)
    Application.objects.update(state=State.SUBMITTED)
    assert "déjà en cours" in refusal(alpha, event)
    Application.objects.update(state=State.REFUSED)
    begin(alpha, event, user=make_member(alpha))
    assert "déjà en cours" in refusal(alpha, event)


def test_nothing_is_begun_without_a_published_grid(alpha):
    GridAdoption.objects.all().delete()
    CriteriaGrid.objects.update(published_on=None)
    assert "Aucune grille" in refusal(alpha, title="Forum")


def test_a_link_opens_its_own_application_on_its_own_host(alpha, beta):
    application = begin(alpha, title="Forum")
    path = address_for_applicant(application).split("localhost", 1)[1]
    shown = Client().get(path, headers={"host": "alpha.localhost"})
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    assert Client().get(path, headers={"host": "beta.localhost"}).status_code == 404
    assert Client().get(path[:-3] + "xx/", headers={"host": "alpha.localhost"}).status_code == 404
    Application.objects.update(state=State.GRANTED)
    assert Client().get(path, headers={"host": "alpha.localhost"}).status_code == 410


def test_an_expired_link_opens_nothing(alpha):
    path = address_for_applicant(begin(alpha, title="Forum")).split("localhost", 1)[1]
    SignedLink.objects.update(expires_at="2026-01-01T00:00Z")
    shown = Client().get(path, headers={"host": "alpha.localhost"})
    assert shown.status_code == 410
