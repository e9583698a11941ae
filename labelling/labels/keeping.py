"""What time does to labels: nobody saves one on the day it starts or expires."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from labelling.models import Label
from territories.plugins.marks import marks_changed

# Longer than the worker is ever away.
LOOK_BACK = timedelta(days=7)


def announce_expired_labels() -> None:
    """What copies the mark of a label must be told that it ended, or began."""
    today = timezone.localdate()
    ended = Q(expires_on__lt=today, expires_on__gte=today - LOOK_BACK)
    renewed = Q(renews__isnull=False, starts_on__lte=today, starts_on__gte=today - LOOK_BACK)
    changed = Label.objects.filter(ended | renewed)
    if pages := list(changed.values_list("page", flat=True)):
        marks_changed.send(Label, pages=pages)
