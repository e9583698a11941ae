from django.core.management.base import BaseCommand, CommandError

from portal.languages import catalogues


class Command(BaseCommand):
    help = (
        "Brings the catalogues of translations in line with the code, and compiles them. "
        "Words already written are kept."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "rooms", nargs="*", help="labels of apps; none: every room of the house"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what is out of line")

    def handle(self, *, rooms: list[str], dry_run: bool, **options) -> None:
        for room in rooms or catalogues.rooms():
            for language in catalogues.languages():
                try:
                    path = catalogues.po_file(room, language)
                except LookupError as error:
                    raise CommandError(
                        f"« {room} » n’est pas une application installée."
                    ) from error
                catalogue = catalogues.in_line(room, language)
                po, mo = catalogues.written(catalogue)
                is_current = path.exists() and path.read_bytes() == po
                if not dry_run:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(po)
                    path.with_suffix(".mo").write_bytes(mo)
                lacking = len(catalogues.lacking(catalogue))
                self.stdout.write(
                    f"{room} ({language}) : {len(catalogue)} messages, {lacking} à traduire"
                    + (", à jour." if is_current else ".")
                )
