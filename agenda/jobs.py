from datetime import timedelta

from territories.plugins.contributions import Job

from .dates.occurrences import extend_horizon
from .registration.registering import forget_old_registrations
from .registration.telling import announce_registrations

JOBS = [
    Job("extend_horizon", timedelta(days=1), extend_horizon),
    Job("announce_registrations", timedelta(hours=1), announce_registrations),
    Job("forget_old_registrations", timedelta(days=1), forget_old_registrations),
]
