from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from territories.plugins.contributions import Part

from .registration.registering import erase_registrations

if TYPE_CHECKING:
    from territories.models import Territory


def export(territory: Territory) -> Iterable[Mapping[str, Any]]:
    # Who comes stays where it was said, to be erased there when its time has come.
    return ()


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    pass


PARTS = [Part("registrations", export, restore, erase_registrations, stays=True)]
