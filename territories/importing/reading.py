"""From a file to bytes, and from bytes to text: how much is read, and in which encoding."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .records import BadFile

STANDARD_INPUT = "-"
MOST = 20 << 20  # bytes


def fetch(name: str) -> bytes:
    """The content of a file, or of the standard input for « - ». Raises BadFile."""
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MOST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MOST + 1)
    except (OSError, ValueError) as error:
        raise BadFile(
            _("Ce fichier n’existe pas, ou ne s’ouvre pas : %(name)s.") % {"name": name}
        ) from error
    check_size(content)
    return content


def check_size(content: bytes) -> None:
    if len(content) > MOST:
        raise BadFile(
            _("Ce fichier dépasse %(size)s Mo. Coupez-le en plusieurs.") % {"size": MOST >> 20}
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


def parsed_json(text: str) -> Any:
    """Raises BadFile."""
    try:
        # A number of a million figures is no number of ours.
        return json.loads(text, parse_int=lambda figures: int(figures[:40]))
    except RecursionError as error:
        raise BadFile(_("Ce fichier contient trop de parties, l’une dans l’autre.")) from error
    except ValueError as error:
        raise BadFile(
            _("Ce fichier n’est pas du JSON valide : voyez la ligne %(line)s.")
            % {"line": getattr(error, "lineno", 1)}
        ) from error
