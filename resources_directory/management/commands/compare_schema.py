import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resources_directory.data_inclusion.schema import (
    FACTS_FILE,
    Change,
    Difference,
    differences,
    facts,
    read_folder,
    uses,
)

# A code that goes takes its records along.
LOST = {Change.DROPPED, Change.RENAMED}


class Command(BaseCommand):
    help = (
        "Compares the facts of the data·inclusion schema that this site keeps with a newer schema: "
        "a folder with structure.json, service.json and the lists of codes. Exits with 1 when "
        "something differs, with 2 when the folder cannot be read. Writes nothing but with --keep."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--keep",
            metavar="VERSION",
            help=f"keep the facts of the folder as those of this version, in {FACTS_FILE.name}",
        )

    def handle(self, *, folder: Path, keep: str | None, **options) -> None:
        try:
            newer = read_folder(folder)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(
                f"{folder} : ce dossier ne se lit pas comme un schéma ({error}).", returncode=2
            ) from error
        found = differences(facts(), newer)
        lost = {(one.where, one.name) for one in found if one.change in LOST}
        counts = uses(lost)
        for one in found:
            self.stdout.write(self.said(one, counts[one.where, one.name]))
        version = facts()["version"]
        if keep:
            self.keep(newer, keep)
        elif found:
            self.stdout.write(f"{len(found)} différences avec la version {version}.")
            raise SystemExit(1)
        else:
            self.stdout.write(f"Aucune différence avec la version {version}.")

    def said(self, one: Difference, count: int) -> str:
        words = f"{one.where} : {one.name}, {one.change.value}"
        if one.to:
            words += f" → {one.to}" if one.change is Change.RENAMED else f" : {one.to}"
        if one.change not in LOST or not count:
            return words
        return f"{words} ({count} {'fiche' if count == 1 else 'fiches'} ici)"

    def keep(self, newer: dict, version: str) -> None:
        kept = {**facts(), **newer, "version": version}
        FACTS_FILE.write_text(
            json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        facts.cache_clear()
        self.stdout.write(f"{FACTS_FILE.name} dit maintenant la version {version}.")
