from labelling.grids.importing import make_grid, plan_grid
from territories.importing.command import FileCommand
from territories.importing.reading import STANDARD_INPUT, fetch


class Command(FileCommand):
    help = (
        "Reads a shared grid of criteria (TOML, as export_grid writes it). A version that is here "
        "is never overwritten; safe to run twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        parser.add_argument("--dry-run", action="store_true", help="says what would be made")

    def run(self, *, file, dry_run, **options) -> None:
        plan = plan_grid(fetch(file))
        for line in plan.said():
            self.stdout.write(line)
        if plan.is_new and not dry_run:
            make_grid(file=plan.file)
            self.stdout.write(f"La version {plan.file.version} est là.")
