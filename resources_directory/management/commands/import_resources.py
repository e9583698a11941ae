from pathlib import PurePath

from resources_directory.importing.records import File
from resources_directory.importing.running import carry_out, plan_files
from territories.importing.command import ImportCommand
from territories.importing.plan import Plan
from territories.importing.reading import STANDARD_INPUT, fetch
from territories.models import Territory


class Command(ImportCommand):
    help = (
        "Reads structures and services of data·inclusion (JSON, CSV, XLSX) into the guide of a "
        "territory. Safe to run twice; interrupted, the same command goes on. What was changed in "
        "the guide since is kept; what the files have no more is proposed for closing."
    )
    what = "fiches"
    gone = ("proposée à la fermeture", "déjà proposée à la fermeture")

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        for name in ("structures", "services"):
            parser.add_argument(
                f"--{name}",
                metavar="FILE",
                help=f"the {name}, or {STANDARD_INPUT} for the standard input; "
                "one workbook may be given for both",
            )
        parser.add_argument(
            "--source", default="", metavar="NAME", help="of the records that name none"
        )

    def plan(
        self, territory: Territory, *, structures, services, source, publish, **options
    ) -> Plan:
        return plan_files(
            territory=territory,
            structures=opened(structures),
            services=opened(services),
            source=source,
            publish=publish,
        )

    def carry_out(self, plan: Plan, progress) -> None:
        carry_out(plan, progress=progress)


def opened(name: str | None) -> File | None:
    return File(PurePath(name).name, fetch(name)) if name else None
