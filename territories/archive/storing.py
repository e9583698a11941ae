"""Putting images and documents of an archive into the territory's own folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from modelcluster.models import model_from_serializable_data
from wagtail.models import Collection, CollectionViewRestriction

from territories.models import Territory
from territories.tenancy.rights import find_collection
from territories.vocabulary.tags import tag_terms

from .finding import Found
from .naming import MEDIA
from .planning import Source
from .putting import groups_of, said_of
from .renaming import field_of, rename_fields

KINDS = {kind: model for model, kind in MEDIA.items()}


def put_collections(territory: Territory, rows: Sequence[Mapping[str, Any]]) -> None:
    """The folders below the territory's, and who may read them. Safe to run twice."""
    for row in rows:
        collection = folder(find_collection(territory), row["path"])
        CollectionViewRestriction.objects.filter(collection=collection).delete()
        for one in row["restrictions"]:
            restriction = CollectionViewRestriction.objects.create(
                collection=collection, **said_of(one)
            )
            restriction.groups.set(groups_of(one, territory))


def folder(root: Collection, path: Sequence[str]) -> Collection:
    found = root
    for name in path:
        below = found.get_children().filter(name=name).first()
        if below is None:
            found.refresh_from_db()
            below = found.add_child(name=name)
        found = below
    return found


class Storing:
    """Images and documents one by one; `forget` takes back the files of a batch that failed."""

    def __init__(self, source: Source, territory: Territory, found: Found) -> None:
        self.source = source
        self.root = find_collection(territory)
        self.found = found
        self.words = set(tag_terms().values_list("label", flat=True))
        self.written: list[tuple[Any, str]] = []

    def put(self, row: Mapping[str, Any]) -> int:
        model = KINDS[row["key"].partition(":")[0]]
        fields = rename_fields(model, row["fields"], self.found)
        medium = model_from_serializable_data(model, {**fields, "pk": None}, check_fks=False)
        medium.collection = folder(self.root, row["collection"])
        with self.source.open(row["file"]) as file:
            medium.file.save(PurePosixPath(row["file"]).name, File(file), save=False)
        self.written.append((medium.file.storage, medium.file.name))
        # Size and fingerprint, as Wagtail's own form asks for them.
        kind = MEDIA[model]
        getattr(medium, f"_set_{kind}_file_metadata")()
        medium.save()
        medium.file.close()
        # What the day of the import has overwritten.
        model.objects.filter(pk=medium.pk).update(
            **{
                name: value
                for name, value in fields.items()
                if getattr(field_of(model, name), "auto_now_add", False)
            }
        )
        medium.tags.set([tag for tag in row["tags"] if tag in self.words])
        return medium.pk

    def keep(self) -> None:
        self.written = []

    def forget(self) -> None:
        for storage, name in self.written:
            storage.delete(name)
        self.written = []
