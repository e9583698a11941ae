from collections.abc import Iterator

from territories.importing.command import SIGNS, FileCommand
from territories.importing.plan import Kind
from territories.importing.reading import STANDARD_INPUT, fetch
from territories.places.locating import settle_all
from territories.places.neighbourhoods import (
    NeighbourhoodRow,
    NeighbourhoodsPlan,
    plan_neighbourhoods,
    write_neighbourhoods,
)

from ._progress import Progress


class Command(FileCommand):
    help = (
        "Reads the perimeters of priority neighbourhoods (QPV, GeoJSON in WGS84, codes of 2015 or "
        "of 2024), then looks again at where every record stands. Give whole departments: outside "
        "the perimeters of a department that was read, an address is said to be in none. Safe to "
        "run twice; interrupted, the same command goes on."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        parser.add_argument("--source", default="", help="who publishes it, and of which year")
        parser.add_argument("--licence", default="", help="what may be done with it")
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would be done, row by row"
        )

    def run(
        self, *, file: str, source: str, licence: str, dry_run: bool, verbosity: int, **options
    ) -> None:
        plan = plan_neighbourhoods(fetch(file), source=source, licence=licence)
        if not dry_run:
            self.write(plan)
        self.say(plan, with_all=dry_run or verbosity > 1)

    def write(self, plan: NeighbourhoodsPlan) -> None:
        progress = Progress(self.stdout)
        try:
            write_neighbourhoods(plan, lambda done, total: progress.show("quartiers", done, total))
            settle_all(lambda done, total: progress.show("adresses", done, total))
        finally:
            progress.end()

    def say(self, plan: NeighbourhoodsPlan, *, with_all: bool) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for row in plan.rows:
            if with_all or row.kind == Kind.REFUSED or row.notes:
                self.stdout.write("\n".join(said(row)))
        self.stdout.write(
            ", ".join(f"{SIGNS[kind]} : {number}" for kind, number in plan.counts.items())
        )


def said(row: NeighbourhoodRow) -> Iterator[str]:
    yield f"{SIGNS[row.kind]:<9} {row.name}" + (f" : {row.reason}" if row.reason else "")
    for note in row.notes:
        yield f"{'':<9} {note}"
