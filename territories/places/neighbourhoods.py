"""Perimeters brought in: found among the neighbourhoods that are there, completed or made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape

from territories.importing.plan import Kind
from territories.importing.records import Name, Refused

from .contours import kept
from .geojson import ReadNeighbourhood, read_neighbourhoods
from .models import Commune, Neighbourhood
from .official import plain_name
from .perimeters import NEW_GENERATION


@dataclass
class NeighbourhoodRow:
    """`neighbourhood`: as it will be when `writes`; None when nothing of the row could be read."""

    kind: Kind
    name: Name
    neighbourhood: Neighbourhood | None = None
    communes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    writes: bool = False


@dataclass
class NeighbourhoodsPlan:
    rows: list[NeighbourhoodRow]
    notes: list[str]

    @property
    def counts(self) -> dict[Kind, int]:
        found = Counter(row.kind for row in self.rows)
        kinds = (Kind.NEW, Kind.CHANGED, Kind.UNCHANGED, Kind.REFUSED)
        return {kind: found[kind] for kind in kinds}


def plan_neighbourhoods(
    content: bytes, *, source: str = "", licence: str = ""
) -> NeighbourhoodsPlan:
    """What `import_neighbourhoods` would do. Raises BadFile.

    A commune that is not known is made, by the name the file gives it: the list of communes may
    never be imported, or be of another year. A row whose perimeter cannot be read is refused, but
    its neighbourhood is kept without: nobody there is told that they live outside.
    """
    read, notes = read_neighbourhoods(content)
    known = Known()
    rows = []
    for one in read:
        if isinstance(one, Refused):
            rows.append(NeighbourhoodRow(Kind.REFUSED, one.name, reason=one.reason))
        else:
            rows.append(plan_row(one, known, source=source, licence=licence))
    return NeighbourhoodsPlan(rows, notes)


class Known:
    """The neighbourhoods of the database, by all that may tell one."""

    def __init__(self) -> None:
        self.by_code: dict[str, Neighbourhood] = {}
        self.by_former_code: dict[str, Neighbourhood] = {}
        self.by_name: dict[tuple[str, str], Neighbourhood] = {}
        self.others: dict[int, set[str]] = {}
        for neighbourhood in Neighbourhood.objects.prefetch_related("other_communes"):
            self.others[neighbourhood.pk] = {
                commune.pk for commune in neighbourhood.other_communes.all()
            }
            self.add(neighbourhood)

    def add(self, neighbourhood: Neighbourhood) -> None:
        if neighbourhood.code:
            self.by_code[neighbourhood.code] = neighbourhood
        if neighbourhood.former_code:
            self.by_former_code[neighbourhood.former_code] = neighbourhood
        self.by_name[neighbourhood.commune_id, plain_name(neighbourhood.name)] = neighbourhood

    def find(self, read: ReadNeighbourhood) -> Neighbourhood | None:
        by_code = self.by_code.get(read.code) or self.by_former_code.get(read.code)
        if by_code is not None:
            return by_code
        for commune in read.communes:
            found = self.by_name.get((commune, plain_name(read.title)))
            if found is not None and not is_another(found.code, read.code):
                return found
        return None

    def free_title(self, read: ReadNeighbourhood) -> str:
        """Two of one name in one commune are told apart by their codes."""
        commune = next(iter(read.communes))
        taken = (commune, plain_name(read.title)) in self.by_name
        return f"{read.title[:130]} ({read.code})" if taken else read.title


def is_new(code: str) -> bool:
    return code.startswith(NEW_GENERATION)


def is_another(code: str, other: str) -> bool:
    """Two codes of one generation never name the same neighbourhood."""
    return bool(code) and code != other and is_new(code) == is_new(other)


def plan_row(
    read: ReadNeighbourhood, known: Known, *, source: str, licence: str
) -> NeighbourhoodRow:
    found = known.find(read)
    is_made = found is None
    if found is None:
        main = next(iter(read.communes))
        found = Neighbourhood(commune_id=main, name=known.free_title(read), code=read.code)
    before = facts_of(found)
    row = NeighbourhoodRow(Kind.UNCHANGED, read.name, found, read.communes, read.notes, read.fault)
    if found.code != read.code and is_new(found.code):
        # The file is the older one: what is known of 2024 stays.
        found.former_code, row.communes = read.code, {}
        row.notes.append(_("il continue sous le code %(code)s.") % {"code": found.code})
    else:
        if found.code != read.code:
            if found.code and read.fault:
                # The contour of 2015 is not that of 2024.
                found.perimeter = None
            found.former_code, found.code = found.code, read.code
        draw(found, read, source=source, licence=licence)
    reaches = set(row.communes) - {found.commune_id} - known.others.get(found.pk, set())
    row.writes = is_made or bool(reaches) or facts_of(found) != before
    if read.fault:
        row.kind = Kind.REFUSED
        if is_made:
            row.notes.append(_("le quartier est noté, sans son contour."))
    elif row.writes:
        row.kind = Kind.NEW if is_made else Kind.CHANGED
    known.add(found)
    return row


def facts_of(neighbourhood: Neighbourhood) -> tuple[Any, ...]:
    return tuple(
        getattr(neighbourhood, name)
        for name in ("code", "former_code", "perimeter", "source", "licence", "latitude")
    )


def draw(
    neighbourhood: Neighbourhood, read: ReadNeighbourhood, *, source: str, licence: str
) -> None:
    if read.fault:
        return
    perimeter = neighbourhood.perimeter = kept(read.perimeter)
    neighbourhood.source = source or neighbourhood.source
    neighbourhood.licence = licence or neighbourhood.licence
    if neighbourhood.latitude is None or neighbourhood.longitude is None:
        middle = shape(perimeter).representative_point()
        neighbourhood.latitude, neighbourhood.longitude = round(middle.y, 5), round(middle.x, 5)


def write_neighbourhoods(
    plan: NeighbourhoodsPlan, progress: Callable[[int, int], None] | None = None
) -> None:
    """Each neighbourhood in a transaction of its own; interrupted, the same import goes on."""
    rows = [row for row in plan.rows if row.writes]
    for done, row in enumerate(rows, start=1):
        with transaction.atomic():
            write_row(row)
        if progress is not None:
            progress(done, len(rows))


def write_row(row: NeighbourhoodRow) -> None:
    neighbourhood = row.neighbourhood
    if neighbourhood is None:
        return
    for code, name in row.communes.items():
        Commune.objects.get_or_create(code=code, defaults={"name": name or code})
    neighbourhood.save()
    neighbourhood.other_communes.add(*set(row.communes) - {neighbourhood.commune_id})
