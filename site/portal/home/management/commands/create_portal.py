from django.core.management.base import BaseCommand

from portal.home.provisioning import provision_portal


class Command(BaseCommand):
    help = "Makes the national portal, the default site. Safe to run twice."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--hostname", required=True)
        parser.add_argument("--port", type=int, default=80, help="443 gives https addresses")

    def handle(self, *, hostname: str, port: int, **options) -> None:
        home = provision_portal(hostname=hostname.lower(), port=port)
        self.stdout.write(f"Portail national : {home.full_url}")
