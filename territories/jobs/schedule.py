"""The plugins' scheduled jobs: `take_turn` says whether a job is due, and claims it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from territories.plugins.contributions import Job
from territories.plugins.registry import contributions

from .models import JobRun

logger = logging.getLogger(__name__)


def take_turn(job: Job, name: str, now: datetime) -> bool:
    """True for exactly one caller each time the job is due."""
    due = JobRun.objects.filter(name=name, started_at__lte=now - job.every)
    if due.update(started_at=now):
        return True
    if JobRun.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            JobRun.objects.create(name=name, started_at=now)
    except IntegrityError:
        return False
    return True


def run_due_jobs(now: datetime) -> Iterator[str]:
    """Run what is due and yield its name. A job that fails is logged and does not stop the rest."""
    for plugin, job in contributions("JOBS"):
        name = f"{plugin}.{job.name}"
        if not take_turn(job, name, now):
            continue
        try:
            job.run()
        except Exception:
            logger.exception("Job %s failed", name)
        yield name
