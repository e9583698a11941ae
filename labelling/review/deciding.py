"""What the coordination does with an application; each move is guarded, dated and signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from labelling.labels.bearers import can_bear_the_label, check_it_takes_place, subject_of
from labelling.labels.granting import grant_label
from labelling.models import Answer, Application, Criterion, Question
from labelling.models.applications import OVER

from .allowed import require
from .moving import check, hold, move, sentence_of_last_step
from .opinions import counted, is_quorum_reached, rules_of
from .refusing import NotAllowed, Overtaken
from .transitions import Part

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from labelling.models import ApplicationStep, Label


@transaction.atomic
def return_with_questions(
    *,
    application: Application,
    user: User,
    words: str,
    questions: Iterable[tuple[Criterion | None, str]] = (),
) -> ApplicationStep:
    """Ask the applicant for what is missing. `questions`: each about a criterion, or the whole."""
    require(user, application, Part.COORDINATION)
    asked = [(about, text.strip()) for about, text in questions if text.strip()]
    words = words.strip() or "\n".join(text for _about, text in asked)
    check(application=application, name="return", part=Part.COORDINATION, words=words)
    hold(application)
    Question.objects.bulk_create(
        Question(application=application, criterion=about, words=text, asked_by=user)
        for about, text in asked
    )
    return move(
        application=application, name="return", part=Part.COORDINATION, user=user, words=words
    )


@transaction.atomic
def open_to_committee(*, application: Application, user: User, words: str = "") -> ApplicationStep:
    require(user, application, Part.COORDINATION)
    return move(
        application=application, name="open", part=Part.COORDINATION, user=user, words=words
    )


@transaction.atomic
def grant(
    *, application: Application, user: User, accepted: Sequence[Criterion], reasons: str
) -> Label:
    """Give the label: every mandatory criterion accepted, the quorum reached, a page attached.

    What was accepted and the label are written with the move, or nothing is. Raises NotAllowed or
    Overtaken, and ValidationError for what the label itself does not allow, in French.
    """
    require(user, application, Part.COORDINATION)
    check(application=application, name="grant", part=Part.COORDINATION, words=reasons)
    hold(application)
    check_quorum(application)
    page = page_to_label(application)
    label = grant_label(
        page=page,
        grid=application.grid,
        criteria=accepted,
        granted_by=user,
        reasons=reasons,
        application=application,
        renews=application.renews,
    )
    note_accepted(application, accepted)
    move(application=application, name="grant", part=Part.COORDINATION, user=user, words=reasons)
    return label


@transaction.atomic
def refuse(
    *, application: Application, user: User, reasons: str, accepted: Sequence[Criterion] = ()
) -> ApplicationStep:
    """`accepted`: the criteria that are met all the same; the applicant is told the others."""
    require(user, application, Part.COORDINATION)
    check(application=application, name="refuse", part=Part.COORDINATION, words=reasons)
    # Before its answers, as a grant does: taken in another order, each would wait for the other.
    hold(application)
    note_accepted(application, accepted)
    return move(
        application=application, name="refuse", part=Part.COORDINATION, user=user, words=reasons
    )


def check_quorum(application: Application) -> None:
    if not is_quorum_reached(application):
        quorum = rules_of(application.territory).quorum
        raise NotAllowed(
            _("Il faut %(quorum)d avis de personnes sans lien avec la demande. Il y en a "
              "%(given)d.") % {"quorum": quorum, "given": counted(application)}
        )  # fmt: skip


def page_to_label(application: Application) -> Page:
    if application.page_id is None:
        raise NotAllowed(_("Choisissez d’abord la page qui portera le label."))
    return page_of(application, application.page)


def page_of(application: Application, page: Page) -> Page:
    """The record, once it is seen that it may bear the label that an application asks for."""
    page = page.specific.record
    if page.territory_id != application.territory_id or not can_bear_the_label(page):
        raise NotAllowed(_("Cette page ne peut pas recevoir le label."))
    check_it_takes_place(page)
    return page


def note_accepted(application: Application, accepted: Iterable[Criterion]) -> None:
    """Keep in each answer whether the criterion was accepted."""
    taken = {criterion.pk for criterion in accepted}
    answers = Answer.objects.filter(application=application)
    answered = set(answers.values_list("criterion", flat=True))
    Answer.objects.bulk_create(
        Answer(application=application, criterion_id=pk) for pk in taken - answered
    )
    answers.filter(criterion__in=taken).update(is_accepted=True)
    answers.exclude(criterion__in=taken).update(is_accepted=False)


@transaction.atomic
def attach_page(*, application: Application, page: Page, user: User) -> None:
    """Say which record will bear the label. Raises NotAllowed, Overtaken or ValidationError."""
    require(user, application, Part.COORDINATION)
    hold(application)
    if application.state in OVER:
        raise Overtaken(sentence_of_last_step(application))
    page = page_of(application, page)
    others = Application.objects.claiming().filter(page=page.pk).exclude(pk=application.pk)
    if others.exists():
        raise NotAllowed(_("Une autre demande est en cours pour cette page."))
    application.page, application.subject = page, subject_of(page)
    application.save(update_fields=["page", "subject", "saved_at"])
