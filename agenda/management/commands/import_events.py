from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from agenda.importing.plan import Kind, Plan, Row
from agenda.importing.reading import FORMATS, STANDARD_INPUT, fetch
from agenda.importing.records import BadFile
from agenda.importing.running import carry_out, plan_file
from territories.management.commands._progress import Progress
from territories.models import Territory

INTERRUPTED = 130
SIGNS = {
    Kind.NEW: "nouveau",
    Kind.CHANGED: "changé",
    Kind.UNCHANGED: "inchangé",
    Kind.GONE: "disparu",
    Kind.REFUSED: "refusé",
}


class Command(BaseCommand):
    help = (
        "Reads a calendar (.ics) or an OpenAgenda export (.json) into the agenda of a territory. "
        "Safe to run twice; interrupted, the same command goes on. What was changed in the agenda "
        "since is kept."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="whose agenda")
        parser.add_argument("--format", choices=FORMATS, help="otherwise seen in the file")
        parser.add_argument(
            "--publish", action="store_true", help="put them on line; otherwise they are drafts"
        )
        parser.add_argument(
            "--cancel-gone",
            action="store_true",
            help="mark as cancelled the upcoming events that the source has no more",
        )
        parser.add_argument(
            "--source", default="", metavar="NAME", help="instead of the name the calendar gives"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would be done, row by row"
        )

    def handle(self, **options) -> None:
        try:
            self.run(**options)
        except KeyboardInterrupt:
            raise CommandError(
                "Interrompu. La même commande reprend la suite.", returncode=INTERRUPTED
            ) from None

    def run(
        self, *, file, territory, format, publish, cancel_gone, source, dry_run, **options
    ) -> None:
        owner = Territory.objects.filter(slug=territory).first()
        if owner is None:
            known = ", ".join(Territory.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(f"Territoire inconnu : {territory}. Ceux d’ici : {known}.")
        try:
            plan = plan_file(
                territory=owner,
                content=fetch(file),
                format=format,
                publish=publish,
                cancel_gone=cancel_gone,
                source=source,
            )
            if dry_run:
                self.say(plan, with_all=True)
                return
            self.carry_out(plan)
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.say(plan, with_all=options["verbosity"] > 1)

    def carry_out(self, plan: Plan) -> None:
        progress = Progress(self.stdout)

        def show(done: int, total: int) -> None:
            progress.show("rendez-vous", done, total)

        try:
            carry_out(plan, progress=show)
        finally:
            progress.end()

    def say(self, plan: Plan, *, with_all: bool) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for row in plan.rows:
            if with_all or row.kind in {Kind.REFUSED, Kind.GONE} or row.kept or row.notes:
                self.stdout.write("\n".join(said(row)))
        counts = ", ".join(f"{SIGNS[kind]} : {plan.count(kind)}" for kind in Kind)
        self.stdout.write(f"{plan.territory.name} – {counts}")


def said(row: Row) -> Iterator[str]:
    facts = [row.reason] if row.reason else []
    if row.kind == Kind.CHANGED and row.changes:
        facts.append(", ".join(row.fields))
    if row.publishes:
        facts.append("mis en ligne")
    elif row.kind == Kind.GONE:
        facts.append("sera annulé" if row.changes else "absent du fichier, laissé tel quel")
    yield f"{SIGNS[row.kind]:<9} {row.name}" + (f" : {' ; '.join(facts)}" if facts else "")
    if row.kept:
        yield f"{'':<9} gardé comme ici : {', '.join(row.kept)}"
    for note in row.notes:
        yield f"{'':<9} {note}"
