from collections import Counter
from collections.abc import Iterator, Sequence

from django.core.management.base import BaseCommand, CommandError

from territories.models import Territory
from territories.tenancy.rights import Changes, plan_rights, put_right
from territories.tenancy.roles import NATIONAL

WHERE = {
    "model": "sur des modèles",
    "page": "sur des pages",
    "collection": "sur des images et documents",
    "site": "sur des réglages",
}


class Command(BaseCommand):
    help = (
        "Brings the groups of territories and of the national team in line with their roles: adds "
        "what they lack, takes back what they must not have. Safe to run twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "territories",
            nargs="*",
            metavar="slug",
            help=f"only these; {NATIONAL} for the national team; all of them without",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would change, changes nothing"
        )

    def handle(self, *, territories: Sequence[str], dry_run: bool, **options) -> None:
        for territory in chosen(territories):
            changes = (plan_rights if dry_run else put_right)(territory)
            name = territory.name if territory else "Équipe nationale"
            if not changes:
                self.stdout.write(f"{name} : rien à changer.")
                continue
            self.stdout.write(f"{name} : {'à faire' if dry_run else 'fait'}.")
            for line in said(changes):
                self.stdout.write(f"  {line}")


def chosen(slugs: Sequence[str]) -> Iterator[Territory | None]:
    """None stands for the national team, which comes first. Raises CommandError."""
    found = Territory.objects.select_related("site__root_page").prefetch_related("switches")
    if slugs:
        known = set(Territory.objects.values_list("slug", flat=True))
        if unknown := [slug for slug in slugs if slug not in known | {NATIONAL}]:
            raise CommandError(
                f"« {', '.join(unknown)} » est inconnu. "
                f"Territoires : {', '.join([NATIONAL, *sorted(known)])}."
            )
        found = found.filter(slug__in=slugs)
    if not slugs or NATIONAL in slugs:
        yield None
    yield from found


def said(changes: Changes) -> Iterator[str]:
    """One line for each group, in French."""
    if changes.lacks_collection:
        yield "dossier d’images et de documents : créé"
    added = Counter((right.group, right.kind) for right in changes.added)
    removed = Counter((right.group, right.kind) for right in changes.removed)
    for group in sorted({*changes.groups, *(group for group, _kind in added + removed)}):
        words = ["groupe créé"] if group in changes.groups else []
        for counts, singular, plural in (
            (added, "droit ajouté", "droits ajoutés"),
            (removed, "droit retiré", "droits retirés"),
        ):
            for kind, where in WHERE.items():
                if number := counts[group, kind]:
                    words.append(f"{number} {singular if number == 1 else plural} {where}")
        yield f"{group} → {', '.join(words)}"
