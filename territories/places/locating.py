"""What nobody types of an address: the code of its commune, and the neighbourhood it stands in.

Found again whenever the address, the list of communes or the perimeters change. The only place that
writes `Address.neighbourhood` and `Address.qpv`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db.models import Q

from .distance import Point
from .geocoding.asking import kept_answer
from .membership import membership
from .models import Address, InNeighbourhood
from .official import INCOMPLETE, complete_commune

# What is computed, and what it is computed from.
LOCATED = frozenset({"neighbourhood", "qpv", "geocoded_from", "is_approximate"})
POINT = frozenset({"latitude", "longitude", "insee_code", "is_approximate"})
TOWN = frozenset({"commune", "insee_code"})
HAS_COORDINATES = Q(latitude__isnull=False, longitude__isnull=False)
ROWS_AT_ONCE = 500


def locate(record: Address) -> bool:
    """Set the neighbourhood of a record, unsaved; whether anything changed."""
    before = (record.neighbourhood_id, record.qpv)
    if record.has_coordinates:
        found = membership(
            Point(record.latitude, record.longitude),
            insee_code=record.insee_code,
            is_approximate=record.is_approximate,
        )
        record.neighbourhood_id, record.qpv = found.neighbourhood, found.answer
    else:
        record.neighbourhood_id, record.qpv = None, InNeighbourhood.UNKNOWN
    return (record.neighbourhood_id, record.qpv) != before


def located_models() -> list[type[Address]]:
    return [model for model in apps.get_models() if issubclass(model, Address)]


def settle(record: Address) -> bool:
    """Complete the commune of a record, then locate it, unsaved; whether anything changed."""
    is_typed = forget_the_geocoder(record)
    is_completed = complete_commune(record)
    return locate(record) or is_completed or is_typed


def forget_the_geocoder(record: Address) -> bool:
    """Coordinates that somebody has typed over those that were found are theirs."""
    if not record.geocoded_from:
        return False
    found = kept_answer(record.geocoded_from)
    if found and (found.latitude, found.longitude) == (record.latitude, record.longitude):
        return False
    record.geocoded_from, record.is_approximate = "", False
    return True


def written_with(names: Iterable[str]) -> set[str]:
    """The fields to save when these are saved: those that are found from them as well."""
    found = set(names)
    if TOWN & found:
        found |= TOWN
    return found | LOCATED if POINT & found else found


def settle_all(progress: Callable[[int, int], None] | None = None) -> int:
    """Look again at every record of every territory: after new perimeters, after a new list.

    Nothing else of a record is written, and no revision: what a draft says of its neighbourhood is
    found again when it is published. Returns how many changed.
    """
    changed = 0
    for model in located_models():
        rows = model._base_manager.filter(HAS_COORDINATES | INCOMPLETE)
        rows = rows.only("pk", "postcode", *POINT, *LOCATED, *TOWN).order_by("pk")
        total, last, done = rows.count(), 0, 0
        while chunk := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
            moved = [record for record in chunk if settle(record)]
            if moved:
                model._base_manager.bulk_update(moved, [*LOCATED, *TOWN])
            changed += len(moved)
            done += len(chunk)
            last = chunk[-1].pk
            if progress is not None:
                progress(done, total)
    return changed
