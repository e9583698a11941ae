import os

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo.loading import is_current, load


class Command(BaseCommand):
    help = (
        "Loads the demo: the portal and three territories. Safe to run twice; a second run the "
        "same day does nothing, and a new day moves the dates."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--force", action="store_true", help="load even what is current")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *, port: int, force: bool, dry_run: bool, **options) -> None:
        today = timezone.localdate()
        current = is_current(today=today, port=port) and not force
        if dry_run:
            self.stdout.write("Rien à faire." if current else "La démonstration serait chargée.")
            return
        if current:
            return
        for step in load(today=today, port=port):
            self.stdout.write(f"  {step}")
            self.stdout.flush()
