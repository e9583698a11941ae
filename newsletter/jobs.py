from datetime import timedelta

from territories.plugins.contributions import Job

from .sending.slices import carry_on
from .subscribing.importing.applying import forget_files, resume_files
from .subscribing.joining import forget_unconfirmed
from .subscribing.silence import ask_the_silent, erase_the_silent

JOBS = [
    Job("send_letters", timedelta(minutes=1), carry_on),
    Job("forget_unconfirmed", timedelta(days=1), forget_unconfirmed),
    Job("forget_subscriber_files", timedelta(days=1), forget_files),
    Job("resume_subscriber_files", timedelta(hours=1), resume_files),
    Job("ask_the_silent", timedelta(days=1), ask_the_silent),
    Job("erase_the_silent", timedelta(days=1), erase_the_silent),
]
