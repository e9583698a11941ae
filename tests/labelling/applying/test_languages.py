"""The form says the grid in the visitor's language; what is said in French alone says so."""

import pytest
from agenda_factories import make_actor, make_event
from django.test import Client

from labelling.grids.adding import keep_addition, new_addition
from labelling.models import Question, State
from labelling.review import deciding
from territories.models import OutgoingMail

from .conftest import HOST, words

pytestmark = pytest.mark.django_db


def shown_in(language, application, place=""):
    path = application.address.removeprefix("/en")
    prefix = "" if language == "fr" else f"/{language}"
    answer = Client().get(f"{prefix}{path}{place}", headers=HOST)
    assert answer.status_code == 200
    return words(answer)


def add_criterion(territory, grid):
    own = new_addition(territory, grid)
    own.name, own.question, own.help_text = "Tout près", "Est-ce à côté ?", "À dix minutes."
    keep_addition(criterion=own)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_criterion_is_asked_in_the_visitors_language(alpha, grid, begin, language):
    add_criterion(alpha, grid)
    application, access = begin(title="Forum"), grid.criteria.get(key="access")
    said = access.translations[language]
    text = shown_in(language, application, "1/")
    for name in ("question", "help_text", "evidence", "name"):
        assert said[name] in text, name
        assert getattr(access, name) not in text, name
    assert said["question"] in shown_in(language, application, "verifier/")
    own = shown_in(language, application, "13/")
    assert '<h1><bdi lang="fr">Est-ce à côté ?</bdi></h1>' in own
    assert '<bdi lang="fr">Tout près</bdi>' in own and '<bdi lang="fr">À dix minutes.</bdi>' in own
    assert "<bdi" not in shown_in("fr", application, "13/").split("<h1>")[1].split("<form")[0]


def test_what_a_page_keeps_in_french_says_so_in_the_midst_of_a_sentence(alpha, begin):
    centre = make_actor(alpha, "Centre <social>")
    event = make_event(alpha, organiser=centre, conditions="Sur <inscription>.")
    text = shown_in("en", begin(event), "1/")
    assert '<bdi lang="fr">Sur &lt;inscription&gt;</bdi>' in text
    assert '<bdi lang="fr">Centre &lt;social&gt;</bdi>' in shown_in("en", begin(event), "3/")
    assert '</b> : <bdi lang="fr">Atelier</bdi>' in text.replace("</b>:", "</b> :")


def test_questions_and_their_mail_name_the_criterion_in_the_applicants_language(
    alpha, grid, begin, admin_user
):
    application, access = begin(title="Forum", language="en"), grid.criteria.get(key="access")
    type(application).objects.update(state=State.SUBMITTED)
    application.refresh_from_db()
    deciding.return_with_questions(
        application=application,
        user=admin_user,
        words="Une question.",
        questions=[(access, "Où ?")],
    )
    assert Question.objects.count() == 1
    name = access.translations["en"]["name"]
    mail = OutgoingMail.objects.get()
    assert name in mail.text and f"<b>{name}</b>" in mail.html and access.name not in mail.html
    assert '<bdi lang="fr">Où ?</bdi>' in mail.html
    assert "question" in mail.subject and "Une question" not in mail.subject
    assert name in shown_in("en", application)
