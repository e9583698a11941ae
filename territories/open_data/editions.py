"""A dataset as it is handed out: its rows, and what must be said with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from territories.plugins.contributions import Column, Dataset, Extent

if TYPE_CHECKING:
    from territories.models import Territory
    from territories.pages.base import TerritoryPageQuerySet

Row = Mapping[str, Any]
PLACE = {"latitude", "longitude"}


class Licence(NamedTuple):
    name: str
    url: str


def licence() -> Licence:
    return Licence(*settings.OPEN_DATA_LICENCE)


@dataclass(frozen=True)
class Edition:
    """`source`: the address it was taken from. `rows` are read once, as they are written.
    `narrowed`: what a visitor had chosen of it, in words."""

    dataset: Dataset
    territory: Territory | None
    rows: Iterable[Row]
    source: str
    updated: datetime | None = None
    narrowed: str = ""
    made_at: datetime = field(default_factory=timezone.now)

    @property
    def columns(self) -> Sequence[Column]:
        return self.dataset.columns

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def day(self) -> str:
        return timezone.localtime(self.made_at).date().isoformat()

    @property
    def publisher(self) -> str:
        return self.territory.full_name if self.territory else settings.WAGTAIL_SITE_NAME

    def file_name(self, extension: str) -> str:
        """« services-grand-mirail-2026-11-26.csv »: still understood in a folder of downloads."""
        whose = self.territory.slug if self.territory else "portail"
        part = "-extrait" if self.narrowed else ""
        return f"{self.dataset.name}{part}-{whose}-{self.day}.{extension}"


def says_where(dataset: Dataset) -> bool:
    return {column.name for column in dataset.columns} >= PLACE


def extent_of_pages(
    found: Callable[[Territory | None], TerritoryPageQuerySet],
) -> Callable[[Territory | None], Extent]:
    """The `extent` of a dataset that has one row a page."""

    def extent(territory: Territory | None) -> Extent:
        read = found(territory).order_by()
        return Extent(*read.aggregate(n=Count("pk"), last=Max("last_published_at")).values())

    return extent
