from django.core.management.base import BaseCommand, CommandError

from territories.plugins.registry import plugins
from territories.provisioning.create import InvalidPlan, Plan, create_territory


class Command(BaseCommand):
    help = (
        "Makes a territory, or completes it: site, homes, index pages, groups. Safe to run twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="short name, as in addresses: grand-mirail")
        parser.add_argument("--name", required=True)
        parser.add_argument("--hostname", required=True, help="grand-mirail.example.org")
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
        parser.add_argument("--port", type=int, default=80, help="443 gives https addresses")

    def handle(self, *, slug, name, hostname, commune, town, port, **options) -> None:
        plan = Plan(
            slug=slug,
            name=name,
            hostname=hostname.lower(),
            communes=commune,
            plugins=[label.strip() for label in options["plugins"].split(",") if label.strip()],
            town=town,
            port=port,
        )
        try:
            territory, created = create_territory(plan)
        except InvalidPlan as error:
            raise CommandError("\n".join(error.sentences)) from error
        self.stdout.write(
            f"{territory.name} : {'créé' if created else 'déjà là, complété'}. "
            f"Adresse : {territory.root_url}/"
        )
