"""Renewing a label: who may ask, from when, and what a new application takes over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labelling.applying.beginning import begin_application
from labelling.grids.adopting import criteria_for
from labelling.models import Answer, Application, Criterion, Label, Subject
from labelling.models.applications import OVER

from .granting import start_of
from .term import term_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# As long before the end as one may ask.
AHEAD = timedelta(days=60)


def why_not_renewed(label: Label) -> str:
    """Why nobody may ask for it now, in a sentence; "" when somebody may."""
    today = timezone.localdate()
    if label.withdrawn_on is not None:
        return _("Ce label a été retiré : demandez-en un nouveau.")
    if today < label.expires_on - AHEAD:
        return _("Ce label peut être renouvelé à partir de 60 jours avant sa fin.")
    if label.renewed_by.filter(withdrawn_on=None).exists():
        return _("Ce label est déjà renouvelé.")
    asked = label.renewals.exclude(state__in=OVER).first()
    if asked is not None:
        return _("Son renouvellement est déjà demandé : %(reference)s.") % {
            "reference": asked.reference
        }
    starts_on = start_of(label, today)
    if term_of(label.page.specific, starts_on) < starts_on:
        return _("Ce qui portait ce label est fini. Vous recommencez ? Demandez un nouveau label.")
    return ""


@transaction.atomic
def ask_for_renewal(*, label: Label, user: User | None = None) -> Application:
    """A draft that asks to renew a label, with what the former application said. Raises
    ValidationError, in French, where that cannot be asked now."""
    if refusal := why_not_renewed(label):
        raise ValidationError(refusal)
    former = label.application
    who = {}
    if former is not None:
        who = {
            name: getattr(former, name)
            for name in ("organisation", "contact_name", "email", "phone", "actor")
        }
    application = begin_application(
        territory=label.territory,
        subject=Subject(label.subject),
        title=label.page.title,
        page=label.page,
        user=user,
        language=former.language if former else get_language() or "fr",
        renews=label,
        **who,
    )
    take_over(application, former)
    return application


def take_over(application: Application, former: Application | None) -> None:
    """What was answered to the criteria that are still asked, to be read again and changed."""
    if former is None:
        return
    said = {
        name_of(answer.criterion): answer for answer in former.answers.select_related("criterion")
    }
    for criterion in criteria_for(application.territory, application.grid):
        if answer := said.get(name_of(criterion)):
            Answer.objects.update_or_create(
                application=application,
                criterion=criterion,
                defaults={name: getattr(answer, name) for name in ("is_met", "text", "facts")},
            )


def name_of(criterion: Criterion) -> object:
    """The same from one version of the grid to the next."""
    return criterion.key or criterion.pk
