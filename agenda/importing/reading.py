"""From bytes to text: how much is read, in which encoding, and what it seems to be."""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils.translation import gettext as _

from . import bounds
from .records import BadFile

ICS, OPENAGENDA = "ics", "openagenda"
FORMATS = (ICS, OPENAGENDA)
STANDARD_INPUT = "-"


def fetch(name: str) -> bytes:
    """The content of a file, or of the standard input for « - ». Raises BadFile."""
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(bounds.FILE + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(bounds.FILE + 1)
    except OSError as error:
        raise BadFile(
            _("Ce fichier n’existe pas, ou ne s’ouvre pas : %(name)s.") % {"name": name}
        ) from error
    check_size(content)
    return content


def check_size(content: bytes) -> None:
    if len(content) > bounds.FILE:
        raise BadFile(
            _("Ce fichier dépasse %(size)s Mo. Coupez-le en plusieurs.")
            % {"size": bounds.FILE >> 20}
        )


def text_of(content: bytes) -> tuple[str, list[str]]:
    """The text, and what is to be said of how it was read. Raises BadFile."""
    check_size(content)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = _("Le fichier n’est pas en UTF-8 : il est lu comme un fichier de Windows.")
        return content.decode("cp1252", "replace"), [note]


def format_of(text: str) -> str:
    """Raises BadFile for what is neither."""
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")):
        return OPENAGENDA
    if start[:15].upper().startswith(("BEGIN:VCALENDAR", "BEGIN:VEVENT")):
        return ICS
    if start[:1] == "<":
        raise BadFile(
            _("Ce fichier est une page web, pas un calendrier. Prenez le lien de l’export.")
        )
    if not start:
        raise BadFile(_("Ce fichier est vide."))
    raise BadFile(_("Ce fichier n’est ni un calendrier (.ics), ni un export OpenAgenda (.json)."))
