"""The one door through which an application moves: guarded, dated, signed, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labelling.models import Application, ApplicationStep
from labelling.models.applications import OVER
from territories.audit.recording import record
from territories.people.members import name_of

from .refusing import NotAllowed, Overtaken
from .telling import tell
from .transitions import TRANSITIONS, Part

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def move(
    *,
    application: Application,
    name: str,
    part: Part,
    user: User | None = None,
    signed: str = "",
    words: str = "",
    **changes: Any,
) -> ApplicationStep:
    """Move an application on, and keep the step. Raises NotAllowed or Overtaken, in French.

    `name`: of the table; `part`: what the person is to it, which the caller has proved; `signed`:
    their name today; `words`: their reasons; `changes`: what else the move writes. Of two people
    who read the same state and move it, one wins, and the other is told. Whoever waits for the
    step is told of it by mail (`telling.py`).
    """
    check(application=application, name=name, part=part, words=words)
    transition, before = TRANSITIONS[name], application.state
    now = timezone.now()
    facts = {"state": transition.after, "saved_at": now, **changes}
    if name == "send" and application.submitted_at is None:
        facts["submitted_at"] = now
    if transition.after in OVER and part == Part.COORDINATION:
        facts |= {"decided_at": now, "decided_by": user, "reasons": words}
    # One row, one condition: the database lets one of two through.
    if not Application.objects.filter(pk=application.pk, state=before).update(**facts):
        raise Overtaken(sentence_of_last_step(application))
    for field, value in facts.items():
        setattr(application, field, value)
    step = ApplicationStep.objects.create(
        application=application,
        name=name,
        state_before=before,
        state_after=transition.after,
        at=now,
        user=user,
        signed=signed or (name_of(user) if user else ""),
        words=words,
    )
    record(
        territory=application.territory,
        action=f"labelling.application_{name}",
        user=user,
        about=application,
        subject=application.reference,
    )
    tell(step)
    return step


def check(*, application: Application, name: str, part: Part, words: str = "") -> None:
    """Whether the table has such a move. Raises NotAllowed or Overtaken."""
    transition = TRANSITIONS[name]
    if transition.part != part:
        raise NotAllowed(_("Vous ne pouvez pas faire cela sur cette demande."))
    if transition.needs_words and not words.strip():
        raise NotAllowed(_("Dites pourquoi : une phrase suffit."))
    if application.state not in transition.before:
        raise Overtaken(sentence_of_last_step(application))


def hold(application: Application) -> None:
    """Of two who decide at once, the second waits here and is told. Inside a transaction.

    Raises Overtaken when the application has moved since it was read.
    """
    held = Application.objects.select_for_update().values_list("state", flat=True)
    if held.get(pk=application.pk) != application.state:
        raise Overtaken(sentence_of_last_step(application))


def sentence_of_last_step(application: Application) -> str:
    step = application.steps.last()
    if step is None:
        return _("Cette demande n’est pas encore envoyée.")
    return _("Cette demande a déjà avancé : %(state)s, le %(day)s, par %(who)s.") % {
        "state": step.get_state_after_display(),
        "day": date_format(timezone.localtime(step.at), "j F Y à H:i"),
        "who": step.signed or _("quelqu’un"),
    }
