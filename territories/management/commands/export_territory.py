from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from territories.archive import form
from territories.archive.naming import NamelessModel
from territories.archive.writing import Summary, UnreadableFile, export_territory
from territories.audit.recording import record

from ._asking import territory_named


class Command(BaseCommand):
    help = (
        "Writes all that a territory has into one zip: pages of every language, images, documents, "
        "settings, translations, what its plugins keep. No account and no password."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("territory", help="slug of the territory")
        parser.add_argument("file", nargs="?", help="the archive; without, <slug>.zip here")

    def handle(self, *, territory: str, file: str | None, **options) -> None:
        found = territory_named(territory)
        path = Path(file or f"{found.slug}.zip")
        summary = Summary()
        try:
            for summary in export_territory(found, path):
                if self.stdout.isatty():
                    self.stdout.write(f"\r  {sum(summary.counts.values())} lignes", ending="")
        except UnreadableFile as error:
            raise CommandError(f"Fichier introuvable. {error}") from error
        except NamelessModel as error:
            raise CommandError(f"Un module pointe vers ce qui n’a pas de nom : {error}") from error
        except OSError as error:
            raise CommandError(f"« {path} » ne peut pas être écrit : {error}") from error
        # It holds what people wrote, and leaves the house.
        record(territory=found, action="territories.export", user=None)
        self.stdout.write(f"\r{found.name} → {path} ({summary.size / 1e6:.1f} Mo)")
        self.stdout.write(f"  {counted(summary.counts)}")
        for lost in summary.lost:
            self.stdout.write(f"  laissé de côté, car ailleurs : {lost}")


def counted(counts: dict[str, int]) -> str:
    """« 12 pages, 3 images et documents… », whatever an archive holds."""
    words = {
        form.PAGES: "pages",
        form.MEDIA: "images et documents",
        form.TRANSLATIONS: "textes traduits",
    }
    return ", ".join(
        f"{number} {words.get(name, name.rpartition('/')[2].removesuffix('.jsonl'))}"
        for name, number in counts.items()
    )
