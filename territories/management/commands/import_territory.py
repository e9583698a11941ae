from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from territories.archive.applying import carry_out
from territories.archive.checking import check_archive
from territories.archive.planning import ImportPlan, plan_import
from territories.archive.reading import LARGEST, BadArchive, open_archive

from ._progress import Progress
from .export_territory import counted


class Command(BaseCommand):
    help = (
        "Makes a territory of an archive that export_territory wrote. Nothing is overwritten; "
        "interrupted, the same command goes on. The site opens once all of it is there."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="the archive, a zip")
        parser.add_argument("--slug", default="", help="another short name than the archive's")
        parser.add_argument("--hostname", default="", help="another address than the archive's")
        parser.add_argument("--port", type=int, help="443 gives https addresses")
        parser.add_argument(
            "--max-size",
            type=int,
            default=LARGEST >> 20,
            metavar="MB",
            help="refuse an archive that is larger once opened",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="checks all of it and says what would be made"
        )

    def handle(self, *, file, slug, hostname, port, max_size, dry_run, **options) -> None:
        try:
            with open_archive(Path(file), largest=max_size << 20) as archive:
                plan = plan_import(
                    archive, check_archive(archive).types, slug=slug, hostname=hostname, port=port
                )
                for line in said(plan):
                    self.stdout.write(line)
                if not dry_run:
                    self.carry_out(plan)
        except BadArchive as error:
            raise CommandError("\n".join(error.sentences)) from error

    def carry_out(self, plan: ImportPlan) -> None:
        progress = Progress(self.stdout)
        for step in carry_out(plan):
            progress.show(*step)
        progress.end()
        for name, (there, asked) in plan.left.items():
            self.stdout.write(
                f"  {name} : {there} sur {asked}. Les autres existent déjà ailleurs ici, ou ce "
                "qu’ils concernent manque."
            )
        made = plan.provisioning
        self.stdout.write(f"{made.name} : importé. Adresse : {made.hostname}")


def said(plan: ImportPlan):
    """The plan in a few lines of French."""
    made = plan.provisioning
    yield f"{made.name} ({made.slug}, {made.hostname}) : {counted(plan.source.manifest['counts'])}"
    if plan.run:
        yield "  L’import interrompu reprend là où il s’était arrêté."
    if plan.renewed:
        yield (
            f"  {len(plan.renewed)} clés de traduction servent déjà ici : elles sont "
            "remplacées par de nouvelles."
        )
    for lost in plan.source.manifest.get("lost", ()):
        yield f"  déjà laissé de côté à l’export : {lost}"
