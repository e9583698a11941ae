"""Who is told what, and when: each once, in words of their own, and reminded once a week."""

from datetime import timedelta

import pytest
import time_machine
from agenda_factories import make_event
from django.utils import timezone
from labelling_factories import make_application, set_rules

from labelling.models import Application, State
from labelling.review import deciding
from labelling.review.delays import average_delay
from labelling.review.moving import move
from labelling.review.opinions import give_opinion
from labelling.review.reminders import remind
from labelling.review.transitions import Part
from territories.mail.models import OutgoingMail

WORDS = "Le lieu n’est pas assez près."
APPLICANT, COORDINATION = "applicant@example.org", "bonjour@alpha.example"
REVIEWER = "label-reviewer-alpha@example.org"


@pytest.fixture
def mails(application):
    OutgoingMail.objects.all().delete()

    def since():
        found = list(OutgoingMail.objects.order_by("pk"))
        OutgoingMail.objects.all().delete()
        return found

    return since


def test_the_coordination_is_told_what_arrives_and_what_comes_back(world, application, mails):
    make_application(world.alpha, make_event(world.alpha, "Le salon"), state="submitted")
    [mail] = mails()
    assert mail.to == COORDINATION and "est arrivée" in mail.subject
    Application.objects.filter(pk=application.pk).update(state=State.RETURNED)
    application.refresh_from_db()
    move(application=application, name="send", part=Part.APPLICANT, signed="Samira")
    [mail] = mails()
    assert "est revenue" in mail.subject and f"/{application.pk}/" in mail.text
    # It leads to what was typed, and repeats nothing of it.
    assert application.title not in mail.text and "Samira" not in mail.text


def test_questions_go_to_the_applicant_with_a_link(world, application, people, mails):
    question = (world.mandatory[0], "Quel arrêt de bus ?")
    deciding.return_with_questions(
        application=application, user=people["coordinator"], words="", questions=[question]
    )
    [mail] = mails()
    assert mail.to == APPLICANT and mail.text.count("Quel arrêt de bus ?") == 1
    assert world.mandatory[0].name in mail.text and "alpha.localhost" in mail.text
    assert application.questions.get().criterion == world.mandatory[0]
    assert application.steps.last().words == "Quel arrêt de bus ?"


def test_the_committee_is_told_when_an_application_is_opened(application, people, mails):
    deciding.open_to_committee(application=application, user=people["coordinator"])
    assert {mail.to for mail in mails()} == {REVIEWER}


def test_the_label_is_told_with_its_number_and_what_it_brings(world, application, people, mails):
    label = deciding.grant(
        application=application,
        user=people["coordinator"],
        accepted=world.mandatory,
        reasons="Tout y est.",
    )
    [mail] = [mail for mail in mails() if mail.to == APPLICANT]
    for said in (label.number, "Tout y est.", "en tête de l’agenda", "un bilan"):
        assert said in mail.text and said in mail.html.replace("&#x27;", "'"), said
    assert f"{label.territory.root_url}/label/{label.number}/faire-savoir/" in mail.text


def test_a_refusal_says_why_what_is_missing_and_what_one_may_do(world, application, people, mails):
    deciding.refuse(
        application=application,
        user=people["coordinator"],
        reasons=WORDS,
        accepted=world.mandatory[1:],
    )
    [mail] = mails()
    assert mail.to == APPLICANT and WORDS in mail.text
    assert world.mandatory[0].name in mail.text and world.mandatory[1].name not in mail.text
    assert "demander de nouveau" in mail.text


def test_nobody_writes_to_themselves(world, application, people, mails):
    Application.objects.filter(pk=application.pk).update(user=people["coordinator"])
    application.refresh_from_db()
    deciding.refuse(application=application, user=people["coordinator"], reasons=WORDS)
    assert mails() == []


class TestDelay:
    def decided(self, territory, days, ago=10, state=State.GRANTED):
        application = make_application(territory, title=f"Depuis {days} jours")
        now = timezone.now() - timedelta(days=ago)
        Application.objects.filter(pk=application.pk).update(
            state=state, submitted_at=now - timedelta(days=days), decided_at=now
        )

    def test_it_is_the_average_of_a_year_rounded_up(self, world, application):
        assert average_delay(world.beta) is None
        self.decided(world.beta, 4)
        self.decided(world.beta, 9, state=State.REFUSED)
        self.decided(world.beta, 90, ago=400)
        self.decided(world.beta, 90, state=State.ABANDONED)
        self.decided(world.alpha, 30)
        assert average_delay(world.beta) == 7

    def test_a_decision_of_the_same_day_takes_one(self, world, application):
        self.decided(world.beta, 0)
        assert average_delay(world.beta) == 1


class TestReminders:
    def after(self, days):
        return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)

    def test_the_coordination_once_half_of_the_time_has_passed(self, world, application, mails):
        set_rules(world.alpha, quorum=0, answer_within=10)
        with self.after(4):
            assert remind() == 0
        with self.after(6):
            assert (remind(), remind()) == (1, 0)
        [mail] = mails()
        assert mail.to == COORDINATION and application.reference in mail.text
        with self.after(12):
            assert remind() == 0, "once a week"
        with self.after(13.5):
            assert remind() == 1

    def test_members_who_have_said_nothing(self, world, application, people, mails):
        set_rules(world.alpha, quorum=2, answer_within=120)
        deciding.open_to_committee(application=application, user=people["coordinator"])
        give_opinion(application=application, user=people["coordinator"], verdict="for")
        mails()
        with self.after(3):
            assert remind() == 0
        with self.after(8):
            assert remind() == 1
        assert [mail.to for mail in mails()] == [REVIEWER]
        tie = {"has_conflict": True, "conflict_words": "Ma sœur l’organise."}
        give_opinion(application=application, user=people["reviewer"], verdict="none", **tie)
        with self.after(16):
            assert remind() == 0

    def test_the_applicant_of_what_was_returned(self, world, application, people, mails):
        deciding.return_with_questions(
            application=application, user=people["coordinator"], words="Où ?"
        )
        mails()
        with self.after(6):
            assert remind() == 0
        with self.after(8):
            assert (remind(), remind()) == (1, 0)
        [mail] = mails()
        assert mail.to == APPLICANT and "Compléter" in mail.html
