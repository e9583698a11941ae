from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.proofreading import check
from territories.signals import page_types


class Command(BaseCommand):
    help = "Reads every published page again and says what stands in a reader's way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", metavar="SLUG", help="only the pages of this one")

    def handle(self, *, territory: str | None, **options) -> None:
        if territory and not Territory.objects.filter(slug=territory).exists():
            raise CommandError(f"Aucun territoire ne s’appelle « {territory} ».")
        pages = mended = 0
        with override(SOURCE_LANGUAGE):
            for model in page_types():
                found = model.objects.live().order_by("path").select_related("territory")
                if territory:
                    found = found.filter(territory__slug=territory)
                for page in found.iterator(chunk_size=100):
                    pages += 1
                    mended += self.tell(page)
            self.stdout.write(f"{pages} pages lues, {mended} points à revoir.")

    def tell(self, page) -> int:
        findings = check(page)
        if findings:
            owner = page.territory.slug if page.territory else "portail"
            self.stdout.write(f"{owner} · {page.title} ({page.pk}, {page.language})")
        for finding in findings:
            quoted = f" « {finding.sentence} »" if finding.sentence else ""
            self.stdout.write(f"  {finding.label}, {finding.where} :{quoted} {finding.advice}")
        return len(findings)
