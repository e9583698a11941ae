from django.core.management.base import BaseCommand, CommandError

from territories.models import Provisioning, Territory
from territories.plugins.registry import plugins
from territories.provisioning.create import (
    InvalidPlan,
    Plan,
    carry_out,
    create_territory,
    resume,
)
from territories.provisioning.plan import check_plan, portal_site
from territories.provisioning.steps import steps_of

BAR = 24


class Command(BaseCommand):
    help = (
        "Makes a territory, or completes it: site, homes, index pages, groups. Safe to run twice; "
        "interrupted, the same command goes on where it stopped."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="short name, as in addresses: grand-mirail")
        parser.add_argument("--name", default="")
        parser.add_argument("--hostname", default="", help="grand-mirail.example.org")
        parser.add_argument(
            "--commune",
            action="append",
            default=[],
            metavar="INSEE",
            help="INSEE code, or code:name; once per commune",
        )
        parser.add_argument(
            "--plugins", default="", help=f"labels with commas between: {','.join(plugins())}"
        )
        parser.add_argument("--town", default="")
        parser.add_argument("--tagline", default="", help="what residents read first")
        parser.add_argument(
            "--port", type=int, help="443 gives https addresses; the portal's without"
        )
        parser.add_argument(
            "--resume",
            action="store_true",
            help="goes on with what was asked before, here or in the admin",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would be done, writes nothing"
        )

    def handle(self, *, slug: str, dry_run: bool, verbosity: int, **options) -> None:
        self.is_quiet = verbosity == 0
        run = find_run(slug) if options["resume"] else None
        plan = run.read_plan() if run else read_plan(slug, **options)
        try:
            if dry_run:
                check_plan(plan)
                self.print_plan(plan, done=run.steps_done if run else [])
                return
            if run:
                resume(run)
                territory, is_new = carry_out(run, tell=self.tell), False
            else:
                territory, is_new = create_territory(plan, tell=self.tell)
        except InvalidPlan as error:
            raise CommandError("\n".join(error.sentences)) from error
        self.stdout.write(
            f"{territory.name} : {'créé' if is_new else 'déjà là, complété'}. "
            f"Adresse : {territory.root_url}/"
        )

    def print_plan(self, plan: Plan, done: list[str]) -> None:
        is_there = Territory.objects.filter(slug=plan.slug).exists()
        self.stdout.write(f"{plan.name} : {'déjà là, serait complété' if is_there else 'à créer'}.")
        for name, value in plan.described():
            self.stdout.write(f"  {name} : {value}")
        for number, step in enumerate(steps_of(plan), 1):
            state = " (déjà fait)" if step.code in done else ""
            self.stdout.write(f"  {number}. {step.label}{state}")

    def tell(self, run: Provisioning) -> None:
        if self.is_quiet:
            return
        total, step = len(run.steps()), run.next_step()
        filled = BAR * len(run.steps_done) // total
        line = f"[{'#' * filled}{'.' * (BAR - filled)}] {len(run.steps_done)}/{total}"
        line = f"{line} {step.label if step else 'Fini'}"
        if self.stdout.isatty():
            # One line, written over.
            self.stdout.write(f"\r\033[K{line}", ending="\n" if step is None else "")
            self.stdout.flush()
        else:
            self.stdout.write(line)


def find_run(slug: str) -> Provisioning:
    run = Provisioning.objects.filter(slug=slug).first()
    if run is None:
        raise CommandError(f"Rien n’a été demandé pour « {slug} » : il n’y a rien à reprendre.")
    return run


def read_plan(slug: str, *, name, hostname, commune, town, tagline, port, **options) -> Plan:
    lacking = [f"--{word}" for word, value in (("name", name), ("hostname", hostname)) if not value]
    if lacking:
        raise CommandError(f"Il manque {' et '.join(lacking)}.")
    if port is None:
        portal = portal_site()
        port = portal.port if portal else 80
    return Plan(
        slug=slug,
        name=name,
        hostname=hostname.lower(),
        communes=commune,
        plugins=[label.strip() for label in options["plugins"].split(",") if label.strip()],
        town=town,
        tagline=tagline,
        port=port,
    )
