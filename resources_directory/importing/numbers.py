"""Numbers that are none: a postcode, a SIRET, a day, after a spreadsheet has counted with them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources_directory.data_inclusion.rows import e164
from resources_directory.models.records import phone_number

from .texts import BadValue, is_empty, line_of, number_words

SIRET_LENGTH = 14
PHONE = re.compile(r"(?:\+33|0033|0)[\s.\-]*[1-9](?:[\s.\-]*\d){8}")
EXCEL_EPOCH = date(1899, 12, 30)
# 1990 to 2149 in the days of a spreadsheet.
EXCEL_DAYS = range(32_874, 91_311)
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
FIRST_YEAR = 1990
OVERSEAS = ("+262", "+590", "+594", "+596", "+33")


def digits(value: Any) -> str:
    """« 824 541 148 01871 » in one piece."""
    if isinstance(value, str):
        # « 59260.0 » was a number once; « 824 541 148 » is one for whoever reads it.
        return re.sub(r"[\s.\u202f]+", "", re.sub(r"\.0$", "", line_of(value)))
    return number_words(value)


def siret_of(value: Any) -> str:
    """A zero that was lost at the start is put back when the control figure then is right."""
    found = digits(value)
    if re.fullmatch(r"\d{14}", found):
        return found
    if re.fullmatch(r"\d{12,13}", found):
        whole = found.zfill(SIRET_LENGTH)
        if passes_luhn(whole):
            return whole
    raise BadValue(_("« %(value)s » n’est pas un SIRET, qui a 14 chiffres") % said(value))


def passes_luhn(number: str) -> bool:
    doubled = [int(figure) * (1 + at % 2) for at, figure in enumerate(reversed(number))]
    return sum(figure - 9 if figure > 9 else figure for figure in doubled) % 10 == 0


def postcode_of(value: Any) -> str:
    """No French postcode has four figures: those had a zero in front."""
    found = digits(value)
    if re.fullmatch(r"[1-9]\d{3}", found):
        found = f"0{found}"
    if not re.fullmatch(r"\d{5}", found):
        raise BadValue(_("« %(value)s » n’est pas un code postal, qui a 5 chiffres") % said(value))
    return found


def insee_of(value: Any) -> str:
    found = digits(value).upper()
    if re.fullmatch(r"[1-9]\d{3}", found):
        found = f"0{found}"
    if not re.fullmatch(r"\d{5}|2[AB]\d{3}", found):
        raise BadValue(_("« %(value)s » n’est pas un code INSEE de commune") % said(value))
    return found


def zone_code(text: str) -> str:
    """The code of a commune or a department with the zero that a spreadsheet took from it."""
    code = re.sub(r"\.0$", "", text.strip()).upper()
    if re.fullmatch(r"[1-9]\d{3}|[1-9]", code):
        return f"0{code}"
    return "france" if code == "FRANCE" else code


def degrees_of(value: Any, most: int) -> float:
    text = line_of(value).replace(",", ".").replace(" ", "")
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not -most <= found <= most:
        raise BadValue(_("« %(value)s » ne se lit pas en degrés") % said(value))
    return found


def day_of(value: Any, today: date) -> date:
    """ISO 8601, « 23/02/2026 », or a day as a spreadsheet counts it."""
    found = read_day(value)
    if found is None:
        raise BadValue(_("« %(value)s » n’est pas une date") % said(value))
    if not found.year >= FIRST_YEAR or found > today + timedelta(days=1):
        raise BadValue(_("vérifiez l’année de « %(value)s »") % said(value))
    return found


def read_day(value: Any) -> date | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return EXCEL_EPOCH + timedelta(days=int(value)) if int(value) in EXCEL_DAYS else None
    text = line_of(value)
    try:
        if found := FRENCH_DAY.match(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def decimal_of(value: Any) -> str:
    """As the field keeps it: two places, below 1000."""
    try:
        found = Decimal(line_of(value).replace(",", ".").replace(" ", ""))
        found = found.quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        found = Decimal(-1)
    if not 0 <= found < 1000:
        raise BadValue(_("« %(value)s » n’est pas un nombre d’heures par semaine") % said(value))
    return str(found)


def count_of(value: Any) -> int:
    text = re.sub(r"[.,]0+$", "", line_of(value))
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not int(text) >= 1:
        raise BadValue(_("« %(value)s » n’est pas un nombre de semaines") % said(value))
    return int(text)


def phone_of(value: Any) -> str:
    """« 05 36 49 12 00 » for a French number, whatever way it is written; a short or a foreign
    one as it stands."""
    text = line_of(value)
    if isinstance(value, int | float) and re.fullmatch(r"[1-9]\d{8}", digits(value)):
        text = f"0{digits(value)}"
    if not re.search(r"[^\W\d_]|/", text) and (found := national(text)):
        return found
    if len(text) <= 25 and is_phone(text):
        return text
    if one := PHONE.search(text):
        return national(one[0])
    raise BadValue(_("« %(value)s » n’est pas un numéro de téléphone") % said(value))


def national(text: str) -> str:
    """ "" for what is no French number of ten figures."""
    compact = re.sub(r"\(0\)|[^0-9+]", "", text)
    compact = re.sub(r"^00", "+", compact)
    for prefix in OVERSEAS:
        if compact.startswith(prefix) and len(compact) == len(prefix) + 9:
            compact = f"0{compact.removeprefix(prefix)}"
            # Not when the country would come back as another.
            if e164(compact) != re.sub(r"^0", prefix, compact):
                return ""
            break
    if not re.fullmatch(r"0[1-9]\d{8}", compact, re.ASCII):
        return ""
    return " ".join(compact[at : at + 2] for at in range(0, 10, 2))


def is_phone(text: str) -> bool:
    try:
        phone_number(text)
    except ValidationError:
        return False
    return True


def said(value: Any) -> dict[str, str]:
    text = "" if is_empty(value) else line_of(value) or str(value)
    return {"value": f"{text[:39]}…" if len(text) > 40 else text}
