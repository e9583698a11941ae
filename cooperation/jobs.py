from datetime import timedelta

from territories.plugins.contributions import Job

from .responses.receiving import forget_old_responses

JOBS = [Job("forget_old_responses", timedelta(days=1), forget_old_responses)]
