from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from territories.plugins.contributions import Part

from .models.links import LinkCounting, counts_links
from .subscribing.leaving import erase_subscribers

if TYPE_CHECKING:
    from territories.models import Territory


def export(territory: Territory) -> Iterable[Mapping[str, Any]]:
    # Who reads said yes to this territory, on this site: they are taken away with the list alone.
    return ()


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    pass


def export_counting(territory: Territory) -> Iterable[Mapping[str, Any]]:
    # The counts stay with the letters that were sent from here.
    return [{"counts": True}] if counts_links(territory) else ()


def restore_counting(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    if any(row.get("counts") for row in rows):
        LinkCounting.objects.get_or_create(territory=territory)


def erase_counting(territory: Territory) -> int:
    number, _rows = LinkCounting.objects.filter(territory=territory).delete()
    return number


PARTS = [
    Part("subscribers", export, restore, erase_subscribers, stays=True),
    Part("link_counting", export_counting, restore_counting, erase_counting),
]
