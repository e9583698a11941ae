import errno
import http.client
import os
import socket
import sys
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demo import preparation
from portal.demo.accounts import ACCOUNTS
from portal.demo.server import Server
from portal.demo.supervisor import ChildEnded, Supervisor, stop_on_signals

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Prepares and runs the demo: database, content, static files, worker and server. "
        "Ctrl-C ends everything it started."
    )
    # The database is not there yet when this command starts.
    requires_migrations_checks = False
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))

    def handle(self, *, port: int, **options) -> None:
        # Settings read these when they are imported: start again once they are right.
        wanted = {"CITES_DEBUG": "0", "PORT": str(port)}
        if any(os.environ.get(name) != value for name, value in wanted.items()):
            os.environ.update(wanted)
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606

        stop_on_signals()
        self.refuse_taken_port(port)
        supervisor = Supervisor()
        try:
            self.prepare(supervisor, port)
            self.serve(supervisor, port)
        except KeyboardInterrupt:
            self.say("\nArrêt de la démonstration…")
        except ChildEnded as ended:
            raise CommandError(
                f"« {ended.name} » s’est arrêté (code {ended.code}) : la démonstration s’arrête.",
                returncode=ended.code or 1,
            ) from None
        finally:
            supervisor.end()

    def refuse_taken_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError) as error:
                if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                    sentence = (
                        f"Le port {port} est déjà pris. Fermez le programme qui l’occupe, "
                        f"ou choisissez-en un autre : make demo PORT={port + 1}"
                    )
                else:
                    sentence = f"Le port {port} ne peut pas être ouvert ({error})."
                raise CommandError(sentence) from None

    def prepare(self, supervisor: Supervisor, port: int) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        fingerprint = preparation.static_fingerprint()
        collects = not preparation.static_is_current(fingerprint)
        if collects:
            self.say("Préparation des fichiers statiques…")
            # Beside the migrations: a first start has two cores to use.
            collect = partial(call_command, "collectstatic", interactive=False, verbosity=0)
            supervisor.start("collectstatic", collect)
        if preparation.pending_migrations():
            self.say("Préparation de la base de données…")
            call_command("migrate", interactive=False, verbosity=0)
        if collects:
            supervisor.finish("collectstatic")
            preparation.remember_static(fingerprint)
        call_command("load_demo", port=port, stdout=self.stdout, stderr=self.stderr)

    def serve(self, supervisor: Supervisor, port: int) -> None:
        sites = self.site_addresses(port)
        supervisor.start("serveur", Server(HOST, port).run)
        supervisor.start("tâches de fond", partial(call_command, "work"))
        supervisor.wait(until=lambda: answers(port))
        self.announce(sites)
        supervisor.wait()

    def site_addresses(self, port: int) -> list[tuple[str, str]]:
        from wagtail.models import Site

        sites = Site.objects.order_by("-is_default_site", "hostname")
        return [
            (site.site_name or site.hostname, f"http://{site.hostname}:{port}/") for site in sites
        ]

    def announce(self, sites: list[tuple[str, str]]) -> None:
        self.say("\nLa démonstration est prête :\n")
        width = max((len(address) for _, address in sites), default=0)
        for name, address in sites:
            self.say(f"  {address:<{width}}  {name}")
        if sites:
            self.say(f"  {sites[0][1] + 'admin/':<{width}}  édition et administration")
        self.say("\nComptes de démonstration, à ne jamais reprendre ailleurs :\n")
        width = max(len(account.username) for account in ACCOUNTS)
        for username, password, role, _group in ACCOUNTS:
            self.say(f"  {username:<{width}}  {password:<6}  {role}")
        self.say("\nCtrl-C arrête tout.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
