"""What an import is going to do, decided and checked before it does anything."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail_localize.models import TranslatableObject

from territories.models import Territory, TerritoryHomePage, TerritoryImport
from territories.pages.base import TerritoryPage
from territories.provisioning.create import InvalidPlan, Plan, check_plan, create_territory

from . import form
from .closing import set_archived
from .naming import pages_of
from .reading import BadArchive
from .renaming import field_of
from .settings import make_places

KEYS_AT_ONCE = 500


class Source(Protocol):
    """Where rows and files come from: an archive, or a territory to be cloned."""

    manifest: Mapping[str, Any]
    fingerprint: str
    parts: Mapping[str, str]

    def rows(self, name: str) -> Iterator[dict[str, Any]]: ...
    def json(self, name: str) -> Any: ...
    def open(self, name: str) -> Any: ...


@dataclass(frozen=True)
class ImportPlan:
    """`order`: keys of pages, each after all it cannot be made without. `run`: one to go on with.
    `renewed`: translation keys that somebody has here already, and those that replace them.
    `stand_ins`: types and slugs of pages that provisioning makes, by the keys under which the rows
    lead to them.
    `is_whole`: what provisioning has made and no row names goes away. `action`, `original`: what
    the journal says, and of which territory this one is a copy. `left`: once carried out, parts of
    which fewer rows are there than the archive has."""

    source: Source
    types: Mapping[str, type[Page]]
    provisioning: Plan
    order: Sequence[str]
    renewed: Mapping[str, str] = field(default_factory=dict)
    run: TerritoryImport | None = None
    stand_ins: Mapping[str, tuple[type[TerritoryPage], str]] = field(default_factory=dict)
    is_whole: bool = True
    action: str = "territories.import"
    original: str = ""
    left: dict[str, tuple[int, int]] = field(default_factory=dict)


def plan_import(
    source: Source,
    types: Mapping[str, type[Page]],
    *,
    slug: str = "",
    hostname: str = "",
    port: int | None = None,
    name: str = "",
    communes: Sequence[str] = (),
) -> ImportPlan:
    """Raises BadArchive when the territory cannot be made here."""
    row = source.json(form.TERRITORY)
    provisioning = Plan(
        slug=slug or source.manifest["territory"]["slug"],
        name=name or row["fields"]["name"],
        hostname=(hostname or row["site"]["hostname"]).lower(),
        port=port or row["site"]["port"],
        town=row["fields"].get("town", ""),
        communes=communes or [f"{place['code']}:{place['name']}" for place in row["communes"]],
    )
    run = find_run(source, provisioning.slug)
    if run is None:
        check(provisioning)
    return ImportPlan(
        source=source,
        types=types,
        provisioning=provisioning,
        order=creation_order(source, types),
        renewed=run.renewed if run else renewed_keys(keys_of(types)),
        run=run,
    )


def check(provisioning: Plan) -> None:
    try:
        check_plan(provisioning)
    except InvalidPlan as error:
        raise BadArchive(*error.sentences) from error


def find_run(source: Source, slug: str) -> TerritoryImport | None:
    """An interrupted run of the same archive; anything else of that name is left alone."""
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None:
        return None
    run = TerritoryImport.objects.filter(territory=territory).first()
    if run is None or run.archive != source.fingerprint:
        raise BadArchive(
            _(
                "Le territoire « %(slug)s » existe déjà : un import n’écrase rien. "
                "Donnez un autre nom court et une autre adresse."
            )
            % {"slug": slug}
        )
    if run.finished_at:
        raise BadArchive(
            _("Cette archive a déjà été importée en entier dans « %(slug)s ».") % {"slug": slug}
        )
    return run


def keys_of(types: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(name.partition(":")[2] for name in types))


def renewed_keys(keys: Sequence[str]) -> dict[str, str]:
    """A fresh translation key for each that some page, or some translation, bears here."""
    taken: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        chunk = keys[start : start + KEYS_AT_ONCE]
        pages = Page.objects.filter(translation_key__in=chunk)
        objects = TranslatableObject.objects.filter(translation_key__in=chunk)
        for found in (pages, objects):
            taken |= {str(key) for key in found.values_list("translation_key", flat=True)}
    return {key: str(uuid.uuid4()) for key in keys if key in taken}


def creation_order(source: Source, types: Mapping[str, type[Page]]) -> list[str]:
    """Parents first, and what a page cannot be without: a service comes after its actor."""
    needs = {row["key"]: needed(row, types) for row in source.rows(form.PAGES)}
    ordered: dict[str, None] = {}
    for key in needs:
        waiting, above = [key], set()
        while waiting:
            current = waiting[-1]
            missing = [one for one in needs[current] if one in needs and one not in ordered]
            if current in ordered or not missing:
                ordered[waiting.pop()] = None
                continue
            above.add(current)
            if missing[0] in above:
                raise BadArchive(_("« %s » ne peut pas être faite avant elle-même.") % missing[0])
            waiting.append(missing[0])
    return list(ordered)


def needed(row: Mapping[str, Any], types: Mapping[str, type[Page]]) -> list[str]:
    found = [row["parent"], row["alias_of"]]
    for name, value in row["fields"].items():
        asked = field_of(types[row["key"]], name)
        if asked is not None and asked.many_to_one and not asked.null and isinstance(value, str):
            found.append(value)
    return [key for key in found if key]


@transaction.atomic
def begin(plan: ImportPlan) -> TerritoryImport:
    """Make the territory, closed to the public until all of it is there."""
    # First, with all that the archive says of them.
    make_places(plan.source.json(form.TERRITORY))
    territory, _created = create_territory(plan.provisioning)
    set_archived(territory, timezone.localdate())
    run = TerritoryImport.objects.create(
        territory=territory, archive=plan.source.fingerprint, renewed=dict(plan.renewed)
    )
    homes = [key for key, model in plan.types.items() if issubclass(model, TerritoryHomePage)]
    old = homes[0].partition(":")[2]
    adopt_homes(territory, plan.renewed.get(old, old))
    run.made = made_homes(territory, homes) | made_stand_ins(territory, plan.stand_ins)
    run.save()
    return run


def adopt_homes(territory: Territory, translation_key: str) -> None:
    """The homes that provisioning has made become those of the archive, all at once."""
    pages_of(territory).filter(depth=2).update(translation_key=translation_key)
    Site.clear_site_root_paths_cache()
    territory.site.root_page.translation_key = uuid.UUID(translation_key)


def made_homes(territory: Territory, homes: Collection[str]) -> dict[str, int]:
    found = {home.locale.language_code: home.pk for home in pages_of(territory).filter(depth=2)}
    return {key: found[key.partition(":")[0]] for key in homes}


def made_stand_ins(
    territory: Territory, stand_ins: Mapping[str, tuple[type[TerritoryPage], str]]
) -> dict[str, int]:
    found = {}
    for key, (model, slug) in stand_ins.items():
        pages = model.objects.filter(
            territory=territory, locale__language_code=key.partition(":")[0]
        )
        # A type may have several: the legal pages.
        if page := pages.filter(slug=slug).first() or pages.first():
            found[key] = page.pk
    return found
