"""What people type: SIRET numbers and amounts."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# La Poste has one SIREN for thousands of places, whose SIRET do not follow Luhn (INSEE).
POSTE = "356000000"
MOST = Decimal("9999999.99")
AMOUNT = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,2})?")


def read_siret(typed: str) -> str:
    """The 14 figures of a SIRET, however they are spaced; "" for none. Raises ValidationError."""
    number = re.sub(r"[\s.\u00a0\u202f-]", "", typed)
    if not number:
        return ""
    if not re.fullmatch(r"[0-9]{14}", number):
        raise ValidationError(_("Un SIRET a 14 chiffres, comme 130 030 133 00016."))
    if not is_siret(number):
        raise ValidationError(_("Ce numéro SIRET n’existe pas : un chiffre n’est pas le bon."))
    return number


def is_siret(number: str) -> bool:
    """Whether the key holds: Luhn's, or for La Poste a sum of figures that 5 divides."""
    figures = [int(figure) for figure in number]
    if number.startswith(POSTE) and sum(figures) % 5 == 0:
        return True
    doubled = [2 * figure if place % 2 == 0 else figure for place, figure in enumerate(figures)]
    return sum(figure - 9 if figure > 9 else figure for figure in doubled) % 10 == 0


def read_amount(typed: str) -> Decimal | None:
    """« 3 500,50 € » → 3500.50; None for nothing. Raises ValidationError."""
    plain = re.sub(r"[\s\u00a0\u202f]|€|euros?$", "", typed.strip(), flags=re.IGNORECASE)
    if not plain:
        return None
    if not AMOUNT.fullmatch(plain):
        raise ValidationError(_("Écrivez un montant en euros, comme 3 500 ou 3 500,50."))
    try:
        amount = Decimal(plain.replace(",", "."))
    except InvalidOperation:  # what the pattern lets through is a number
        raise ValidationError(_("Écrivez un montant en euros, comme 3 500 ou 3 500,50.")) from None
    if not 0 < amount <= MOST:
        raise ValidationError(_("Le montant doit être plus grand que zéro."))
    return amount
