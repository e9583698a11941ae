from agenda.importing.reading import FORMATS
from agenda.importing.running import carry_out, plan_file
from territories.importing.command import ImportCommand
from territories.importing.plan import Plan
from territories.importing.reading import STANDARD_INPUT, fetch
from territories.models import Territory


class Command(ImportCommand):
    help = (
        "Reads a calendar (.ics) or an OpenAgenda export (.json) into the agenda of a territory. "
        "Safe to run twice; interrupted, the same command goes on. What was changed in the agenda "
        "since is kept."
    )
    what = "rendez-vous"
    gone = ("sera annulé", "absent du fichier, laissé tel quel")

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, help="otherwise seen in the file")
        parser.add_argument(
            "--cancel-gone",
            action="store_true",
            help="mark as cancelled the upcoming events that the source has no more",
        )
        parser.add_argument(
            "--source", default="", metavar="NAME", help="instead of the name the calendar gives"
        )

    def plan(
        self, territory: Territory, *, file, format, publish, cancel_gone, source, **options
    ) -> Plan:
        return plan_file(
            territory=territory,
            content=fetch(file),
            format=format,
            publish=publish,
            cancel_gone=cancel_gone,
            source=source,
        )

    def carry_out(self, plan: Plan, progress) -> None:
        carry_out(plan, progress=progress)
