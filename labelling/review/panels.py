"""On the admin's home page: what waits for a person who judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest

from labelling.models import Application, ApplicationStep, Opinion, State
from labelling.models.applications import DECIDE
from labelling.models.reviews import GIVE_OPINION

SHOWN = 5


def waiting_applications(request: HttpRequest) -> Mapping[str, Any] | None:
    """Applications to study, the longest waiting first; opinions that this person is asked for."""
    user = request.user
    to_study = Application.objects.of_user(user, DECIDE).filter(
        state__in=(State.SUBMITTED, State.IN_COMMITTEE)
    )
    to_study = list(to_study.select_related("territory").order_by("submitted_at")[: SHOWN + 1])
    asked = Application.objects.of_user(user, GIVE_OPINION).filter(state=State.IN_COMMITTEE)
    # As `opinions_of_this_round`, for a whole list in one query.
    sends = ApplicationStep.objects.filter(application=OuterRef("pk"), name="send")
    asked = asked.annotate(last_sent=Subquery(sends.order_by("-at").values("at")[:1]))
    given = Opinion.objects.filter(
        application=OuterRef("pk"), member=user, given_at__gte=OuterRef("last_sent")
    )
    asked = asked.filter(~Exists(given)).exclude(user=user).select_related("territory")
    awaited = list(asked.order_by("submitted_at")[: SHOWN + 1])
    if not to_study and not awaited:
        return None
    return {
        "to_study": to_study[:SHOWN],
        "awaited": awaited[:SHOWN],
        "has_more": len(to_study) > SHOWN or len(awaited) > SHOWN,
    }
