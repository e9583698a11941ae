"""Nobody asks the label for an event that will not be, and what was begun does not leave."""

import pytest
from agenda_factories import make_actor, make_event
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from agenda.models import DateChange, EventPage
from labelling.applying.beginning import begin_application
from labelling.models import Answer, Application, State
from resources_directory.members import add_partner

from .conftest import HOST, WHO, words

pytestmark = pytest.mark.django_db
SAID = "Le rendez-vous « Atelier » est annulé"


def cancel(event):
    event.status = "cancelled"
    event.save_revision().publish()


def test_it_is_begun_neither_for_an_event_nor_for_one_all_of_whose_dates_are_cancelled(alpha, grid):
    whole, dates, over = (make_event(alpha, slug=slug) for slug in ("whole", "dates", "over"))
    cancel(whole)
    [moment] = dates.occurrences.values_list("start", flat=True)
    dates.changes.add(DateChange(kind="cancelled", original=moment))
    dates.save_revision().publish()
    assert EventPage.objects.get(pk=dates.pk).status == "scheduled"
    # What is over is another matter: nothing comes, and nothing was cancelled.
    over.occurrences.update(over_at=timezone.now())
    begun = []
    for event in (whole, dates, over):
        facts = {"territory": alpha, "page": event, "subject": "", "title": "", "language": "fr"}
        try:
            begun.append(begin_application(**facts).page_id)
        except ValidationError as refused:
            assert SAID in refused.messages[0] and "le dire" in refused.messages[0]
    assert begun == [over.pk]


def test_the_public_form_says_why(alpha, visitor):
    event = make_event(alpha)
    address = f"/label/demander/nouvelle/?fiche={event.pk}"
    shown = visitor.asks(address)
    cancel(event)
    refused = visitor.sends(address, {**WHO, "consent": "on"}, shown=shown)
    assert refused.status_code == 422
    assert SAID in words(refused) and "Léa Martin" in words(refused)
    assert "Ce rendez-vous est annulé" in words(visitor.asks(address))
    chosen = words(visitor.asks("/label/demander/"))
    assert "ce rendez-vous est annulé" in chosen and "?fiche=" not in chosen
    assert not Application.objects.exists()


def test_the_account_of_a_partner_says_why(alpha, client):
    actor, user = make_actor(alpha, "Centre social"), User.objects.create_user("lea")
    add_partner(actor=actor, user=user)
    event = make_event(alpha, organiser=actor)
    cancel(event)
    client.force_login(user)
    admin = {"host": "localhost"}
    assert "Ce rendez-vous est annulé" in words(client.get("/admin/label-applying/", headers=admin))
    answer = client.post(f"/admin/label-applying/begin/{event.pk}/", headers=admin, follow=True)
    assert SAID in words(answer)
    assert not Application.objects.exists()


def test_what_was_begun_before_stays_with_its_applicant(client, begin):
    application, event = begin(), EventPage.objects.get()
    for criterion in application.grid.criteria.all():
        Answer.objects.create(
            application=application,
            criterion=criterion,
            is_met=True,
            text="Oui.",
            facts={"met": "yes", "who": "Sam"},
        )
    address = f"{application.address}verifier/"
    ready = words(client.get(address, headers=HOST))
    assert "Tout y est" in ready and "Envoyer ma demande" in ready
    cancel(event)
    shown = words(client.get(address, headers=HOST))
    assert SAID in shown and "Tout y est" not in shown and "Envoyer ma demande" not in shown
    refused = client.post(address, headers=HOST)
    assert refused.status_code == 409 and SAID in words(refused)
    application.refresh_from_db()
    assert application.state == State.DRAFT
