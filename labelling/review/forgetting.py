"""What says who somebody is goes; what was decided, and why, stays."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from labelling.models import (
    Answer,
    Application,
    ApplicationStep,
    Evidence,
    Label,
    Opinion,
    State,
)
from territories.plugins.contributions import Retention

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

MONTHS_KEPT = 24
# Of the small answers of the form, the name of who takes care of the report.
WHO = "who"
DRAFTS_KEPT = timedelta(days=60)


@transaction.atomic
def forget_old_applications(now: datetime | None = None) -> int:
    """The scheduled job: who asked for what is long decided, and drafts that nobody finished.

    Returns how many applications it forgot or deleted.
    """
    now = now or timezone.now()
    forgotten = old(now)
    pks = list(forgotten.values_list("pk", flat=True))
    delete_evidence(Evidence.objects.filter(answer__application__in=pks))
    Application.objects.filter(pk__in=pks).update(
        user=None, contact_name="", email="", phone="", support_words=""
    )
    for answer in Answer.objects.filter(application__in=pks, facts__has_key=WHO):
        answer.facts.pop(WHO)
        answer.save(update_fields=["facts"])
    # Who signs for the territory signed for good; who asked is no longer named.
    asked = ApplicationStep.objects.filter(application__in=pks, name__in=("send", "abandon"))
    asked.update(user=None, signed="")
    Opinion.objects.filter(application__in=pks).update(conflict_words="")
    unfinished = Application.objects.filter(
        state=State.DRAFT, submitted_at=None, saved_at__lte=now - DRAFTS_KEPT
    ).exclude(answers__saved_at__gt=now - DRAFTS_KEPT)
    return len(pks) + delete_applications(unfinished)


def old(now: datetime) -> QuerySet[Application]:
    """Those that were over 24 months ago, their label too, and that still say who asked."""
    since = now - relativedelta(months=MONTHS_KEPT)
    day = timezone.localdate(since)
    decided = Q(decided_at__lte=since) | Q(state=State.ABANDONED, saved_at__lte=since)
    standing = Label.objects.filter(application__isnull=False).exclude(
        Q(expires_on__lte=day) | Q(withdrawn_on__lte=day)
    )
    names = Q(user=None, contact_name="", email="", phone="", support_words="")
    has_files = Q(pk__in=Evidence.objects.values("answer__application"))
    has_names = Q(pk__in=Answer.objects.filter(facts__has_key=WHO).values("application"))
    return (
        Application.objects.filter(decided)
        .exclude(pk__in=standing.values("application"))
        .filter(~names | has_files | has_names)
        .order_by("pk")
    )


@transaction.atomic
def delete_applications(applications: QuerySet[Application]) -> int:
    """For good, and their files once that is committed. Returns how many."""
    pks = list(applications.order_by().values_list("pk", flat=True).distinct())
    delete_evidence(Evidence.objects.filter(answer__application__in=pks))
    Application.objects.filter(pk__in=pks).delete()
    return len(pks)


def delete_evidence(evidence: QuerySet[Evidence]) -> None:
    for kept in evidence.exclude(file=""):
        transaction.on_commit(partial(kept.file.storage.delete, kept.file.name))
    evidence.delete()


RETENTIONS = [
    Retention(
        _("Les demandes de label : qui demande, de quoi le joindre, les fichiers envoyés"),
        _("Pour étudier la demande et vous répondre"),
        format_lazy(
            _("{months} mois après la décision, ou après la fin du label ; 60 jours pour une "
              "demande jamais envoyée"), months=MONTHS_KEPT,
        ),
        order=42,
    )
]  # fmt: skip
