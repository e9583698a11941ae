"""Opening hours are checked when a sheet is saved or imported; what is stored is shown anyway."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .expression import Unreadable, read

EXAMPLE = "Mo-Fr 09:00-12:30,14:00-17:00; PH off"
SHOWN = 40


def check_hours(text: str) -> None:
    """A validator: what is wrong in an OpenStreetMap expression, and where."""
    try:
        read(text)
    except Unreadable as wrong:
        if not wrong.text:
            return
        rest = wrong.text[wrong.at :].strip()
        if rest:
            words = _(
                "Horaires : « %(rest)s » n’est pas compris. Exemple : « %(example)s » "
                "(PH : les jours fériés)."
            )
        else:
            words = _(
                "Horaires : il manque quelque chose à la fin de « %(text)s ». "
                "Exemple : « %(example)s »."
            )
        raise ValidationError(
            words,
            code="opening_hours",
            params={
                "rest": Truncator(rest).chars(SHOWN),
                "text": Truncator(wrong.text).chars(SHOWN),
                "example": EXAMPLE,
            },
        ) from None
