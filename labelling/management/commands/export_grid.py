from django.core.management.base import BaseCommand, CommandError

from labelling.grids.files import file_of, write_grid
from labelling.models import CriteriaGrid


class Command(BaseCommand):
    help = "Writes a shared grid of criteria as a file (TOML), for import_grid."

    def add_arguments(self, parser) -> None:
        parser.add_argument("version", help="of the grid, like 2026-1")

    def handle(self, *, version, **options) -> None:
        grid = CriteriaGrid.objects.filter(version=version).first()
        if grid is None:
            known = ", ".join(CriteriaGrid.objects.values_list("version", flat=True)) or "aucune"
            raise CommandError(f"Version inconnue : {version}. Celles d’ici : {known}.")
        self.stdout.write(write_grid(file_of(grid)), ending="")
