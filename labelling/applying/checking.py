"""What an application still lacks before it may leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from labelling.grids.adopting import criteria_for
from labelling.models import (
    Answer,
    Application,
    Criterion,
    CriterionKind,
    Evidence,
    Question,
    State,
)

from .facts import Known, known_of
from .questions import StepForm


@dataclass(frozen=True)
class Missing:
    """`sentence` says what to do; `criterion` where, or else `place`: a name of `progress.py`."""

    sentence: str
    criterion: Criterion | None = None
    place: str = ""

    def __str__(self) -> str:
        """Where nothing beside it says what it is about."""
        if self.criterion is None:
            return self.sentence
        return f"{self.criterion.shown.question} {self.sentence}"


class Sheet:
    """An application, its criteria and its answers, read once."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def criteria(self) -> list[Criterion]:
        return criteria_for(self.application.territory, self.application.grid)

    @cached_property
    def answers(self) -> Mapping[int, Answer]:
        """By criterion, each with its evidence."""
        evidence = Prefetch("evidence", Evidence.objects.order_by("pk"))
        found = self.application.answers.prefetch_related(evidence)
        return {answer.criterion_id: answer for answer in found}

    @cached_property
    def known(self) -> Mapping[str, Known]:
        return known_of(self.application)

    @cached_property
    def waiting(self) -> list[Question]:
        """The questions of the last return."""
        if self.application.state == State.DRAFT:
            return []
        found = Question.objects.filter(application=self.application, answered_at=None)
        return list(found.select_related("criterion"))

    def given(self, criterion: Criterion) -> dict:
        """What the form of a criterion is made with."""
        answer = self.answers.get(criterion.pk)
        return {
            "criterion": criterion,
            "answer": answer,
            "evidence": list(answer.evidence.all()) if answer else [],
            "known": self.known.get(criterion.key),
        }

    def faults(self, criterion: Criterion) -> list[str]:
        form = StepForm.of_kept(**self.given(criterion))
        found = [error for errors in form.errors.values() for error in errors]
        if form.is_mandatory and form.is_met is False:
            found.append(_("Ce point est demandé à tous : sans lui, pas de label."))
        return found

    def is_done(self, criterion: Criterion) -> bool:
        """Seen by the applicant, or proved by the page; and nothing to be put right."""
        is_said = criterion.pk in self.answers or criterion.key in self.known
        return is_said and not self.faults(criterion)

    def is_chosen(self, criterion: Criterion) -> bool:
        return bool(StepForm.of_kept(**self.given(criterion)).is_met)


def missing(application: Application) -> list[Missing]:
    """In the order of the form; empty when it may leave."""
    return missing_in(Sheet(application))


def missing_in(sheet: Sheet) -> list[Missing]:
    application = sheet.application
    found = []
    if not application.contact_name or not (application.email or application.phone):
        found.append(
            Missing(_("Dites qui nous pouvons appeler, et comment vous joindre."), place="details")
        )
    for criterion in sheet.criteria:
        is_mandatory = criterion.kind == CriterionKind.MANDATORY
        if is_mandatory or sheet.is_chosen(criterion):
            found += [Missing(fault, criterion) for fault in sheet.faults(criterion)]
    found += [
        Missing(_("Répondez à la question : « %(words)s »") % {"words": one.words}, place="replies")
        for one in sheet.waiting
        if not one.answer.strip()
    ]
    return found
