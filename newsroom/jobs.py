from datetime import timedelta

from territories.plugins.contributions import Job

from .consents.rules import unpublish_what_is_over

JOBS = [Job("unpublish_what_is_over", timedelta(minutes=10), unpublish_what_is_over)]
