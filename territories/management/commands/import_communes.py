from territories.importing.command import SIGNS, FileCommand
from territories.importing.reading import STANDARD_INPUT, fetch
from territories.places.locating import settle_all
from territories.places.official import CommunesPlan, plan_communes, write_communes

from ._progress import Progress


class Command(FileCommand):
    help = (
        "Reads the official list of communes (INSEE, code officiel géographique, CSV), then "
        "completes the addresses that say a commune without its code. Safe to run twice, and each "
        "year with the new list; interrupted, the same command goes on. Names written here stay."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        parser.add_argument("--dry-run", action="store_true", help="says what would be done")

    def run(self, *, file: str, dry_run: bool, **options) -> None:
        plan = plan_communes(fetch(file))
        if not dry_run:
            progress = Progress(self.stdout)
            try:
                write_communes(plan, lambda done, total: progress.show("communes", done, total))
                settle_all(lambda done, total: progress.show("adresses", done, total))
            finally:
                progress.end()
        self.say(plan)

    def say(self, plan: CommunesPlan) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for row in plan.refused:
            self.stdout.write(f"{SIGNS['refused']:<9} {row.name} : {row.reason}")
        if plan.unlisted:
            self.stdout.write(f"Communes d’ici que la liste n’a pas, laissées : {plan.unlisted}")
        self.stdout.write(
            ", ".join(f"{SIGNS[kind]} : {number}" for kind, number in plan.counts.items())
        )
