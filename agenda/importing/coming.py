"""What OpenAgenda says of how to come: its price, its conditions, where to register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from territories.importing.texts import cut, one_line, web_address
from territories.pages.base import SOURCE_LANGUAGE

PHONE = re.compile(r"^\+?[\d .()\-]{3,25}$")
FREE = re.compile(r"\b(gratuit\w*|entrée libre|accès libre|free)\b", re.I)
PRICED = re.compile(r"\d\s*(?:€|euros?\b|eur\b)|\btarifs?\b|\bpayant", re.I)
COST, CONDITIONS, REGISTRATION = 200, 255, 250


def words_of(value: Any) -> tuple[str, str]:
    """The words and their language: French first, else the first there are."""
    if not isinstance(value, dict):
        return (str(value) if value else ""), ""
    known = {str(code): str(text) for code, text in value.items() if text and str(text).strip()}
    code = SOURCE_LANGUAGE if SOURCE_LANGUAGE in known else next(iter(known), "")
    return known.get(code, ""), code


def text_of(value: Any) -> str:
    return words_of(value)[0]


def price_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """`conditions` says the price, who may come, or how to book: in words. Nothing is said to be
    free but what says so itself."""
    words = one_line(text_of(item.get("conditions")))
    ages = item.get("age") or {}
    low, high = ages.get("min"), ages.get("max")
    age = ""
    if isinstance(low, int) and isinstance(high, int) and 0 < low <= high < 100:
        age = _("De %(low)s à %(high)s ans.") % {"low": low, "high": high}
    is_free = bool(FREE.search(words)) and not PRICED.search(words)
    is_price = bool(PRICED.search(words))
    conditions = " ".join(filter(None, [age, "" if is_price else words]))
    return {
        "is_free": is_free,
        "cost": cut(words, COST) if is_price else "" if is_free else _("Prix non précisé"),
        "conditions": cut(conditions, CONDITIONS),
    }


def registration_of(value: Any) -> dict[str, str]:
    """The first link, telephone and mailbox; what comes after them in words."""
    found: dict[str, str] = {
        "registration_link": "",
        "registration_phone": "",
        "registration_email": "",
    }
    more: list[str] = []
    for item in value if isinstance(value, list) else []:
        text = one_line(item.get("value") if isinstance(item, dict) else item)[:2000]
        text = text.removeprefix("mailto:").removeprefix("tel:")
        if web_address(text):
            name = "registration_link"
        elif PHONE.fullmatch(text):
            name = "registration_phone"
        elif is_mailbox(text):
            name = "registration_email"
        else:
            continue
        if not found[name]:
            found[name] = text
        elif text not in found.values() and text not in more and name == "registration_phone":
            more.append(text)
    return {**found, "registration": cut(", ".join(more), REGISTRATION)}


def is_mailbox(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
