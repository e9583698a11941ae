"""Which neighbourhood a record stands in: found again whenever its coordinates, or the perimeters,
change. The only place that writes `Address.neighbourhood` and `Address.qpv`."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps

from .distance import Point
from .membership import membership
from .models import Address, InNeighbourhood

# What is computed, and what it is computed from.
LOCATED = frozenset({"neighbourhood", "qpv"})
POINT = frozenset({"latitude", "longitude", "insee_code", "is_approximate"})
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


def locate_all(progress: Callable[[int, int], None] | None = None) -> int:
    """Look again at every record that has coordinates, in every territory, as after new perimeters.

    Nothing else of a record is written, and no revision: what a draft says of its neighbourhood is
    found again when it is published. Returns how many changed.
    """
    changed = 0
    for model in located_models():
        rows = model._base_manager.filter(latitude__isnull=False, longitude__isnull=False)
        rows = rows.only("pk", *POINT, *LOCATED).order_by("pk")
        total, last, done = rows.count(), 0, 0
        while chunk := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
            moved = [record for record in chunk if locate(record)]
            if moved:
                model._base_manager.bulk_update(moved, LOCATED)
            changed += len(moved)
            done += len(chunk)
            last = chunk[-1].pk
            if progress is not None:
                progress(done, total)
    return changed
