from datetime import timedelta

from territories.plugins.contributions import Job

from .dates.occurrences import extend_horizon

JOBS = [Job("extend_horizon", timedelta(days=1), extend_horizon)]
