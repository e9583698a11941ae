"""Another e-mail address counts once its owner has said yes; until then it is told nothing."""

import re

import pytest
from django.test import Client

from labelling.applying.address import MOST
from labelling.models import Application, State
from labelling.review import deciding
from territories.models import OutgoingMail

from .conftest import HOST, WHO, path_of, words

pytestmark = pytest.mark.django_db
THING = {"subject": "event", "title": "Forum secret", "takes_place": "", "happens_at": ""}


@pytest.fixture
def application(begin):
    return begin(title="Forum secret")


def change(application, email, **said):
    typed = {**WHO, **THING, "email": email, **said}
    return Client().post(f"{application.address}qui/", typed, headers=HOST)


def link_in(mail):
    return path_of(re.search(r"https?://\S+/adresse/\S+", mail.text)[0])


def test_the_holder_of_the_link_sends_no_mail_to_a_stranger(application, admin_user):
    answer = change(application, "sam@exemple.fr", contact_name="Sam")
    assert answer.url == f"{application.address}qui/?adresse=1"
    shown = words(Client().get(answer.url, headers=HOST))
    assert 'D’ici là, nous écrivons à <bdi dir="ltr">lea@exemple.fr</bdi>' in shown
    application.refresh_from_db()
    assert (application.email, application.contact_name) == ("lea@exemple.fr", "Sam")
    asked = OutgoingMail.objects.get()
    assert asked.to == "sam@exemple.fr"
    for told in ("secret", "Bagatelle", "Sam", "lea@"):
        assert told not in asked.text + asked.html + asked.subject
    Application.objects.update(state=State.SUBMITTED)
    application.refresh_from_db()
    deciding.return_with_questions(application=application, user=admin_user, words="Combien ?")
    assert OutgoingMail.objects.order_by("pk").last().to == "lea@exemple.fr"


def test_whoever_reads_the_mail_says_yes_once_and_gets_the_link(application, beta):
    change(application, "sam@exemple.fr")
    path = link_in(OutgoingMail.objects.get())
    assert Client().get(path, headers={"host": "beta.localhost"}).status_code == 404
    shown = Client().get(path, headers=HOST)
    assert "sam@exemple.fr" in words(shown) and application.reference in words(shown)
    assert "secret" not in words(shown) and "no-store" in shown["Cache-Control"]
    application.refresh_from_db()
    assert application.email == "lea@exemple.fr", "reading changes nothing"
    assert Client().post(path, headers={"host": "beta.localhost"}).status_code == 404
    assert Client().post(path, headers=HOST).url == "/label/demander/commencee/"
    application.refresh_from_db()
    assert application.email == "sam@exemple.fr"
    mail = OutgoingMail.objects.order_by("pk").last()
    assert mail.to == "sam@exemple.fr" and "/label/demander/" in mail.text
    change(application, "lea@exemple.fr")
    assert Client().post(path, headers=HOST).status_code == 410


def test_what_is_over_asks_nothing_any_more(application):
    change(application, "sam@exemple.fr")
    path = link_in(OutgoingMail.objects.get())
    Application.objects.update(state=State.REFUSED)
    for send in (Client().get, Client().post):
        assert send(path, headers=HOST).status_code == 410
    application.refresh_from_db()
    assert application.email == "lea@exemple.fr"


def test_the_same_address_asks_nothing_and_too_many_are_refused(application):
    assert change(application, "LEA@exemple.fr").url == f"{application.address}1/"
    for number in range(MOST):
        assert change(application, f"sam{number}@exemple.fr").status_code == 302
    refused = change(application, "encore@exemple.fr", contact_name="Ana")
    assert refused.status_code == 422
    assert "Vous avez essayé plusieurs adresses" in words(refused)
    assert 'value="encore@exemple.fr"' in words(refused)
    application.refresh_from_db()
    assert (application.email, application.contact_name) == ("lea@exemple.fr", "Ana")
    assert OutgoingMail.objects.count() == MOST
