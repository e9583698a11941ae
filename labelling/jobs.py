from datetime import timedelta

from django.utils import timezone

from territories.plugins.contributions import Job
from territories.plugins.marks import marks_changed

from .models import Label
from .reports.expecting import expect_missing_reports
from .reports.forgetting import forget_who_reported
from .reports.reminding import ask_for_reports, tell_of_late_reports
from .review.forgetting import forget_old_applications
from .review.reminders import remind

# Longer than the worker is ever away.
LOOK_BACK = timedelta(days=7)


def announce_expired_labels() -> None:
    """Nobody saves a label on the day it expires: what copies its mark must be told."""
    today = timezone.localdate()
    expired = Label.objects.filter(expires_on__lt=today, expires_on__gte=today - LOOK_BACK)
    if pages := list(expired.values_list("page", flat=True)):
        marks_changed.send(Label, pages=pages)


JOBS = [
    Job("announce_expired_labels", timedelta(hours=6), announce_expired_labels),
    Job("remind_of_applications", timedelta(days=1), remind),
    Job("forget_old_applications", timedelta(days=1), forget_old_applications),
    Job("expect_missing_reports", timedelta(days=1), expect_missing_reports),
    Job("ask_for_reports", timedelta(hours=6), ask_for_reports),
    Job("tell_of_late_reports", timedelta(days=1), tell_of_late_reports),
    Job("forget_who_reported", timedelta(days=1), forget_who_reported),
]
