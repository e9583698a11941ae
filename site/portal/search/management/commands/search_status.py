import json
import sys
from collections.abc import Mapping

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.search.status import Status, look, said


class Command(BaseCommand):
    help = (
        "Says how the public search is: its engine, what waits, what is refused, and what to do. "
        "Ends with 1 when it needs somebody."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="for a monitoring tool"
        )

    def handle(self, *, as_json: bool, **options) -> None:
        status = look(timezone.now())
        if as_json:
            self.stdout.write(
                json.dumps(status.as_dict(), ensure_ascii=False, indent=2, default=str)
            )
        else:
            self.stdout.write("\n".join([*facts(status), "", *in_short(status)]))
        if status.troubles:
            sys.exit(1)


def facts(status: Status) -> list[str]:
    lines = [
        f"Moteur : {status.engine}",
        f"Fiches trouvables : {status.findable} ({counted(status.languages)})",
        f"Dans le moteur : {counted(status.held)}",
        f"À relire : {status.to_read}",
    ]
    if status.is_outside:
        oldest = f", depuis le {said(status.to_send_since)}" if status.to_send_since else ""
        lines += [
            f"À transmettre au moteur : {status.to_send}{oldest}",
            f"Refusées par le moteur : {status.refused}",
            f"Index : {status.index or 'aucun'} (empreinte {status.fingerprint or 'inconnue'})",
        ]
    lines += [
        f"Illisibles : {status.unreadable}",
        *(f"  fiche {pk} : {why}" for pk, why in status.reasons.items()),
        f"Retirées : {status.withdrawn}",
        f"Mots connus : {status.words}",
    ]
    if status.last_read_at:
        lines.append(f"Dernière fiche relue : le {said(status.last_read_at)}")
    if status.all_read_since:
        lines.append(f"Toutes relues depuis : le {said(status.all_read_since)}")
    return lines


def in_short(status: Status) -> list[str]:
    return [f"! {trouble}" for trouble in status.troubles] or ["Tout va bien."]


def counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} : {number}" for name, number in sorted(numbers.items())) or "aucune"
