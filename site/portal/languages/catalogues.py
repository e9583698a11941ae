"""Catalogues of what is read on screen, one a room and language: found in the code, compiled.

Babel does here in Python what Django's `makemessages` asks of the gettext programs. It is a
development dependency: the compiled catalogues are committed, and nothing here runs on a server.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

PORTAL = "portal"
GROUND = "territories"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class RoomCatalogue(Catalog):
    """A catalogue whose header holds no date: made twice of the same words, it is the same file."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, fuzzy=False)
        # Django merges our catalogues with its own: both must count alike.
        own = gettext.translation(
            "django", Path(django.__file__).parent / "conf" / "locale", [language]
        )
        self.language = language
        self.plurals = own.info().get("plural-forms", "nplurals=2; plural=(n != 1);")
        self._num_plurals = int(self.plurals.partition("nplurals=")[2].partition(";")[0])
        self.header_comment = "# What residents and editors read. Made by: manage.py catalogues"

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", self.language),
            ("Plural-Forms", self.plurals),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def rooms() -> list[str]:
    """The rooms of this house, each with catalogues of its own; the portal's apps share one."""
    return [GROUND, *reversed(settings.PLUGINS), PORTAL]


def folder_of(room: str) -> Path:
    """Where a room stands; any installed app's label will do. Raises LookupError."""
    return settings.PORTAL if room == PORTAL else Path(apps.get_app_config(room).path)


def po_file(room: str, language: str) -> Path:
    return folder_of(room) / "locale" / language / "LC_MESSAGES" / "django.po"


def sources(folder: Path) -> Iterator[tuple[Path, str]]:
    """The Python files of a room, and its templates as what Python would read in them."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix == ".py" and "migrations" not in parts:
            yield path, path.read_text()
        elif "templates" in parts and path.suffix in {".html", ".mjml", ".txt"}:
            lines = templatize(path.read_text(), origin=str(path)).splitlines()
            # What is left of the template's own indentation means nothing to Python.
            yield path, "\n".join(line.strip() for line in lines)


def messages(room: str) -> Iterator[Message]:
    """Every message of a room; one that is said in several places comes several times."""
    folder = folder_of(room)
    for path, text in sources(folder):
        found = extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=["Translators:"]
        )
        for line, words, comments, context in found:
            place = (path.relative_to(folder).as_posix(), line)
            yield Message(words, locations=[place], auto_comments=comments, context=context)


def read(room: str, language: str) -> Catalog:
    """The catalogue as it stands; an empty one when there is none."""
    path = po_file(room, language)
    return read_po(path.read_bytes().splitlines()) if path.exists() else Catalog()


def in_line(room: str, language: str) -> RoomCatalogue:
    """The catalogue with the messages of today: known ones keep their words, new ones have none."""
    known, catalogue = read(room, language), RoomCatalogue(language)
    for message in messages(room):
        before = known.get(message.id, message.context)
        catalogue.add(
            message.id,
            before.string if before else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return catalogue


def lacking(catalogue: Catalog) -> list[Message]:
    """Messages without words, or without some of their plural forms."""

    def is_said(message: Message) -> bool:
        words = message.string
        return all(words) if isinstance(words, tuple) else bool(words)

    return [message for message in catalogue if message.id and not is_said(message)]


def written(catalogue: RoomCatalogue) -> tuple[bytes, bytes]:
    """The two files of a catalogue: what translators read, what the site reads."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=100, include_lineno=False, sort_by_file=True)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()
