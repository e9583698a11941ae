from django.core.management.base import BaseCommand

from territories.pictures.making import lacking, make_renditions

from ._progress import Progress


class Command(BaseCommand):
    help = (
        "Makes the sizes and formats that images lack, before a visitor asks. The worker does so "
        "for each image that is saved; this is for those of before, after an import or a restore. "
        "Interrupted, the next run goes on."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be made")

    def handle(self, *, dry_run: bool, **options) -> None:
        images = lacking()
        total = images.count()
        if dry_run or not total:
            self.stdout.write(f"Images à préparer : {total}.")
            return
        progress = Progress(self.stdout)
        unread = []
        for done, image in enumerate(images.iterator(), start=1):
            if not make_renditions(image):
                unread.append(f"{image.title} ({image.file.name})")
            progress.show("Images préparées", done, total)
        progress.end()
        for name in unread:
            self.stderr.write(f"Fichier absent ou illisible : {name}")
