import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django_tasks.utils import get_random_id
from django_tasks_db.management.commands.db_worker import Worker

from territories.jobs.schedule import run_due_jobs

SECONDS_BETWEEN_LOOKS_AT_THE_SCHEDULE = 10


class Command(BaseCommand):
    help = "Does the background work: queued tasks, and the plugins' scheduled jobs."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--interval", type=float, default=1, help="seconds between two looks at an empty queue"
        )
        parser.add_argument(
            "--once", action="store_true", help="do what is waiting and what is due, then end"
        )

    def handle(self, *, interval: float, once: bool, **options) -> None:
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_id(),
        )
        if once:
            self.run_jobs()
            worker.run()
            return
        # The schedule must not wait behind a long task, nor a task behind a long job.
        threading.Thread(target=self.keep_schedule, args=(worker,), daemon=True).start()
        worker.configure_signals()
        worker.run()

    def keep_schedule(self, worker: Worker) -> None:
        while worker.running:
            self.run_jobs()
            close_old_connections()
            time.sleep(SECONDS_BETWEEN_LOOKS_AT_THE_SCHEDULE)

    def run_jobs(self) -> None:
        for name in run_due_jobs(timezone.now()):
            self.stdout.write(f"{name}: done")
