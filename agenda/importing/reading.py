"""What a text seems to be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from territories.importing.records import BadFile

ICS, OPENAGENDA = "ics", "openagenda"
FORMATS = (ICS, OPENAGENDA)


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
