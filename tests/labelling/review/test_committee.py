"""Opinions: one a person, none that follows the others, none of whoever has a tie; a quorum."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from factories import make_member
from labelling_factories import set_rules

from labelling.models import Application, Opinion, State
from labelling.review import deciding
from labelling.review.moving import move
from labelling.review.opinions import counted, give_opinion, sees_opinions
from labelling.review.refusing import NotAllowed
from labelling.review.transitions import Part

HOST = {"host": "localhost"}
WORDS = "Gratuit, tout près, préparé à plusieurs."


@pytest.fixture
def opened(world, application, people):
    """In committee, where two opinions are asked for."""
    set_rules(world.alpha, quorum=2)
    deciding.open_to_committee(application=application, user=people["coordinator"])
    return application


@pytest.fixture
def second(world, db):
    return make_member(world.alpha, "label-reviewer", "second-reviewer")


def read(client, user, application, status=200):
    client.force_login(user)
    answer = client.get(reverse("label_applications:read", args=[application.pk]), headers=HOST)
    assert answer.status_code == status
    return answer.text


def opine(application, user, verdict="for", **said):
    return give_opinion(application=application, user=user, verdict=verdict, **said)


def grant(world, application, user):
    return deciding.grant(
        application=application, user=user, accepted=world.mandatory, reasons=WORDS
    )


def test_two_opinions_reach_the_quorum_and_the_label_is_given(world, opened, people, second):
    with pytest.raises(NotAllowed, match=r"Il faut 2 avis .* Il y en a 0"):
        grant(world, opened, people["coordinator"])
    opine(opened, people["reviewer"])
    with pytest.raises(NotAllowed, match="Il y en a 1"):
        grant(world, opened, people["coordinator"])
    opine(opened, second, "against")
    label = grant(world, opened, people["coordinator"])
    assert label.application == opened and opened.decided_by == people["coordinator"]
    assert opened.reasons == label.reasons == WORDS
    accepted = opened.answers.filter(is_accepted=True).values_list("criterion", flat=True)
    assert set(accepted) == {one.pk for one in world.mandatory}
    assert not opened.answers.filter(is_accepted=None).exists()


def test_an_opinion_is_changed_until_the_decision_and_counts_once(opened, people):
    opine(opened, people["reviewer"])
    opine(opened, people["reviewer"], "against", comment="Trop loin.")
    given = Opinion.objects.get()
    assert (given.verdict, given.comment, counted(opened)) == ("against", "Trop loin.", 1)
    opine(opened, people["reviewer"], "none")
    assert counted(opened) == 0, "without an opinion"


def test_whoever_has_a_tie_says_which_and_does_not_count(world, opened, people, second, client):
    with pytest.raises(NotAllowed, match="quel est votre lien"):
        opine(opened, people["reviewer"], has_conflict=True)
    opine(opened, people["reviewer"], has_conflict=True, conflict_words="J’y travaille.")
    opine(opened, second, comment="Un très bon forum.")
    assert counted(opened) == 1
    with pytest.raises(NotAllowed):
        grant(world, opened, people["coordinator"])
    shown = read(client, people["reviewer"], opened)
    assert "samira" not in shown.lower() and "06 39 98" not in shown
    assert "applicant@example.org" not in shown and "Un très bon forum." not in shown
    shown = read(client, second, opened)
    assert "applicant@example.org" in shown and "06 39 98 12 34" in shown


def test_the_applicants_own_opinion_never_counts(world, opened, people):
    Application.objects.filter(pk=opened.pk).update(user=people["reviewer"])
    opened.refresh_from_db()
    assert opine(opened, people["reviewer"]).has_conflict
    assert counted(opened) == 0


def test_nobody_follows_the_others(opened, people, second, client):
    opine(opened, second, comment="Bravo.")
    assert "Bravo." not in read(client, people["reviewer"], opened)
    assert "1 avis compté" in read(client, people["coordinator"], opened)
    assert "Bravo." not in read(client, people["coordinator"], opened)
    opine(opened, people["reviewer"], comment="D’accord.")
    for who in ("reviewer", "coordinator"):
        shown = read(client, people[who], opened)
        assert "Bravo." in shown and "D’accord." in shown, who
    for who in ("stranger", "anonymous", "editor", "applicant"):
        assert not sees_opinions(people[who], opened), who


def test_what_comes_back_changed_is_read_again(world, opened, people, second):
    opine(opened, people["reviewer"])
    opine(opened, second)
    coordinator = people["coordinator"]
    deciding.return_with_questions(application=opened, user=coordinator, words="Où ?")
    move(application=opened, name="send", part=Part.APPLICANT, signed="Samira Haddad")
    with pytest.raises(NotAllowed, match="Il y en a 0"):
        grant(world, opened, coordinator)
    deciding.open_to_committee(application=opened, user=coordinator)
    opine(opened, second)
    assert counted(opened) == 1


def test_the_form_says_what_is_missing_and_keeps_the_opinion(opened, people, client):
    client.force_login(people["reviewer"])
    url = reverse("label_applications:opinion", args=[opened.pk])
    for nonsense in ({}, {"has_conflict": "on"}, {"verdict": "maybe"}, {"verdict": "\x00"}):
        assert client.post(url, nonsense, headers=HOST).status_code == 422
    assert not Opinion.objects.exists()
    client.post(url, {"verdict": "against", "comment": "Trop loin."}, headers=HOST)
    given = Opinion.objects.get()
    assert given.member == people["reviewer"] and given.signed
    assert "Trop loin." in client.get(url, headers=HOST).text


def test_a_decision_on_what_somebody_else_has_moved_is_told_and_keeps_the_words(
    world, application, people, client
):
    client.force_login(people["coordinator"])
    url = reverse("label_applications:refuse", args=[application.pk])
    seen = client.get(url, headers=HOST).context["form"].initial["seen"]
    deciding.open_to_committee(application=application, user=people["superuser"])
    answer = client.post(url, {"words": "Trop loin de tout.", "seen": seen}, headers=HOST)
    assert answer.status_code == 409
    assert "déjà avancé" in answer.text and "Trop loin de tout." in answer.text
    application.refresh_from_db()
    assert application.state == State.IN_COMMITTEE


def test_the_rules_are_the_coordinations_to_set(world, people, client):
    url = reverse("label_rules:edit", args=[world.alpha.pk])
    for who in ("reviewer", "editor", "stranger", "applicant", "team"):
        client.force_login(people[who])
        assert client.post(url, {"quorum": 5, "answer_within": 9}, headers=HOST).status_code == 404
    client.force_login(people["coordinator"])
    assert client.get(reverse("label_rules:index"), headers=HOST).url == url
    for nonsense in ({"quorum": 99, "answer_within": 9}, {"quorum": 1, "answer_within": 0}, {}):
        assert client.post(url, nonsense, headers=HOST).status_code == 422
    client.post(url, {"quorum": 1, "answer_within": 9}, headers=HOST)
    client.force_login(people["superuser"])
    listed = client.get(reverse("label_rules:index"), headers=HOST)
    assert (1, 9) in {(one.quorum, one.answer_within) for _there, one in listed.context["lines"]}


def test_each_finds_on_the_home_page_what_waits_for_them(world, opened, people, client, second):
    home = reverse("wagtailadmin_home")

    def panel(who):
        client.force_login(User.objects.get(pk=who.pk))
        return client.get(home, headers=HOST).text

    asked = reverse("label_applications:opinion", args=[opened.pk])
    to_read = f'"{reverse("label_applications:read", args=[opened.pk])}"'
    assert asked in panel(second) and to_read not in panel(second)
    assert to_read in panel(people["coordinator"])
    opine(opened, second)
    assert asked not in panel(second)
    shown = panel(people["stranger"])
    assert opened.reference not in shown and asked not in shown
