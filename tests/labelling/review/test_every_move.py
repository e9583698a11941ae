"""Every transition of the table, from every state, by everybody: allowed or refused.

Once through the functions, from every state, and once through the addresses of the admin. Those
ask who one is before they read the state: who may move it posts from every state, the other readers
from each where the move is there for somebody, and strangers from one of these. Made once, each
attempt undone.
"""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from labelling.models import Application, ApplicationStep, Label, Opinion, State
from labelling.review import deciding
from labelling.review.allowed import parts_of
from labelling.review.moving import move
from labelling.review.opinions import give_opinion
from labelling.review.refusing import NotAllowed, Overtaken
from labelling.review.transitions import TRANSITIONS, Part

HOST = {"host": "localhost"}
WORDS = "C’est gratuit, près de chez les gens, et préparé à plusieurs."
# What the table asks of the one who moves, and who is that here.
WHO = {
    Part.APPLICANT: {"applicant"},
    Part.COORDINATION: {"coordinator", "superuser"},
    Part.COMMITTEE: {"reviewer", "coordinator", "superuser"},
}
# Who reads applications in the admin at all: the applicant has the public form.
READERS = {"coordinator", "reviewer", "superuser"}
CASES = [(name, state) for name in TRANSITIONS for state in State]


def attempt(name, application, user, accepted):
    """As whatever the person is to the application: the first part that moves it, moves it."""
    functions = {
        "return": lambda: deciding.return_with_questions(
            application=application, user=user, words=WORDS
        ),
        "open": lambda: deciding.open_to_committee(application=application, user=user),
        "grant": lambda: deciding.grant(
            application=application, user=user, accepted=accepted, reasons=WORDS
        ),
        "refuse": lambda: deciding.refuse(application=application, user=user, reasons=WORDS),
    }
    if name in functions:
        return functions[name]()
    parts = parts_of(user, application)
    for part in parts - {TRANSITIONS[name].part}:
        with pytest.raises(NotAllowed):
            move(application=application, name=name, part=part, user=user)
    if TRANSITIONS[name].part not in parts:
        raise NotAllowed("nothing to it")
    return move(application=application, name=name, part=TRANSITIONS[name].part, user=user)


@pytest.fixture
def in_state(world, db):
    def put(state):
        Application.objects.filter(pk=world.pk).update(state=state)
        return Application.objects.select_related("territory__site", "grid").get(pk=world.pk)

    return put


def test_the_table_and_nothing_else_moves_an_application(world, people, in_state):
    wrong = []
    for name, state in CASES:
        for who, user in people.items():
            sid = transaction.savepoint()
            application = in_state(state)
            try:
                attempt(name, application, user, world.mandatory)
                moved = True
            except (NotAllowed, Overtaken):
                moved = False
            transition = TRANSITIONS[name]
            after = Application.objects.values_list("state", flat=True).get(pk=world.pk)
            should = state in transition.before and who in WHO[transition.part]
            step = ApplicationStep.objects.filter(application=world.pk, name=name).last()
            if moved != should or after != (transition.after if should else state):
                wrong.append((name, state, who, moved))
            elif should and (step.user != user or not step.signed or step.state_before != state):
                wrong.append((name, state, who, "unsigned"))
            transaction.savepoint_rollback(sid)
    assert wrong == []


def cases_of(who):
    """One person of each part from every state: the superuser is the coordination too."""
    for name, transition in TRANSITIONS.items():
        if who == "coordinator" and transition.part == Part.COORDINATION:
            states = list(State)
        else:
            states = sorted(transition.before)
        yield from ((name, state) for state in (states if who in READERS else states[:1]))


def test_the_addresses_of_the_admin_let_the_same_people_do_the_same(world, people):
    form = {"words": WORDS, "mandatory": [one.pk for one in world.mandatory]}
    wrong = []
    for who, user in people.items():
        client = Client()
        if not user.is_anonymous:
            client.force_login(user)
        for name, state in cases_of(who):
            sid = transaction.savepoint()
            Application.objects.filter(pk=world.pk).update(state=state)
            url = reverse(f"label_applications:{name}", args=[world.pk])
            answer = client.post(url, form, headers=HOST)
            transition = TRANSITIONS[name]
            after = Application.objects.values_list("state", flat=True).get(pk=world.pk)
            should = state in transition.before and who in WHO[transition.part] & READERS
            if after != (transition.after if should else state):
                wrong.append((name, state, who, answer.status_code))
            if answer.status_code != status_of(who, should, transition):
                wrong.append((name, state, who, answer.status_code))
            transaction.savepoint_rollback(sid)
    assert wrong == []


def status_of(who, should, transition):
    if who in READERS:
        # Done, or sent home: it is not theirs to do. Else told that it has moved.
        return 302 if should or who not in WHO[transition.part] else 409
    # Sent to the door, or told of no such application.
    return 302 if who == "anonymous" else 404


def test_an_opinion_is_given_in_committee_by_its_members_alone(world, people, in_state):
    wrong = []
    for state in State:
        for who, user in people.items():
            sid = transaction.savepoint()
            try:
                give_opinion(application=in_state(state), user=user, verdict="for")
                given = True
            except (NotAllowed, Overtaken):
                given = False
            should = state == State.IN_COMMITTEE and who in WHO[Part.COMMITTEE]
            if given != should or Opinion.objects.exists() != should:
                wrong.append((state, who, given))
            transaction.savepoint_rollback(sid)
    assert wrong == []


def test_the_coordination_that_began_an_application_is_its_applicant_too(
    client, world, people, in_state
):
    Application.objects.filter(pk=world.pk).update(user=people["coordinator"])
    client.force_login(people["coordinator"])
    for name, state in (("send", State.RETURNED), ("abandon", State.SUBMITTED)):
        in_state(state)
        url = reverse(f"label_applications:{name}", args=[world.pk])
        assert client.get(url, headers=HOST).status_code == 200
        assert client.post(url, {}, headers=HOST).status_code == 302
        assert Application.objects.get(pk=world.pk).state == TRANSITIONS[name].after


def test_it_is_sent_from_the_admin_once_nothing_is_missing(client, world, people, in_state):
    Application.objects.filter(pk=world.pk).update(user=people["coordinator"])
    in_state(State.RETURNED).answers.filter(criterion__key="access").update(text="")
    client.force_login(people["coordinator"])
    send, complete = (
        reverse(f"label_applications:{name}", args=[world.pk]) for name in ("send", "complete")
    )
    refused = client.post(send, {"words": "Voilà."}, headers=HOST)
    assert refused.status_code == 422
    for said in ("rien n’est parti", "Est-ce facile de venir", "Nommez au moins un relais."):
        assert said in refused.text, said
    assert "Voilà." in refused.text
    assert Application.objects.get(pk=world.pk).state == State.RETURNED
    # There is one form: a button leads to it, for its applicant alone.
    read = client.get(reverse("label_applications:read", args=[world.pk]), headers=HOST)
    assert complete in read.text
    assert client.get(complete, headers=HOST).status_code == 405
    form = client.post(complete, headers=HOST).url
    assert form.startswith("http://alpha.localhost") and "/label/demander/" in form
    for who, status in (("superuser", 302), ("stranger", 404), ("reviewer", 302)):
        client.force_login(people[who])
        answer = client.post(complete, headers=HOST)
        assert (answer.status_code, "/label/demander/" in answer.get("Location", "")) == (
            status,
            False,
        )
    world.mandatory[0].answers.update(text="Les adultes-relais.")
    client.force_login(people["coordinator"])
    assert client.post(send, {"words": "Voilà."}, headers=HOST).status_code == 302
    step = ApplicationStep.objects.filter(application=world.pk, name="send").last()
    assert (step.user, step.words) == (people["coordinator"], "Voilà.")
    assert Application.objects.get(pk=world.pk).state == State.SUBMITTED


def test_nobody_who_has_left_does_anything(world, people, in_state):
    User.objects.filter(pk=people["coordinator"].pk).update(is_active=False)
    gone = User.objects.get(pk=people["coordinator"].pk)
    assert parts_of(gone, in_state(State.SUBMITTED)) == frozenset()
    with pytest.raises(NotAllowed):
        deciding.grant(application=in_state(State.SUBMITTED), user=gone, accepted=[], reasons=WORDS)
    assert not Label.objects.exists()
