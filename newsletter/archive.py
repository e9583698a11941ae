from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from territories.plugins.contributions import Part

from .subscribing.leaving import erase_subscribers

if TYPE_CHECKING:
    from territories.models import Territory


def export(territory: Territory) -> Iterable[Mapping[str, Any]]:
    # Who reads said yes to this territory, on this site: they are taken away with the list alone.
    return ()


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    pass


PARTS = [Part("subscribers", export, restore, erase_subscribers, stays=True)]
