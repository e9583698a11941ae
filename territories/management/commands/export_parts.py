import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from territories.archive.parts import export_parts
from territories.models import Territory


class Command(BaseCommand):
    help = "Writes, as JSON on standard output, what belongs to a territory beside its pages."

    def add_arguments(self, parser) -> None:
        parser.add_argument("territory", help="slug of the territory")

    def handle(self, *, territory: str, **options) -> None:
        try:
            found = Territory.objects.get(slug=territory)
        except Territory.DoesNotExist as error:
            raise CommandError(f"« {territory} » est inconnu.") from error
        json.dump(
            export_parts(found), self.stdout, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder
        )
