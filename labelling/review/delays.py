"""How long an answer takes here: said to whoever asks, and to whoever answers."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Avg, DurationField, ExpressionWrapper, F
from django.utils import timezone

from labelling.models import Application, State

if TYPE_CHECKING:
    from datetime import datetime

    from territories.models import Territory

LOOKED_AT = timedelta(days=365)


def average_delay(territory: Territory, *, now: datetime | None = None) -> int | None:
    """Days from the first sending to the decision, on average over the last twelve months.

    Rounded up, one at least; None where nothing was decided. One query.
    """
    decided = Application.objects.filter(
        territory=territory,
        state__in=(State.GRANTED, State.REFUSED),
        submitted_at__isnull=False,
        decided_at__gte=(now or timezone.now()) - LOOKED_AT,
    )
    took = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    average = decided.order_by().aggregate(average=Avg(took))["average"]
    return None if average is None else max(1, math.ceil(average / timedelta(days=1)))
