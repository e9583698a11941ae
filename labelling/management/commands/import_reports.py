from labelling.reports.importing.running import carry_out, plan_file
from territories.importing.command import ImportCommand
from territories.importing.plan import Plan
from territories.importing.reading import STANDARD_INPUT, fetch
from territories.models import Territory


class Command(ImportCommand):
    help = (
        "Reads outcome reports from a CSV or XLSX file into a territory: one line for each label "
        "and date, or for each session. Safe to run twice; interrupted, the same command goes on."
    )
    what = "bilans"
    # A report that the file has no more stays.
    gone = ("", "")

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for the standard input")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="whose they are")
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would be done, line by line"
        )

    def plan(self, territory: Territory, *, file, **options) -> Plan:
        return plan_file(territory=territory, content=fetch(file), name=file)

    def carry_out(self, plan: Plan, progress) -> None:
        carry_out(plan, progress=progress)
