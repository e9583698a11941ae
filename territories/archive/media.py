"""Images and documents: what is said of each, and its file."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Collection, CollectionViewRestriction

from territories.tenancy.roles import group_prefix

from .naming import MEDIA, Names

if TYPE_CHECKING:
    from territories.models import Territory

# What is read off the file again, or says whose it was.
OF_THE_DATABASE = {
    *("pk", "id", "file", "width", "height", "file_size", "file_hash"),
    *("collection", "uploaded_by_user"),
}
FOLDER = "media"


def media_rows(names: Names) -> Iterator[tuple[Model, dict[str, Any]]]:
    """Each image and document that the archive names, and its row, in the order of the names."""
    paths = collection_paths(names.collection)
    for model, known in names.media.items():
        found = model.objects.in_bulk(known)
        for pk, key in known.items():
            medium = found[pk]
            name = PurePosixPath(medium.file.name).name
            fields = get_serializable_data_for_fields(medium)
            yield (
                medium,
                {
                    "key": key,
                    "file": f"{FOLDER}/{MEDIA[model]}/{key.partition(':')[2]}/{name}",
                    "collection": paths.get(medium.collection_id, []),
                    "tags": sorted(medium.tags.names()),
                    "fields": {
                        name: value for name, value in fields.items() if name not in OF_THE_DATABASE
                    },
                },
            )


def collection_paths(root: Collection | None) -> dict[int, list[str]]:
    """The way from a territory's collection to each below it, by names; [] is its own."""
    if root is None:
        return {}
    found: dict[str, list[str]] = {}
    paths = {}
    for collection in root.get_descendants(inclusive=True).order_by("path"):
        above = found.get(collection.path[: -collection.steplen])
        found[collection.path] = [] if above is None else [*above, collection.name]
        paths[collection.pk] = found[collection.path]
    return paths


def collection_rows(territory: Territory, names: Names) -> list[dict[str, Any]]:
    """The folders, and who may read what they hold."""
    paths = collection_paths(names.collection)
    restrictions = CollectionViewRestriction.objects.filter(collection__in=paths).order_by("pk")
    prefix = group_prefix(territory)
    found: dict[int, list[dict[str, Any]]] = {}
    for restriction in restrictions.prefetch_related("groups"):
        roles = sorted(
            group.name.removeprefix(prefix)
            for group in restriction.groups.all()
            if group.name.startswith(prefix)
        )
        row = {"type": restriction.restriction_type, "roles": roles}
        found.setdefault(restriction.collection_id, []).append(row)
    return [{"path": path, "restrictions": found.get(pk, [])} for pk, path in paths.items()]


def is_compressed(name: str) -> bool:
    kind = mimetypes.guess_type(name)[0] or ""
    return kind.startswith("image/") or kind in {"application/pdf", "application/zip"}
