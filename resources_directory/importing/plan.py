"""What an import would do, structures first, then the services that they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from resources_directory.data_inclusion import Shape
from resources_directory.data_inclusion.rows import e164, uri
from resources_directory.models import ActorPage
from territories.importing.plan import Kind, Plan, Row, latest_values, settle
from territories.importing.records import Name, Refused, refuse_twins
from territories.models import Territory
from territories.proposals.values import Values

from .memory import Key, Memory
from .record import ADDRESS, ReadResource
from .records import Resource

CONTACT = ("phone", "email")
# What is looked up here from an address, when its source does not say it.
FOUND_HERE = ("insee_code", "latitude", "longitude")


@dataclass
class ResourceRow(Row):
    """`resource`: what it is. `structure`: the row of the actor of a service, when it is in the
    same import; a new one has no page yet."""

    resource: Resource = Resource.STRUCTURE
    structure: ResourceRow | None = None
    # What the source says of where it is and whom to ask, for its services to be compared with.
    told: Values = field(default_factory=dict)


@dataclass(frozen=True)
class ReadKind:
    """What was read of one kind. `is_whole`: what it does not hold is gone from its source."""

    kind: Resource
    records: Sequence[ReadResource | Refused]
    is_whole: bool = True


def plan_import(
    *, territory: Territory, read: Iterable[ReadKind], notes: Sequence[str], publish: bool
) -> Plan:
    """Reads, and writes nothing."""
    rows: list[Row] = []
    structures: dict[Key, ResourceRow] = {}
    sources: set[str] = set()
    said = list(notes)
    for one in read:
        found, more = plan_kind(territory, one, structures, publish=publish)
        rows += found
        said += more
        sources |= {row.source for row in found if row.source}
        if one.kind is Resource.STRUCTURE:
            structures = {(row.source, row.external_id): row for row in found}
    return Plan(territory, rows, said, sorted(sources))


def plan_kind(
    territory: Territory, read: ReadKind, structures: dict[Key, ResourceRow], *, publish: bool
) -> tuple[list[ResourceRow], list[str]]:
    records = refuse_twins(read.records)
    resources = [record for record in records if isinstance(record, ReadResource)]
    memory = Memory(territory, read.kind, [(one.source, one.external_id) for one in resources])
    actors = Actors(territory, structures, resources) if read.kind is Resource.SERVICE else None
    rows: list[ResourceRow] = []
    for record in records:
        if isinstance(record, Refused):
            row = ResourceRow(
                Kind.REFUSED, record.name, external_id=record.external_id, reason=record.reason
            )
        else:
            row = planned(record, memory, actors, publish=publish)
        row.resource = read.kind
        rows.append(row)
    notes: list[str] = []
    if read.is_whole and resources:
        if any(row.kind == Kind.REFUSED and not row.external_id for row in rows):
            notes.append(
                _(
                    "Des fiches refusées n’ont pas d’identifiant : rien n’est dit disparu de "
                    "cette source."
                )
            )
        else:
            rows += gone(memory, {row.external_id for row in rows})
    return rows, notes


def planned(
    read: ReadResource, memory: Memory, actors: Actors | None, *, publish: bool
) -> ResourceRow:
    row = ResourceRow(Kind.NEW, read.name, read.source, read.external_id, notes=list(read.notes))
    row.known, row.page = memory.find((read.source, read.external_id))
    wanted = dict(read.values)
    row.told = {name: wanted[name] for name in (*ADDRESS, *CONTACT) if name in wanted}
    if actors is not None:
        actor = actors.find(read)
        if isinstance(actor, str):
            row.refuse(actor)
            return row
        row.structure = actor.row
        wanted["actor"] = actor.pk
        for name in actor.same_as(wanted):
            wanted[name] = None if name in FOUND_HERE[1:] else ""
    if row.page is not None:
        wanted = as_it_stands(wanted, row.page, read.kind)
    row.said = {**(row.known.said if row.known else {}), **wanted}
    settle(row, wanted, publish=publish)
    if row.known is not None and row.known.gone_on is not None:
        row.marks = True
        row.notes.append(_("de retour à la source."))
    return row


def as_it_stands(wanted: Values, page: Any, kind: Resource) -> Values:
    """Without what is here in other words, or was found here."""
    here = latest_values(page, [name for name in wanted if name != "actor"])
    kept = dict(wanted)
    if "phone" in wanted and e164(wanted["phone"]) == e164(here["phone"]):
        kept["phone"] = here["phone"]
    for one in kind.fields:
        if (
            one.shape is Shape.WEB
            and one.ours in wanted
            and uri(here[one.ours]) == wanted[one.ours]
        ):
            kept[one.ours] = here[one.ours]
    # Where a record of ours was read.
    if wanted.get("source_url") and wanted["source_url"] == uri(page.full_url or ""):
        kept["source_url"] = here["source_url"]
    if has_places(page):
        # Its places stand for its address.
        return {name: value for name, value in kept.items() if name not in ADDRESS}
    lines = ("address", "postcode", "commune")
    if all(wanted.get(name) == here.get(name) for name in lines if name in wanted):
        kept = {
            name: value
            for name, value in kept.items()
            if name not in FOUND_HERE or value not in (None, "") or name not in wanted
        }
    return kept


def has_places(page: Any) -> bool:
    content = page.latest_revision.content if page.latest_revision else {}
    return bool(content.get("places"))


def gone(memory: Memory, there: set[str]) -> list[ResourceRow]:
    """What is on line here and that its source has no more: proposed for closing, once."""
    rows = []
    for number, (key, one, page) in enumerate(memory.missing(there), start=1):
        row = ResourceRow(Kind.GONE, Name(number, page.title, key[1]), *key, known=one, page=page)
        row.resource, row.said, row.marks = memory.kind, one.said, one.gone_on is None
        rows.append(row)
    return rows


@dataclass
class Actor:
    """Who gives a service. `told`: what it says of where it is and whom to ask, at its source and
    here."""

    pk: int | None
    row: ResourceRow | None
    told: Sequence[Values]

    def same_as(self, wanted: Values) -> list[str]:
        """What the service says as its actor does: there it has nothing of its own."""
        names = [
            name for name in CONTACT if wanted.get(name) and self.says(wanted, [name], same_number)
        ]
        if any(wanted.get(name) not in (None, "") for name in ADDRESS) and self.says(
            wanted, [name for name in ADDRESS if name in wanted], lambda one, other: one == other
        ):
            names += [name for name in ADDRESS if name in wanted]
        return names

    def says(self, wanted: Values, names: Sequence[str], same: Any) -> bool:
        return any(
            all(same(wanted[name], told.get(name, "")) for name in names) for told in self.told
        )


def same_number(one: str, other: str) -> bool:
    return e164(one) == e164(other)


class Actors:
    """The structures that the services of a file belong to, in the same import or here."""

    def __init__(
        self,
        territory: Territory,
        structures: dict[Key, ResourceRow],
        services: Sequence[ReadResource],
    ) -> None:
        self.structures = structures
        self.by_identifier: dict[str, list[ResourceRow]] = {}
        for row in structures.values():
            self.by_identifier.setdefault(row.external_id, []).append(row)
        asked = {(one.source, one.structure_id) for one in services}
        self.memory = Memory(territory, Resource.STRUCTURE, asked)

    def find(self, service: ReadResource) -> Actor | str:
        """The actor, or the sentence that says why there is none."""
        key = (service.source, service.structure_id)
        row = self.structures.get(key)
        if row is None:
            same = self.by_identifier.get(service.structure_id, [])
            row = same[0] if len(same) == 1 else None
        said = {"id": service.structure_id}
        if row is not None and row.kind == Kind.REFUSED:
            return _("structure_id : sa structure « %(id)s » est refusée.") % said
        if row is not None and row.kind != Kind.GONE:
            if row.page is None and row.known is not None:
                return _("structure_id : sa structure « %(id)s » a été supprimée ici.") % said
            told = [{**values, **row.changes} for values in here(row.page)]
            return Actor(row.page and row.page.pk, row, [row.told, *told])
        known, page = self.memory.find(key)
        if page is None:
            if known is not None:
                return _("structure_id : sa structure « %(id)s » a été supprimée ici.") % said
            return _("structure_id : la structure « %(id)s » n’est ni dans le fichier, ni ici.") % (
                said
            )
        return Actor(page.pk, None, [*([known.said] if known else []), *here(page)])


def here(page: ActorPage | None) -> list[Values]:
    if page is None:
        return []
    return [
        latest_values(page, [*ADDRESS, *CONTACT]),
        {name: getattr(page, name) for name in (*ADDRESS, *CONTACT)},
    ]
