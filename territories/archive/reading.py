"""Opening an archive that somebody hands in: nothing in it is believed before it is checked."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from . import form

BLOCK = 1 << 20
MOST_MEMBERS = 200_000
# What JSON is read whole or by line; media may be as large as the archive may.
LONGEST_LINE = 64 << 20
LARGEST_JSON = 2 << 30
# Texts shrink twenty times at best; a bomb shrinks a thousand times.
MOST_SHRUNK = 200
SHRUNK_FROM = 1 << 20
LARGEST = 20 << 30


class BadArchive(ValueError):
    """An archive that cannot be read here; `sentences` say why, in French, each naming its row."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Archive:
    """An archive whose members are what its manifest says."""

    file: zipfile.ZipFile
    manifest: dict[str, Any]
    fingerprint: str

    def json(self, name: str) -> Any:
        with self.file.open(name) as member:
            return parse(name, member.read(LARGEST_JSON))

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        with self.file.open(name) as member:
            number = 0
            while line := member.readline(LONGEST_LINE):
                number += 1
                row = parse(f"{name}, ligne {number}", line)
                if not isinstance(row, dict):
                    raise BadArchive(wrong_row(f"{name}, ligne {number}"))
                yield row

    def open(self, name: str) -> BinaryIO:
        return self.file.open(name)

    @cached_property
    def parts(self) -> dict[str, str]:
        """The members that hold the parts of plugins, by the name of the part."""
        prefix, suffix = f"{form.PARTS}/", ".jsonl"
        return {
            name[len(prefix) : -len(suffix)]: name
            for name in self.manifest["members"]
            if name.startswith(prefix) and name.endswith(suffix)
        }


@contextmanager
def open_archive(path: Path, *, largest: int = LARGEST) -> Iterator[Archive]:
    """Open an archive and check every member against the manifest. Raises BadArchive."""
    try:
        file = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadArchive(
            _("« %(path)s » n’est pas une archive zip, ou elle est abîmée.") % {"path": path}
        ) from error
    with file:
        check_members(file, largest)
        archive = read_manifest(file)
        check_hashes(archive)
        yield archive


def check_members(file: zipfile.ZipFile, largest: int) -> None:
    members = file.infolist()
    if len(members) > MOST_MEMBERS:
        raise BadArchive(_("L’archive contient trop de fichiers : %d.") % len(members))
    if len({member.filename for member in members}) != len(members):
        raise BadArchive(_("L’archive contient deux fois le même fichier."))
    for member in members:
        if is_unsafe(member):
            raise BadArchive(
                _("« %(name)s » : ce nom de fichier sort de l’archive, elle est refusée.")
                % {"name": member.filename}
            )
        shrunk = member.file_size / max(member.compress_size, 1)
        if member.file_size > SHRUNK_FROM and shrunk > MOST_SHRUNK:
            raise BadArchive(
                _("« %(name)s » : ce fichier est comprimé plus qu’il n’est possible.")
                % {"name": member.filename}
            )
    if sum(member.file_size for member in members) > largest:
        raise BadArchive(
            _("L’archive est trop grande : plus de %d Mo une fois ouverte.") % (largest >> 20)
        )


def is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return (
        is_link
        or member.is_dir()
        or bool(member.flag_bits & 0x1)  # encrypted
        or "\\" in name
        or ":" in name.partition("/")[0]
        or any(ord(letter) < 32 for letter in name)
        or PurePosixPath(name).is_absolute()
        or not {"", ".", ".."}.isdisjoint(name.split("/"))
    )


def read_manifest(file: zipfile.ZipFile) -> Archive:
    if form.MANIFEST not in file.namelist():
        raise BadArchive(
            _("Il manque « %s » : ce n’est pas l’archive d’un territoire.") % form.MANIFEST
        )
    raw = read_whole(file, form.MANIFEST)
    manifest = parse(form.MANIFEST, raw)
    if not isinstance(manifest, dict) or manifest.get("product") != form.PRODUCT:
        raise BadArchive(_("Cette archive n’est pas celle d’un territoire de ce logiciel."))
    if manifest.get("format") != form.FORMAT:
        raise BadArchive(
            _("Cette archive est au format %(theirs)s ; ici on lit le format %(ours)s.")
            % {"theirs": manifest.get("format"), "ours": form.FORMAT}
        )
    members = manifest.get("members")
    if not isinstance(members, dict):
        raise BadArchive(wrong_row(form.MANIFEST))
    there = set(file.namelist()) - {form.MANIFEST}
    expected = {form.TERRITORY, form.PAGES, form.TRANSLATIONS, form.MEDIA, *members}
    for name in sorted(expected - there):
        raise BadArchive(_("Il manque « %s » dans l’archive.") % name)
    for name in sorted(there - members.keys()):
        raise BadArchive(_("« %s » n’est pas au sommaire de l’archive.") % name)
    return Archive(file, manifest, hashlib.sha256(raw).hexdigest())


def read_whole(file: zipfile.ZipFile, name: str) -> bytes:
    try:
        with file.open(name) as member:
            return member.read(LARGEST_JSON)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise BadArchive(_("« %s » est abîmé.") % name) from error


def check_hashes(archive: Archive) -> None:
    for name, said in archive.manifest["members"].items():
        digest = hashlib.sha256()
        try:
            with archive.open(name) as member:
                while block := member.read(BLOCK):
                    digest.update(block)
        except Exception as error:
            # zlib, zipfile and the disk each say it in their own way.
            raise BadArchive(_("« %s » est abîmé.") % name) from error
        if not isinstance(said, dict) or digest.hexdigest() != said.get("sha256"):
            raise BadArchive(
                _("« %s » est abîmé ou a été changé : son empreinte n’est pas la bonne.") % name
            )


def parse(where: str, raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise BadArchive(wrong_row(where)) from error


def wrong_row(where: str) -> str:
    return _("%(where)s : cette ligne est illisible.") % {"where": where}
