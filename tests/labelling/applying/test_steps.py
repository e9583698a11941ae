"""Step by step: each answer is kept at once, what is missing is said, and nothing is lost."""

import re
from datetime import date, timedelta

import pytest
from agenda_factories import make_actor, make_event
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories import make_member
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.models import EventPage, EventPartner
from labelling.applying.checking import missing
from labelling.applying.sending import send_application
from labelling.models import Answer, Application, Evidence, Label, Question, State
from labelling.review.moving import move
from labelling.review.transitions import Part
from resources_directory.models import ActorPage
from territories.models import OutgoingMail

from .conftest import HOST, words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 affiche"
FULL = {1: {"met": "yes", "text": "Les adultes-relais."}, 2: {"met": "yes", "text": "Affiches."}}
FULL |= {3: {"met": "yes", "text": "La Mission locale."}}
FULL |= {4: {"met": "yes", "text": "Une feuille.", "who": "Sam"}}


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def fill(browser):
    def fill(application, *numbers, **typed):
        for number in numbers:
            answer = browser.post(
                f"{application.address}{number}/", {**FULL[number], **typed}, headers=HOST
            )
            assert answer.status_code == 302, words(answer)

    return fill


def post(browser, application, place, **typed):
    return browser.post(f"{application.address}{place}", typed, headers=HOST)


def test_mandatory_criteria_come_first_and_one_goes_on_from_each_to_the_next(browser, begin, fill):
    application = begin(title="Forum")
    home = words(browser.get(application.address, headers=HOST))
    assert f"{application.address}1/" in home
    shown = words(browser.get(f"{application.address}1/", headers=HOST))
    assert "Est-ce facile de venir ?" in shown
    assert "étape 2 sur 8" in shown
    answer = post(browser, application, "1/", **FULL[1])
    assert answer.url == f"{application.address}2/"
    kept = Answer.objects.get()
    assert (kept.is_met, kept.text, kept.facts["met"]) == (True, "Les adultes-relais.", "yes")
    assert f"{application.address}2/" in words(browser.get(application.address, headers=HOST))
    assert browser.get(f"{application.address}13/", headers=HOST).status_code == 404
    assert browser.get(f"{application.address}0/", headers=HOST).status_code == 404


def test_an_answer_to_correct_is_kept_and_shown_with_what_is_missing(browser, begin):
    application = begin(title="Forum")
    answer = post(browser, application, "1/", text="", helps=["childcare", "rien"])
    assert answer.status_code == 422
    assert "Choisissez une réponse." in words(answer)
    assert Answer.objects.get().facts == {"helps": ["childcare"]}
    again = post(browser, application, "1/", met="conditions", text="")
    assert "Nommez au moins un relais." in words(again)
    assert Answer.objects.get().is_met is True
    long = post(browser, application, "2/", met="yes", text="a" * 3001, url="pas une adresse")
    assert long.status_code == 422
    shown = words(browser.get(f"{application.address}2/", headers=HOST))
    assert "a" * 3001 in shown and "pas une adresse" in shown


def test_one_may_stop_anywhere(browser, begin):
    application = begin(title="Forum")
    answer = post(browser, application, "3/", text="Avec la", then="later")
    assert answer.url == f"{application.address}?enregistre=1"
    assert "C’est enregistré" in words(browser.get(answer.url, headers=HOST))
    assert Answer.objects.get().text == "Avec la"


def test_evidence_is_checked_counted_kept_apart_and_taken_away(browser, begin):
    application = begin(title="Forum")
    affiche = SimpleUploadedFile("affiche.pdf", PDF)
    said = {**FULL[1], "files": [affiche], "url": "exemple.fr/affiche"}
    assert post(browser, application, "1/", **said).status_code == 302
    file, link = Evidence.objects.order_by("pk")
    assert (file.name, link.url) == ("affiche.pdf", "https://exemple.fr/affiche")
    assert file.file.name.startswith("documents/labels/")
    shown = browser.get(f"{application.address}preuves/{file.pk}/", headers=HOST)
    assert b"".join(shown.streaming_content) == PDF
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown["X-Content-Type-Options"] == "nosniff"
    fake = SimpleUploadedFile("photo.png", PDF)
    refused = post(browser, application, "1/", **FULL[1], files=[fake], then="later")
    assert refused.status_code == 422
    assert "ce que son nom annonce" in words(refused)
    four = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(4)]
    refused = post(browser, application, "1/", **FULL[1], files=four)
    assert "5 preuves au plus" in words(refused)
    assert Evidence.objects.count() == 2
    assert post(browser, application, "1/", **FULL[1], remove=[file.pk]).status_code == 302
    assert list(Evidence.objects.all()) == [link]


def test_files_are_for_the_holder_of_the_link_and_who_may_read(browser, begin, alpha, beta):
    application, other = begin(title="Forum"), begin(title="Autre")
    post(browser, application, "1/", **FULL[1], files=[SimpleUploadedFile("a.pdf", PDF)])
    pk = Evidence.objects.get().pk
    assert browser.get(f"{other.address}preuves/{pk}/", headers=HOST).status_code == 404
    elsewhere = {"host": "beta.localhost"}
    address = f"{application.address}preuves/{pk}/"
    assert browser.get(address, headers=elsewhere).status_code == 404
    assert post(browser, other, "1/", **FULL[1], remove=[pk]).status_code in {302, 422}
    assert Evidence.objects.filter(pk=pk).exists()
    Application.objects.update(state=State.SUBMITTED)
    admin = reverse("label_applications:evidence", args=[application.pk, pk])
    for user, status in ((make_member(alpha), 200), (make_member(beta), 404)):
        browser.force_login(user)
        assert browser.get(admin, headers={"host": "localhost"}).status_code == status


def test_it_leaves_only_once_nothing_mandatory_is_missing(browser, begin, fill, alpha):
    application = begin(title="Forum")
    refused = post(browser, application, "verifier/")
    assert refused.status_code == 422
    assert "rien n’est parti" in words(refused)
    assert {one.criterion.number for one in missing(application) if one.criterion} == {1, 2, 3, 4}
    fill(application, 1, 2, 3, 4)
    post(browser, application, "4/", met="no")
    [lacking] = missing(application)
    assert (lacking.criterion.key, "demandé à tous" in lacking.sentence) == ("follow-up", True)
    fill(application, 4)
    post(browser, application, "5/", met="yes", text="")
    assert [one.criterion.key for one in missing(application)] == ["small-format"]
    post(browser, application, "5/", met="no")
    assert missing(application) == []
    sent = post(browser, application, "verifier/")
    assert sent.url == application.address
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert application.steps.get().signed == "Léa Martin"
    text = words(browser.get(application.address, headers=HOST))
    assert application.reference in text and "15 jours" in text
    mail = OutgoingMail.objects.get()
    assert application.reference in mail.text and "15 jours" in mail.text
    # What has left is no longer changed.
    late = post(browser, application, "1/", met="no")
    assert late.url == application.address
    assert Answer.objects.get(criterion__key="access").is_met is True
    assert browser.get(f"{application.address}1/", headers=HOST).status_code == 302


def test_two_applications_for_one_page_do_not_both_leave(browser, begin, fill, alpha):
    first, event = begin(), EventPage.objects.get()
    second = begin(event)
    for application in (first, second):
        fill(application, 1, 2, 3, 4)
    assert post(browser, first, "verifier/").status_code == 302
    refused = post(browser, second, "verifier/")
    assert refused.status_code == 409
    assert "déjà en cours" in words(refused)


def test_what_the_page_says_is_told_proved_and_editable(browser, begin, alpha, grid):
    place = make_actor(alpha, "Maison de quartier", step_free=True)
    ActorPage.objects.filter(pk=place.pk).update(qpv="yes")
    label = {"territory": alpha, "page": place, "grid": grid, "expires_on": date(2099, 12, 31)}
    Label.objects.create(number="A-2026-001", **label)
    event = make_event(alpha, place=place, organiser=place, childcare="Sur place", capacity=12)
    event.partners.add(EventPartner(actor=make_actor(alpha, "Mission locale")))
    event.save()
    EventPage.objects.filter(pk=event.pk).update(
        first_published_at=timezone.now() - timedelta(days=20)
    )
    application = begin(event)
    shown = words(browser.get(f"{application.address}1/", headers=HOST))
    for said in ("Déjà dans votre fiche", "c’est gratuit", "quartier prioritaire", "sans marche"):
        assert said in shown, said
    assert shown.count(" checked") == 2  # free for all; somebody looks after the children
    assert "est un lieu labellisé" in words(browser.get(f"{application.address}12/", headers=HOST))
    assert "4 semaines avant" in words(browser.get(f"{application.address}2/", headers=HOST))
    lacking = {one.criterion.key for one in missing(application)}
    assert lacking == {"access", "follow-up"}
    post(browser, application, "3/", met="no", text="")
    assert "partnership" in {one.criterion.key for one in missing(application)}
    post(browser, application, "3/", met="yes", text="")
    for number in (1, 4):
        post(browser, application, f"{number}/", **FULL[number])
    send_application(application=application)
    kept = {answer.criterion.key: answer.is_met for answer in application.answers.all()}
    assert {"communication", "small-format", "labelled-places"} <= {
        key for key, is_met in kept.items() if is_met
    }


def test_questions_stand_on_top_and_are_answered_before_it_leaves_again(browser, begin, fill):
    application = begin(title="Forum")
    fill(application, 1, 2, 3, 4)
    post(browser, application, "verifier/")
    application.refresh_from_db()
    move(application=application, name="return", part=Part.COORDINATION, words="Une question.")
    question = Question.objects.create(application=application, words="Combien de places ?")
    text = words(browser.get(application.address, headers=HOST))
    assert text.index("Combien de places ?") < text.index("Votre demande</h2>")
    assert post(browser, application, "verifier/").status_code == 422
    reply = {f"reply-{question.pk}": "Vingt."}
    assert post(browser, application, "", **reply).url == f"{application.address}verifier/"
    assert post(browser, application, "verifier/").status_code == 302
    question.refresh_from_db()
    assert (question.answer, bool(question.answered_at)) == ("Vingt.", True)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_support_is_asked_for_in_words_with_an_amount(browser, begin):
    application = begin(title="Forum")
    refused = post(browser, application, "aide/", wants_advice="on")
    assert refused.status_code == 422
    said = {"support_words": "Des affiches.", "amount": "1 200,50"}
    assert post(browser, application, "aide/", **said).url == f"{application.address}verifier/"
    application.refresh_from_db()
    assert (application.wants_finance, str(application.amount)) == (True, "1200.50")
    assert 'value="1200,50"' in words(browser.get(f"{application.address}aide/", headers=HOST))
    said |= {"support_words": "Des tables.", "amount": "beaucoup d’euros"}
    for then in ({}, {"then": "later"}):
        wrong = post(browser, application, "aide/", **said, **then)
        assert wrong.status_code == 422
        assert_shown_again(words(wrong), "amount", "beaucoup d’euros")
        assert "Le montant demandé, en euros</a> : Écrivez un montant" in words(wrong)
    application.refresh_from_db()
    assert (application.support_words, str(application.amount)) == ("Des tables.", "1200.50")


def assert_shown_again(text, name, typed):
    assert re.search(rf'<input[^>]* name="{name}" value="{typed}"', text), name
    assert "Le reste est enregistré." in text


def test_who_asks_may_be_put_right(browser, begin):
    application = begin(title="Forum")
    said = {"subject": "place", "title": "Maison", "organisation": "Elles", "contact_name": "Ana"}
    wrong = post(browser, application, "qui/", **said, email="ana@@ici")
    assert wrong.status_code == 422
    assert_shown_again(words(wrong), "email", "ana@@ici")
    assert "Son adresse e-mail</a> : Cette adresse e-mail n’est pas complète" in words(wrong)
    application.refresh_from_db()
    assert (application.subject, application.title, application.email) == (
        "place", "Maison", "lea@exemple.fr",
    )  # fmt: skip


def test_an_application_is_given_up_once_asked(browser, begin):
    application = begin(title="Forum")
    asked = browser.get(f"{application.address}abandonner/", headers=HOST)
    assert "Oui, abandonner" in words(asked)
    application.refresh_from_db()
    assert application.state == State.DRAFT
    gone = post(browser, application, "abandonner/")
    assert browser.get(gone.url, headers=HOST).status_code == 200
    application.refresh_from_db()
    assert application.state == State.ABANDONED
    assert browser.get(application.address, headers=HOST).status_code == 410


def test_every_screen_stays_within_the_budget(
    browser, begin, fill, alpha, django_assert_max_num_queries
):
    place = make_actor(alpha, "Maison de quartier")
    event = make_event(alpha, place=place, organiser=place)
    for number in range(3):
        event.partners.add(EventPartner(actor=make_actor(alpha, f"Partenaire {number}")))
    event.save()
    application = begin(event)
    fill(application, 1, files=[SimpleUploadedFile("a.pdf", PDF)])
    for place in ("", "qui/", "1/", "12/", "aide/", "verifier/", "abandonner/"):
        browser.get(f"{application.address}{place}", headers=HOST)
        with django_assert_max_num_queries(15, info=place):
            browser.get(f"{application.address}{place}", headers=HOST)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["met", "text", "helps", "who", "url", "remove", "then"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    )
)
def test_anything_typed_is_kept_and_answered(begin_once, browser, typed):
    answer = post(browser, begin_once, "1/", **typed)
    assert answer.status_code in {302, 422}
    kept = Answer.objects.get(application=begin_once)
    assert kept.text == typed.get("text", "").replace("\x00", "").strip()


@pytest.fixture
def begin_once(begin):
    return begin(title="Forum")
