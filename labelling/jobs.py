from datetime import timedelta

from territories.plugins.contributions import Job

from .labels.keeping import announce_expired_labels
from .labels.reminding import tell_of_labels_that_end
from .reports.expecting import expect_missing_reports
from .reports.forgetting import forget_who_reported
from .reports.reminding import ask_for_reports, tell_of_late_reports
from .review.forgetting import forget_old_applications
from .review.reminders import remind

JOBS = [
    Job("announce_expired_labels", timedelta(hours=6), announce_expired_labels),
    Job("remind_of_applications", timedelta(days=1), remind),
    Job("forget_old_applications", timedelta(days=1), forget_old_applications),
    Job("tell_of_labels_that_end", timedelta(hours=12), tell_of_labels_that_end),
    Job("expect_missing_reports", timedelta(days=1), expect_missing_reports),
    Job("ask_for_reports", timedelta(hours=6), ask_for_reports),
    Job("tell_of_late_reports", timedelta(days=1), tell_of_late_reports),
    Job("forget_who_reported", timedelta(days=1), forget_who_reported),
]
