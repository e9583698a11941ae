"""Run in the demo's settings: the jobs of a day to come, as the worker will do them.

    later.py 2027-01-15

Nothing else of the demo sees that day: what the jobs write and mail is what they would leave.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")

import django  # noqa: E402
import time_machine  # noqa: E402

django.setup()

from territories.plugins.registry import contributions  # noqa: E402


def main(day: date, names: list[str]) -> None:
    with time_machine.travel(datetime.combine(day, time(12), tzinfo=UTC), tick=True):
        jobs = {f"{plugin}.{job.name}": job for plugin, job in contributions("JOBS")}
        for name in names:
            jobs[name].run()


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]), sys.argv[2:])
