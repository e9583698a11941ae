from datetime import timedelta

from django.core.management import call_command

from territories.plugins.contributions import Job

JOBS = [
    # Wagtail's own: pages with a date of publication or of expiry.
    Job("publish_scheduled", timedelta(minutes=5), lambda: call_command("publish_scheduled"))
]
