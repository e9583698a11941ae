"""What is typed at a step is kept at once, right or wrong: nothing is ever lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from labelling.models import Answer, Application, Criterion, Evidence, Question, State
from labelling.review.moving import NotAllowed, Overtaken, sentence_of_last_step
from territories.contact.files import name_of

from .questions import StepForm

# While it is the applicant's turn.
OPEN = (State.DRAFT, State.RETURNED)


def lock(application: Application) -> None:
    """One save at a time, and none once it has left. Raises Overtaken."""
    found = Application.objects.select_for_update().filter(pk=application.pk)
    application.state = found.values_list("state", flat=True).get()
    if application.state not in OPEN:
        raise Overtaken(sentence_of_last_step(application))


@transaction.atomic
def keep_answer(*, application: Application, criterion: Criterion, form: StepForm) -> Answer:
    """Keep what a step's form was sent with; the files and the link that are all right, too.

    Raises Overtaken when the application is no longer the applicant's to change.
    """
    lock(application)
    form.is_valid()
    answer, _made = Answer.objects.update_or_create(
        application=application,
        criterion=criterion,
        defaults={
            "is_met": form.is_met,
            "text": form.typed("text"),
            "facts": form.typed_facts(),
        },
    )
    right = form.cleaned_data
    forget_evidence(answer.evidence.filter(pk__in=[int(one) for one in right.get("remove") or ()]))
    for file in right.get("files") or ():
        name = name_of(file)
        evidence = Evidence(answer=answer, name=name, size=file.size)
        evidence.file.save(name, file)
    if url := right.get("url"):
        Evidence.objects.create(answer=answer, url=url, name=url[:150])
    application.save(update_fields=["saved_at"])
    return answer


def forget_evidence(found: Iterable[Evidence]) -> None:
    """Delete evidence for good, and files once that is committed."""
    for evidence in found:
        if evidence.file:
            storage, name = evidence.file.storage, evidence.file.name
            transaction.on_commit(partial(storage.delete, name))
        evidence.delete()


@transaction.atomic
def keep_details(*, application: Application, said: dict[str, Any]) -> None:
    """`said`: fields of the application, by name."""
    lock(application)
    for name, value in said.items():
        setattr(application, name, value)
    application.save(update_fields=[*said, "saved_at"])


@transaction.atomic
def keep_replies(
    *, application: Application, questions: Sequence[Question], replies: dict[int, str]
) -> None:
    """`replies`: by primary key of a question of this application that waits."""
    lock(application)
    for question in questions:
        if question.application_id != application.pk or question.answered_at:
            raise NotAllowed(_("Cette question n’attend plus de réponse."))
        question.answer = replies.get(question.pk, question.answer)
        question.save(update_fields=["answer"])
    application.save(update_fields=["saved_at"])
