"""What the import commands have in common: whose it is, how it goes on, how a plan is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from territories.management.commands._progress import Progress
from territories.models import Territory

from .plan import Kind, Plan, Row
from .records import BadFile

INTERRUPTED = 130
SIGNS = {
    Kind.NEW: "nouveau",
    Kind.CHANGED: "changé",
    Kind.UNCHANGED: "inchangé",
    Kind.GONE: "disparu",
    Kind.REFUSED: "refusé",
}


class FileCommand(BaseCommand):
    """A command that reads a file, says in French why it cannot, and goes on where it was
    interrupted."""

    def run(self, **options: Any) -> None:
        raise NotImplementedError

    def handle(self, **options) -> None:
        try:
            self.run(**options)
        except BadFile as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Interrompu. La même commande reprend la suite.", returncode=INTERRUPTED
            ) from None


class ImportCommand(FileCommand):
    """A command that reads files into a territory. One says `what` it reads, makes the `plan`, and
    carries it out."""

    # As the bar of progress says it, in French.
    what: ClassVar[str]
    # What becomes of a row that is gone, when it is written, and when it is not.
    gone: ClassVar[tuple[str, str]]

    def add_arguments(self, parser) -> None:
        parser.add_argument("--territory", required=True, metavar="SLUG", help="whose they become")
        parser.add_argument(
            "--publish", action="store_true", help="put them on line; otherwise they are drafts"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would be done, row by row"
        )

    def plan(self, territory: Territory, **options: Any) -> Plan:
        raise NotImplementedError

    def carry_out(self, plan: Plan, progress: Callable[[int, int], None]) -> None:
        raise NotImplementedError

    def run(self, *, territory: str, dry_run: bool, verbosity: int, **options) -> None:
        owner = Territory.objects.filter(slug=territory).first()
        if owner is None:
            known = ", ".join(Territory.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(f"Territoire inconnu : {territory}. Ceux d’ici : {known}.")
        plan = self.plan(owner, **options)
        if not dry_run:
            self.write(plan)
        self.say(plan, with_all=dry_run or verbosity > 1)

    def write(self, plan: Plan) -> None:
        progress = Progress(self.stdout)
        try:
            self.carry_out(plan, lambda done, total: progress.show(self.what, done, total))
        finally:
            progress.end()

    def say(self, plan: Plan, *, with_all: bool) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for row in plan.rows:
            if with_all or row.kind in {Kind.REFUSED, Kind.GONE} or row.kept or row.notes:
                self.stdout.write("\n".join(self.said(row)))
        counts = ", ".join(f"{SIGNS[kind]} : {plan.count(kind)}" for kind in Kind)
        self.stdout.write(f"{plan.territory.name} – {counts}")

    def said(self, row: Row) -> Iterator[str]:
        facts = [row.reason] if row.reason else []
        if row.kind == Kind.CHANGED and row.changes:
            facts.append(", ".join(row.fields))
        if row.publishes:
            facts.append("mis en ligne")
        elif row.kind == Kind.GONE:
            done, left = self.gone
            facts.append(done if row.changes or row.marks else left)
        yield f"{SIGNS[row.kind]:<9} {row.name}" + (f" : {' ; '.join(facts)}" if facts else "")
        if row.kept:
            yield f"{'':<9} gardé comme ici : {', '.join(row.kept)}"
        for note in row.notes:
            yield f"{'':<9} {note}"
