"""Writing one archive of all that a territory has, a row and a block at a time."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from . import form
from .media import collection_rows, is_compressed, media_rows
from .naming import Names
from .pages import page_rows
from .parts import known_parts
from .settings import territory_row
from .translations import translation_rows

if TYPE_CHECKING:
    from territories.models import Territory

BLOCK = 1 << 20


class UnreadableFile(OSError):
    """An image or a document whose file is gone from the storage."""


@dataclass
class Summary:
    """What an archive holds. `lost`: references to what is not the territory's, left out."""

    counts: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    size: int = 0


def export_territory(territory: Territory, path: Path) -> Iterator[Summary]:
    """Write the archive; yields after each step, the last time when it is whole.

    It is written beside its place and moved there at the end: interrupted, it leaves nothing.
    Raises UnreadableFile.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as file:
            writer = Writer(file)
            yield from write_all(territory, writer)
            writer.write_manifest(territory)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    writer.summary.size = path.stat().st_size
    yield writer.summary


def write_all(territory: Territory, writer: Writer) -> Iterator[Summary]:
    names, summary = Names(territory), writer.summary
    writer.names = names
    for name, rows in (
        (form.PAGES, page_rows(territory, names)),
        (form.TRANSLATIONS, translation_rows(territory, names)),
    ):
        yield from writer.write_rows(name, rows)
    for name, part in known_parts().items():
        if part.stays:
            continue
        rows = ({**row, **dict.fromkeys(part.personal, "")} for row in part.export(territory))
        yield from writer.write_rows(f"{form.PARTS}/{name}.jsonl", rows)
    writer.write_json(form.TERRITORY, describe(territory, names))
    # Last: what pages show of everybody's images is known by now.
    rows = list(media_rows(names))
    yield from writer.write_rows(form.MEDIA, (row for _medium, row in rows))
    for medium, row in rows:
        writer.write_file(row["file"], medium)
        yield summary
    summary.lost = list(names.lost)


def describe(territory: Territory, names: Names) -> dict[str, Any]:
    return {**territory_row(territory, names), "collections": collection_rows(territory, names)}


class Writer:
    """The zip being written, and what its manifest will say."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.members: dict[str, dict[str, Any]] = {}
        self.summary = Summary()
        self.names: Names | None = None

    def write_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Summary]:
        number = 0
        with self._member(name) as write:
            for number, row in enumerate(rows, start=1):
                write(as_json(row) + b"\n")
                self.summary.counts[name] = number
                if number % 100 == 0:
                    yield self.summary
        self.summary.counts[name] = number
        yield self.summary

    def write_json(self, name: str, value: Any) -> None:
        with self._member(name) as write:
            write(as_json(value))

    def write_file(self, name: str, medium: Any) -> None:
        try:
            source = medium.file.storage.open(medium.file.name, "rb")
        except OSError as error:
            raise UnreadableFile(f"« {medium.title} » : {medium.file.name}") from error
        with source, self._member(name) as write:
            while block := source.read(BLOCK):
                write(block)

    def write_manifest(self, territory: Territory) -> None:
        manifest = {
            "format": form.FORMAT,
            "product": form.PRODUCT,
            "product_version": form.product_version(),
            "made_at": timezone.now(),
            "territory": {
                "slug": territory.slug,
                "name": territory.name,
                "hostname": territory.site.hostname,
            },
            "counts": self.summary.counts,
            "left_out": form.LEFT_OUT,
            "lost": self.summary.lost,
            "members": self.members,
        }
        self.file.writestr(form.MANIFEST, as_json(manifest, indent=1))

    @contextmanager
    def _member(self, name: str) -> Iterator:
        info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED if is_compressed(name) else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self.file.open(info, "w", force_zip64=True) as member:

            def write(block: bytes) -> None:
                nonlocal size
                size += len(block)
                digest.update(block)
                member.write(block)

            yield write
        self.members[name] = {"sha256": digest.hexdigest(), "bytes": size}


class ExactEncoder(DjangoJSONEncoder):
    """Django's own rounds moments to milliseconds, and a round trip must lose nothing."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def as_json(value: Any, indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, cls=ExactEncoder, indent=indent)
    return text.encode()
