from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Page

from portal.search.engines import EngineDown, engine
from portal.search.indexing import mark_everything, read_waiting, send_waiting
from portal.search.models import SearchDocument
from portal.search.stale import missing


class Command(BaseCommand):
    help = (
        "Reads every page again for the public search, and makes the index of the engine outside "
        "anew, where there is one. The search answers meanwhile; "
        "interrupted, it goes on with --resume, or by itself where `manage.py work` runs."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument(
            "--resume", action="store_true", help="do only what an earlier run left undone"
        )

    def handle(self, *, dry_run: bool, resume: bool, **options) -> None:
        documents = SearchDocument.objects.all()
        if dry_run:
            self.stdout.write(
                f"Fiches : {documents.count()}, dont retirées : "
                f"{documents.filter(is_withdrawn=True).count()}. "
                f"En attente : {documents.waiting(timezone.now()).count()}. "
                f"Pages sans fiche : {missing(Page.objects.all()).count()}."
            )
            return
        try:
            self._read(resume)
            if engine().is_outside:
                self._tell_the_engine(resume)
        except KeyboardInterrupt as error:
            raise CommandError(
                "Interrompu. La recherche répond toujours ; reprenez avec « rebuild_search "
                "--resume ».",
                returncode=130,
            ) from error

    def _read(self, resume: bool) -> None:
        documents = SearchDocument.objects.all()
        if not resume:
            mark_everything()
        total = documents.waiting(timezone.now()).count()
        self.stdout.write(f"{total} fiches à relire.")
        read_waiting(lambda done: self.stdout.write(f"{done} / {total}"))
        failed = documents.filter(retry_at__gt=timezone.now()).count()
        self.stdout.write(f"Terminé. Fiches en erreur, à reprendre plus tard : {failed}.")

    def _tell_the_engine(self, resume: bool) -> None:
        found = engine()
        total = SearchDocument.objects.filter(is_withdrawn=False).count()
        try:
            found.rebuild(lambda done: self.stdout.write(f"Moteur : {done} / {total}"), resume)
            send_waiting()
        except EngineDown as error:
            raise CommandError(
                f"Le moteur de recherche ne répond pas ({error}). La base de données répond à sa "
                "place ; relancez la commande avec --resume quand il sera revenu."
            ) from error
        left = SearchDocument.objects.unsent(timezone.now()).count()
        self.stdout.write(f"Fiches que le moteur ne connaît pas encore : {left}.")
        if refused := SearchDocument.objects.refused().count():
            raise CommandError(
                f"Le moteur de recherche refuse des fiches ({refused}) : voyez « search_status »."
            )
        if trouble := found.trouble():
            raise CommandError(trouble)
