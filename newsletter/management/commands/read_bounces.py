"""Letters that came back: one message on the standard input, or a folder of them.

A mail server hands each message over as it arrives, or a job reads a maildir:

    rebonds: "|/srv/cites/.venv/bin/python /srv/cites/manage.py read_bounces"
    manage.py read_bounces /var/mail/rebonds

What is read in `new/` is moved to `cur/`, as mail programs do, so that nothing counts twice.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsletter.bounces.reading import MOST
from newsletter.bounces.recording import receive

# Of the flags of a maildir: seen.
READ = ":2,S"


class Command(BaseCommand):
    help = "Stops the addresses whose letters come back, from a message or from a maildir."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", nargs="?", help="a maildir; without it, the standard input")

    def handle(self, *args, folder: str | None = None, **options) -> None:
        if folder is None:
            found = Counter([receive(sys.stdin.buffer.read(MOST))])
        else:
            found = Counter(self.in_folder(Path(folder)))
        said = ", ".join(f"{number} {kind}" for kind, number in sorted(found.items()))
        self.stdout.write(said or "nothing to read")

    def in_folder(self, folder: Path):
        arrived, read = folder / "new", folder / "cur"
        if not arrived.is_dir() or not read.is_dir():
            raise CommandError(f"{folder} is no maildir: it has no new/ and cur/.")
        for path in sorted(arrived.iterdir()):
            if path.is_file():
                with path.open("rb") as file:
                    content = file.read(MOST)
                yield receive(content)
                path.rename(read / f"{path.name}{READ}")
