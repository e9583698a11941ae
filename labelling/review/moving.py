"""The one door through which an application moves: guarded, dated, signed, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labelling.models import Application, ApplicationStep
from labelling.models.applications import OVER

from .transitions import TRANSITIONS, Part

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotAllowed(ValidationError):
    """This application does not move this way, or not by this person; says why, in a sentence."""


class Overtaken(ValidationError):
    """Somebody else was faster; says who, when and what."""


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
    who read the same state and move it, one wins, and the other is told.
    """
    transition = TRANSITIONS[name]
    if transition.part != part:
        raise NotAllowed(_("Vous ne pouvez pas faire cela sur cette demande."))
    if transition.needs_words and not words.strip():
        raise NotAllowed(_("Dites pourquoi : une phrase suffit."))
    before = application.state
    if before not in transition.before:
        raise Overtaken(sentence_of_last_step(application))
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
    return ApplicationStep.objects.create(
        application=application,
        name=name,
        state_before=before,
        state_after=transition.after,
        at=now,
        user=user,
        signed=signed or (user.get_full_name() or user.get_username() if user else ""),
        words=words,
    )


def sentence_of_last_step(application: Application) -> str:
    step = application.steps.last()
    if step is None:
        return _("Cette demande n’est pas encore envoyée.")
    return _("Cette demande a déjà avancé : %(state)s, le %(day)s, par %(who)s.") % {
        "state": step.get_state_after_display(),
        "day": date_format(timezone.localtime(step.at), "j F Y à H:i"),
        "who": step.signed or _("quelqu’un"),
    }
