"""Whatever happens in whatever order, a label in force was decided, and asks nothing more.

All mandatory criteria of its version are accepted; a decision, dated, signed, with reasons; a term.
"""

from datetime import date, timedelta

import pytest
import time_machine
from agenda_factories import make_event
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from labelling_factories import set_rules
from wagtail.models import Page

from agenda.models import EventDate, EventPage
from labelling.applying.beginning import begin_application
from labelling.grids.adopting import grid_of
from labelling.labels.granting import withdraw_label
from labelling.models import (
    Answer,
    Application,
    CriteriaGrid,
    Criterion,
    CriterionKind,
    GridAdoption,
    Label,
    State,
)
from labelling.review import deciding
from labelling.review.moving import move
from labelling.review.opinions import give_opinion
from labelling.review.transitions import Part

WORDS = "Voilà pourquoi."
REFUSED = (ValidationError, ProtectedError)
which = st.integers(0, 3)
who = st.sampled_from(["coordinator", "reviewer", "superuser", "stranger", "applicant"])
# Most attempts are made by whoever may.
decider = st.sampled_from(["coordinator", "coordinator", "superuser", "reviewer", "stranger"])
# The mandatory criterion that is left out; mostly none.
left_out = st.sampled_from([None, None, None, None, None, 0, 1, 2, 3])


def dates() -> list:
    return [EventDate(start=timezone.now() + timedelta(days=rank)) for rank in (5, 25)]


class Life(RuleBasedStateMachine):
    """Everything that people, time and the national team do to applications and labels."""

    seen: dict = {}

    def __init__(self, world, pages) -> None:
        super().__init__()
        self.world, self.days, self.versions = world, 0, 0
        self.pages = list(pages)
        self.savepoint = transaction.savepoint()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.savepoint_rollback(self.savepoint)

    def person(self, name: str) -> User:
        return User.objects.get(pk=self.world.people[name].pk)

    def one(self, number: int) -> Application | None:
        found = list(Application.objects.exclude(pk=self.world.pk).order_by("-pk")[:4])
        return found[number % len(found)] if found else None

    def attempt(self, do, *args, **facts) -> None:
        try:
            with transaction.atomic():
                do(*args, **facts)
        except REFUSED:
            self.seen["refused"] = self.seen.get("refused", 0) + 1

    @rule(page=st.integers(0, 1), renews=st.booleans(), name=who)
    def begin(self, page, renews, name):
        page = Page.objects.filter(pk=self.pages[page].pk).first()
        label = Label.objects.filter(page=page).first() if renews and page else None
        facts = {"territory": self.world.alpha, "subject": "event", "title": "Forum"}
        facts |= {"page": page and page.specific, "renews": label, "user": self.person(name)}
        self.attempt(begin_application, language="fr", **facts)

    @rule(number=which, is_met=st.booleans())
    def answer(self, number, is_met):
        if application := self.one(number):
            for criterion in application.grid.criteria.all()[:5]:
                Answer.objects.update_or_create(
                    application=application, criterion=criterion, defaults={"is_met": is_met}
                )

    @rule(number=which, name=st.sampled_from(["send", "send", "abandon"]))
    def applicant_moves(self, number, name):
        if application := self.one(number):
            self.attempt(move, application=application, name=name, part=Part.APPLICANT)

    @rule(number=which, name=decider)
    def give_back(self, number, name):
        if application := self.one(number):
            facts = {"application": application, "user": self.person(name), "words": WORDS}
            self.attempt(deciding.return_with_questions, **facts)

    @rule(number=which, name=decider)
    def ask_the_committee(self, number, name):
        if application := self.one(number):
            facts = {"application": application, "user": self.person(name)}
            self.attempt(deciding.open_to_committee, **facts)

    @rule(number=which, name=who, verdict=st.sampled_from(["for", "against"]), tie=st.booleans())
    def think(self, number, name, verdict, tie):
        if application := self.one(number):
            facts = {"verdict": verdict, "has_conflict": tie, "conflict_words": "Ma sœur."}
            self.attempt(give_opinion, application=application, user=self.person(name), **facts)

    @rule(number=which, name=decider, lacks=left_out, reasons=st.sampled_from([WORDS, WORDS, " "]))
    def grant(self, number, name, lacks, reasons):
        if application := self.one(number):
            accepted = list(application.grid.criteria.all())
            if lacks is not None:
                del accepted[lacks]
            facts = {"application": application, "user": self.person(name)}
            before = Label.objects.count()
            is_off = EventPage.objects.filter(pk=application.page_id).cancelled().exists()
            self.attempt(deciding.grant, accepted=accepted, reasons=reasons, **facts)
            granted = Label.objects.count() - before
            assert not (granted and is_off), "nobody comes to what is cancelled"
            self.seen["granted"] = self.seen.get("granted", 0) + granted

    @initialize(lacks=left_out)
    def one_event_goes_all_the_way(self, lacks):
        self.goes_all_the_way(page=0, lacks=lacks)

    @rule(page=st.integers(0, 1), lacks=left_out, is_off=st.sampled_from([False, False, True]))
    def another_event_goes_all_the_way(self, page, lacks, is_off):
        self.pages[page] = make_event(self.world.alpha, "Un autre", dates=dates())
        self.goes_all_the_way(page=page, lacks=lacks, is_off=is_off)

    def goes_all_the_way(self, page, lacks, is_off=False):
        set_rules(self.world.alpha, quorum=0)
        self.begin(page=page, renews=False, name="applicant")
        self.applicant_moves(number=0, name="send")
        if is_off:
            self.a_page_is_cancelled_or_not(page=page, status="cancelled")
        self.grant(number=0, name="coordinator", lacks=lacks, reasons=WORDS)

    @rule(number=which, name=decider)
    def refuse(self, number, name):
        if application := self.one(number):
            facts = {"application": application, "user": self.person(name), "reasons": WORDS}
            self.attempt(deciding.refuse, **facts)

    @rule(page=st.integers(0, 1), reasons=st.sampled_from(["Devenu payant.", ""]))
    def withdraw(self, page, reasons):
        if label := Label.objects.active().filter(page=self.pages[page].pk).first():
            self.attempt(withdraw_label, label=label, reasons=reasons)

    @rule(days=st.sampled_from([1, 10, 40]))
    def time_passes(self, days):
        self.days += days
        self.traveller.shift(timedelta(days=days))

    @rule(quorum=st.sampled_from([0, 0, 1, 2]))
    def rules_change(self, quorum):
        set_rules(self.world.alpha, quorum=quorum)

    @rule()
    def a_stricter_version_is_adopted(self):
        self.versions += 1
        grid = CriteriaGrid.objects.create(
            name="Plus stricte", version=f"v{self.versions}", published_on=date(2020, 1, 1)
        )
        for number in range(1, 6):
            words = {"name": f"Critère {number}", "question": "?", "kind": CriterionKind.MANDATORY}
            Criterion.objects.create(grid=grid, number=number, **words)
        GridAdoption.objects.create(territory=self.world.alpha, grid=grid)

    @rule(number=st.integers(50, 60))
    def the_grid_in_use_is_changed(self, number):
        grid = grid_of(self.world.alpha)
        self.attempt(grid.criteria.first().delete)
        words = {"name": "De plus", "question": "?", "kind": CriterionKind.MANDATORY}
        added = Criterion(grid=grid, number=number, **words)

        def save():
            added.full_clean()
            added.save()

        self.attempt(save)

    @rule(page=st.integers(0, 1))
    def a_page_is_unpublished(self, page):
        if found := Page.objects.filter(pk=self.pages[page].pk, live=True).first():
            found.specific.unpublish()

    @rule(page=st.integers(0, 1))
    def a_page_is_moved_in_time(self, page):
        if found := Page.objects.filter(pk=self.pages[page].pk).first():
            event = found.specific
            event.dates.set([EventDate(start=timezone.now() + timedelta(days=8))])
            self.attempt(lambda: event.save_revision().publish())

    @rule(page=st.integers(0, 1), status=st.sampled_from(["cancelled", "scheduled"]))
    def a_page_is_cancelled_or_not(self, page, status):
        EventPage.objects.filter(pk=self.pages[page].pk).update(status=status)

    @rule(page=st.integers(0, 1))
    def a_page_is_deleted(self, page):
        if self.days > 10 and (found := Page.objects.filter(pk=self.pages[page].pk).first()):
            found.specific.delete()

    @invariant()
    def a_label_in_force_was_decided_and_asks_nothing_more(self):
        labels = list(Label.objects.active().select_related("application"))
        for label in labels:
            criteria = Criterion.objects.filter(grid=label.grid_id, kind=CriterionKind.MANDATORY)
            mandatory = set(criteria.values_list("pk", flat=True))
            assert mandatory and mandatory <= set(label.criteria.values_list("pk", flat=True))
            application = label.application
            assert application.state == State.GRANTED and application.grid_id == label.grid_id
            accepted = application.answers.filter(is_accepted=True)
            assert mandatory <= set(accepted.values_list("criterion", flat=True))
            assert application.decided_at and application.decided_by_id and application.reasons
            assert label.granted_by_id and label.reasons
            assert label.expires_on and label.expires_on >= label.granted_on
        in_force = [label.page_id for label in labels]
        assert len(in_force) == len(set(in_force)), "one at a time"


@pytest.mark.slow
def test_no_sequence_of_events_gives_a_label_that_was_not_deserved(world, db):
    Life.seen = {}
    pages = [make_event(world.alpha, f"Atelier {rank}", dates=dates()) for rank in range(2)]
    run_state_machine_as_test(
        lambda: Life(world, pages),
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # It went through both doors often enough to say something.
    assert Life.seen["granted"] > 5 and Life.seen["refused"] > 20, Life.seen
