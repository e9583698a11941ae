from django.core.management.base import BaseCommand
from django.utils.formats import date_format

from territories.archive.closing import archive_territory, bring_back
from territories.models import Territory

from ._asking import territory_named


class Command(BaseCommand):
    help = (
        "Takes a territory offline without deleting anything: its address answers 410, the portal "
        "and the search leave it out, its people may do nothing there. --back undoes it all."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("territory", help="slug of the territory")
        parser.add_argument("--back", action="store_true", help="opens it again, as it was")
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would change, changes nothing"
        )

    def handle(self, *, territory: str, back: bool, dry_run: bool, **options) -> None:
        found = territory_named(territory)
        if back == (found.archived_on is None):
            self.stdout.write(f"{found.name} : {state_of(found)} Rien à faire.")
            return
        if not dry_run:
            (bring_back if back else archive_territory)(territory=found)
            self.stdout.write(f"{found.name} : {state_of(found)}")
            return
        self.stdout.write(
            f"{found.name} : serait rouvert, tel qu’il était."
            if back
            else f"{found.name} : serait archivé. {found.root_url}/ répondrait « ce site est "
            "fermé » (410). Rien ne serait effacé."
        )


def state_of(territory: Territory) -> str:
    if territory.archived_on is None:
        return f"en ligne à l’adresse {territory.root_url}/."
    return f"archivé depuis le {date_format(territory.archived_on, 'j F Y')}."
