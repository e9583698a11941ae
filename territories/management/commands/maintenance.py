from __future__ import annotations

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime, parse_time

from territories import maintenance


class Command(BaseCommand):
    help = "Closes the whole service behind a page that says when it comes back, or opens it again."
    # It must work while the database does not.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument(
            "--until", help="When it comes back: 18:30 (today) or 2026-12-24T06:00, Paris time."
        )

    def handle(self, *, state: str, until: str | None, **options) -> None:
        if state == "off":
            was_closed = maintenance.reopen()
            self.stdout.write(
                "Le service est rouvert." if was_closed else "Le service était déjà ouvert."
            )
            return
        moment = read_moment(until) if until else None
        maintenance.close(moment)
        self.stdout.write(
            f"Le service est fermé, jusqu’à {timezone.localtime(moment):%d/%m/%Y %H:%M} environ."
            if moment
            else "Le service est fermé, jusqu’à « maintenance off »."
        )


def read_moment(text: str) -> datetime:
    """Raises CommandError for nonsense and for what is past."""
    try:
        if hour := parse_time(text) if "T" not in text and " " not in text else None:
            moment = datetime.combine(timezone.localdate(), hour)
        else:
            moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"« {text} » n’est pas une date : écrivez 18:30 ou 2026-12-24T06:00.")
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment <= timezone.now():
        raise CommandError(f"« {text} » est passé : donnez un moment à venir.")
    return moment
