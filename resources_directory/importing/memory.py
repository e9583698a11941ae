"""What is known here of the records of some sources."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db.models import Q

from resources_directory.data_inclusion import SOURCE
from resources_directory.models import ImportedResource
from territories.models import Territory

from .record import MARK
from .records import Resource

Key = tuple[str, str]


class Memory:
    """Of one kind. `asked`: the source and identifier of each record that is looked for."""

    def __init__(self, territory: Territory, kind: Resource, asked: Iterable[Key]) -> None:
        self.territory, self.kind = territory, kind
        self.asked = set(asked)
        self.sources = {source for source, _identifier in self.asked}
        self.known = {
            (one.source, one.external_id): one
            for one in ImportedResource.objects.filter(
                territory=territory, kind=kind.value, source__in=self.sources
            )
        }

    @cached_property
    def pages(self) -> dict[int, Any]:
        """The pages of these sources, and those of ours that come back."""
        remembered = [one.page_id for one in self.known.values() if one.page_id]
        ours = [key for key in map(key_of_ours, self.asked) if key]
        found = (
            self.kind.model.objects.records()
            .filter(territory=self.territory)
            .filter(Q(pk__in=remembered) | Q(source__in=self.sources) | Q(translation_key__in=ours))
            .select_related("latest_revision", "locale", "territory")
        )
        return {page.pk: page for page in found.order_by("pk")}

    @cached_property
    def by_id(self) -> dict[Key, Any]:
        """Of an archive that was read back, and of what was written here, only the pages are
        left."""
        found: dict[Key, Any] = {}
        for page in self.pages.values():
            if page.external_id:
                found.setdefault((page.source, page.external_id), page)
            else:
                found.setdefault((SOURCE, f"{SOURCE}{MARK}{page.translation_key}"), page)
        return found

    def find(self, key: Key) -> tuple[ImportedResource | None, Any]:
        known = self.known.get(key)
        if known is not None:
            return known, self.pages.get(known.page_id)
        return None, self.by_id.get(key)

    def missing(self, there: set[str]) -> Iterator[tuple[Key, ImportedResource, Any]]:
        """What is on line here, and that its source has no more."""
        for key, one in sorted(self.known.items(), key=lambda item: item[0]):
            page = self.pages.get(one.page_id)
            if key[1] not in there and page is not None and page.live and not one.is_kept:
                yield key, one, page


def key_of_ours(key: Key) -> uuid.UUID | None:
    """The translation key of a record that was written here and comes back."""
    source, identifier = key
    try:
        return uuid.UUID(identifier.removeprefix(f"{SOURCE}{MARK}")) if source == SOURCE else None
    except ValueError:
        return None
