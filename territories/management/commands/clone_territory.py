from django.core.management.base import BaseCommand, CommandError

from territories.archive import form
from territories.archive.applying import carry_out
from territories.archive.cloning import plan_clone
from territories.archive.planning import ImportPlan
from territories.archive.reading import BadArchive

from ._asking import territory_named
from ._progress import Progress


class Command(BaseCommand):
    help = (
        "Makes a territory with the structure, the pages of text and the images of another, as "
        "drafts: never its events, actors, services, letters, labels, people or figures. "
        "Interrupted, the same command goes on."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("original", help="slug of the territory to take after")
        parser.add_argument("slug", help="short name of the new one")
        parser.add_argument("--name", required=True)
        parser.add_argument("--hostname", required=True)
        parser.add_argument(
            "--commune",
            action="append",
            default=[],
            metavar="INSEE",
            help="INSEE code, or code:name; once per commune",
        )
        parser.add_argument("--port", type=int, default=80, help="443 gives https addresses")
        parser.add_argument(
            "--dry-run", action="store_true", help="says which pages would be made, makes none"
        )

    def handle(self, *, original, slug, name, hostname, commune, port, dry_run, **options) -> None:
        try:
            plan = plan_clone(
                territory_named(original),
                slug=slug,
                name=name,
                hostname=hostname,
                communes=commune,
                port=port,
            )
        except BadArchive as error:
            raise CommandError("\n".join(error.sentences)) from error
        if dry_run:
            self.say(plan)
            return
        progress = Progress(self.stdout)
        for step in carry_out(plan):
            progress.show(*step)
        progress.end()
        self.stdout.write(f"{name} : fait d’après {original}, en brouillons. Adresse : {hostname}")

    def say(self, plan: ImportPlan) -> None:
        counts = plan.source.manifest["counts"]
        made = plan.provisioning
        self.stdout.write(
            f"{made.name} ({made.slug}, {made.hostname}) : {counts[form.PAGES]} pages et "
            f"accueils en brouillon, {counts[form.MEDIA]} images, modules {', '.join(made.plugins)}"
        )
        for row in plan.source.rows(form.PAGES):
            language = row["key"].partition(":")[0]
            self.stdout.write(f"  {language} : {row['revisions'][0]['fields']['title']}")
