"""What an application leaves: a page to label, files under lock, an archive, and what goes."""

from datetime import timedelta

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from labelling_factories import make_application

from agenda.models import EventPage
from labelling.labels.archive import LABELS
from labelling.models import Application, Evidence, Label, Opinion, State
from labelling.review import archive, deciding
from labelling.review.drafting import draft_event
from labelling.review.forgetting import forget_old_applications
from labelling.review.opinions import give_opinion
from labelling.review.refusing import NotAllowed

HOST = {"host": "localhost"}
WORDS = "Tout y est."


@pytest.fixture
def unlisted(world, db):
    """Asked for what is in no list yet."""
    said = {"takes_place": "Le 3 mars", "happens_at": "Place Abbal", "state": "submitted"}
    return make_application(world.alpha, title="Café des métiers", **said)


@pytest.fixture
def proof(application):
    answer = application.answers.first()
    kept = Evidence(answer=answer, name="Affiche.pdf", size=4)
    kept.file.save("affiche.pdf", ContentFile(b"%PDF"))
    return kept


def decide(world, application, user):
    return deciding.grant(
        application=application, user=user, accepted=world.mandatory, reasons=WORDS
    )


class TestPage:
    def test_no_label_without_a_page(self, world, unlisted, people):
        with pytest.raises(NotAllowed, match="Choisissez d’abord la page"):
            decide(world, unlisted, people["coordinator"])

    def test_the_event_is_made_as_a_draft_then_labelled(self, world, unlisted, people, client):
        client.force_login(people["coordinator"])
        attach = reverse("label_applications:attach", args=[unlisted.pk])
        assert "Le créer en brouillon" in client.get(attach, headers=HOST).text
        url = reverse("label_applications:create_event", args=[unlisted.pk])
        assert client.get(url, headers=HOST).status_code == 405
        answer = client.post(url, headers=HOST)
        event = EventPage.objects.get(title="Café des métiers")
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[event.pk])
        assert not event.live and event.place_name == "Place Abbal"
        assert "Le 3 mars" in event.summary and event.latest_revision
        unlisted.refresh_from_db()
        assert unlisted.page_id == event.pk
        with pytest.raises(NotAllowed, match="déjà choisie"):
            draft_event(application=unlisted, user=people["coordinator"])
        assert decide(world, unlisted, people["coordinator"]).page_id == event.pk

    def test_a_record_of_the_territory_is_chosen_and_no_other(
        self, world, unlisted, people, client
    ):
        own, foreign = make_event(world.alpha, "Le café"), make_event(world.beta, "Ailleurs")
        client.force_login(people["coordinator"])
        url = reverse("label_applications:attach", args=[unlisted.pk])
        for wrong in (foreign.pk, own.get_parent().pk, "x", world.event.pk):
            answer = client.post(url, {"page": wrong}, headers=HOST)
            assert answer.status_code == 422, wrong
            assert "Ailleurs" not in answer.text, "it is not told what was guessed"
        assert client.post(url, {"page": own.pk}, headers=HOST).status_code == 302
        unlisted.refresh_from_db()
        assert unlisted.page_id == own.pk
        for who in ("reviewer", "stranger", "editor"):
            client.force_login(people[who])
            client.post(url, {"page": world.event.pk}, headers=HOST)
        unlisted.refresh_from_db()
        assert unlisted.page_id == own.pk

    def test_a_page_bears_one_label_at_a_time(self, world, application, people):
        label = decide(world, application, people["coordinator"])
        again = make_application(world.alpha, title="Encore", state="submitted")
        Application.objects.filter(pk=again.pk).update(page=label.page)
        again.refresh_from_db()
        with pytest.raises(ValidationError, match="déjà un label"):
            decide(world, again, people["coordinator"])
        again.refresh_from_db()
        assert again.state == State.SUBMITTED and Label.objects.count() == 1


class TestReading:
    def test_a_reader_finds_answers_evidence_questions_and_every_step(
        self, world, application, proof, people, client
    ):
        deciding.return_with_questions(
            application=application,
            user=people["coordinator"],
            words="Une question.",
            questions=[(world.mandatory[0], "Quel bus ?")],
        )
        client.force_login(people["reviewer"])
        url = reverse("label_applications:read", args=[application.pk])
        shown = client.get(url, headers=HOST).text
        for said in ("C’est gratuit et tout près.", "Affiche.pdf", "Quel bus ?", "Une question."):
            assert said in shown, said
        for step in application.steps.all():
            assert step.signed in shown
        file = reverse("label_applications:evidence", args=[application.pk, proof.pk])
        answer = client.get(file, headers=HOST)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        for who in ("stranger", "editor", "applicant", "team"):
            client.force_login(people[who])
            assert client.get(file, headers=HOST).status_code == 404, who

    def test_a_draft_is_its_authors(self, world, people, client):
        draft = make_application(world.alpha, title="Pas finie")
        client.force_login(people["coordinator"])
        index = reverse("label_applications:index")
        assert "Pas finie" not in client.get(index, headers=HOST).text
        url = reverse("label_applications:read", args=[draft.pk])
        assert client.get(url, headers=HOST).status_code == 404

    def test_the_list_costs_the_same_for_few_and_for_many(self, world, people, client):
        client.force_login(people["coordinator"])
        index = reverse("label_applications:index")

        def cost():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(index, {"state": "submitted"}, headers=HOST).status_code == 200
            return len(captured)

        cost()
        few = cost()
        for rank in range(4):
            make_application(world.alpha, title=f"Atelier {rank}", state="submitted")
        assert cost() == few

    @pytest.mark.parametrize("query", ["state=x", "territory=x", "state=%00", "p=999"])
    def test_nonsense_in_the_filters_is_no_error(self, people, client, query):
        client.force_login(people["coordinator"])
        url = f"{reverse('label_applications:index')}?{query}"
        assert client.get(url, headers=HOST).status_code in {200, 404}


class TestArchive:
    def test_what_travels_comes_back_without_who_it_was(self, world, application, proof, people):
        deciding.open_to_committee(application=application, user=people["coordinator"])
        give_opinion(
            application=application, user=people["reviewer"], verdict="for", comment="Oui."
        )
        label = decide(world, application, people["coordinator"])
        [row] = list(archive.export(world.alpha))
        row |= dict.fromkeys(archive.PERSONAL, "")
        assert "applicant@example.org" not in str(row) and "Samira" not in str(row)
        labels = list(LABELS.export(world.alpha))
        LABELS.erase(world.alpha)
        assert archive.erase(world.alpha) == 1 and not Evidence.objects.exists()
        for _again in range(2):
            archive.restore(world.alpha, [row])
            LABELS.restore(world.alpha, labels)
        back = Application.objects.get(reference=application.reference)
        assert (back.state, back.reasons, back.page) == (State.GRANTED, WORDS, application.page)
        assert back.decided_at == application.decided_at and back.email == ""
        assert back.label.number == label.number
        assert [step.name for step in back.steps.all()] == ["send", "open", "grant"]
        assert Opinion.objects.get().comment == "Oui." and Opinion.objects.get().signed == ""
        assert back.answers.filter(is_accepted=True).count() == len(world.mandatory)

    def test_a_clone_keeps_who_signed(self, world, application):
        [row] = list(archive.export(world.alpha))
        Application.objects.filter(pk=application.pk).delete()
        archive.restore(world.alpha, [row])
        back = Application.objects.get()
        assert back.steps.get().signed == "Samira Haddad"
        assert back.answers.get(criterion__key="follow-up").facts["who"] == "Samira Haddad"


class TestForgetting:
    def later(self, **facts):
        return timezone.now() + timedelta(**facts)

    def test_who_asked_goes_24_months_after_a_refusal(self, application, proof, people):
        deciding.refuse(application=application, user=people["coordinator"], reasons=WORDS)
        assert forget_old_applications(self.later(days=700)) == 0
        assert forget_old_applications(self.later(days=740)) == 1
        assert forget_old_applications(self.later(days=740)) == 0
        application.refresh_from_db()
        assert (application.email, application.contact_name, application.user) == ("", "", None)
        assert not Evidence.objects.exists()
        assert "Samira" not in str(list(application.answers.values()))
        assert application.answers.get(criterion__key="follow-up").facts == {"met": "yes"}
        assert application.reasons == WORDS and application.decided_by == people["coordinator"]
        assert [step.signed != "" for step in application.steps.all()] == [False, True]

    def test_a_label_keeps_them_until_24_months_after_its_end(self, world, application, people):
        label = decide(world, application, people["coordinator"])
        Label.objects.filter(pk=label.pk).update(
            expires_on=timezone.localdate() + timedelta(days=300)
        )
        assert forget_old_applications(self.later(days=740)) == 0
        assert forget_old_applications(self.later(days=1040)) == 1

    def test_a_draft_that_nobody_touches_for_60_days_goes(self, world, application):
        draft = make_application(world.alpha, title="Pas finie")
        assert forget_old_applications(self.later(days=59)) == 0
        assert forget_old_applications(self.later(days=61)) == 1
        assert not Application.objects.filter(pk=draft.pk).exists()
        assert Application.objects.filter(pk=application.pk).exists()
