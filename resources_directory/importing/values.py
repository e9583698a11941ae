"""From what a file says to the values that a sheet is to have, as its revisions hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from resources_directory.codes import EVERYBODY
from resources_directory.data_inclusion import Field, Shape
from resources_directory.fields import ZONE
from resources_directory.hours.expression import read_or_none, tidy
from territories.importing.texts import cut
from territories.models import Term
from territories.spreadsheets.names import listed

from . import bounds, numbers
from .records import Resource
from .texts import BadValue, is_empty, line_of, parts_of, text_of, web_of

EMPTY = {
    Shape.CODES: [],
    Shape.TERMS: [],
    Shape.ZONE: [],
    Shape.DEGREES: None,
    Shape.DECIMAL: None,
    Shape.COUNT: None,
}
LEAST_DESCRIPTION = 5


class Reader:
    """Reads the values of one kind of record. What is not taken is said in `notes`."""

    def __init__(self, kind: Resource, *, today: date) -> None:
        self.kind = kind
        self.today = today
        self.notes: list[str] = []
        self.readers: dict[Shape, Callable[[Field, Any], Any]] = {
            Shape.TEXT: self.text,
            Shape.LINE: self.line,
            Shape.DAY: lambda field, raw: numbers.day_of(raw, self.today).isoformat(),
            Shape.WEB: self.web,
            Shape.MAIL: self.mail,
            Shape.PHONE: self.phone,
            Shape.HOURS: self.hours,
            Shape.SIRET: lambda field, raw: numbers.siret_of(raw),
            Shape.POSTCODE: lambda field, raw: numbers.postcode_of(raw),
            Shape.INSEE: lambda field, raw: numbers.insee_of(raw),
            Shape.DEGREES: self.degrees,
            Shape.CODE: self.code,
            Shape.CODES: self.codes,
            Shape.TERMS: self.terms,
            Shape.ZONE: self.zone,
            Shape.DECIMAL: lambda field, raw: numbers.decimal_of(raw),
            Shape.COUNT: lambda field, raw: numbers.count_of(raw),
        }

    def value(self, field: Field, raw: Any) -> Any:
        """Raises BadValue."""
        if is_empty(raw):
            return empty(field)
        if isinstance(raw, dict):
            raise BadValue(_("cette valeur n’est pas de la forme attendue"))
        return self.readers[field.shape](field, raw)

    def say(self, field: Field, sentence: str) -> None:
        self.notes.append(f"{field.name} : {sentence}.")

    def model_field(self, field: Field) -> Any:
        return self.kind.model._meta.get_field(field.ours)

    def text(self, field: Field, raw: Any) -> str:
        text = text_of(raw)
        if len(text) > bounds.TEXT:
            self.say(field, _("coupé à %(most)s caractères") % {"most": bounds.TEXT})
            text = text[: bounds.TEXT].rstrip()
        if field.name == "description" and len(text) < LEAST_DESCRIPTION:
            raise BadValue(_("« %(value)s » est trop court") % numbers.said(raw))
        return text

    def line(self, field: Field, raw: Any) -> str:
        text = line_of(raw)
        most = self.model_field(field).max_length
        if field.name != "nom" and len(text) > most:
            self.say(field, _("coupé à %(most)s caractères") % {"most": most})
            text = cut(text, most)
        return text

    def web(self, field: Field, raw: Any) -> str:
        found = web_of(raw)
        if not found or len(found) > self.model_field(field).max_length:
            raise BadValue(_("« %(value)s » n’est pas une adresse web") % numbers.said(raw))
        return found

    def mail(self, field: Field, raw: Any) -> str:
        found = line_of(raw).removeprefix("mailto:")
        try:
            validate_email(found)
        except ValidationError:
            found = ""
        if not found or len(found) > self.model_field(field).max_length:
            raise BadValue(_("« %(value)s » n’est pas une adresse e-mail") % numbers.said(raw))
        return found

    def phone(self, field: Field, raw: Any) -> str:
        found = numbers.phone_of(raw)
        if sum(map(str.isdigit, found)) < sum(map(str.isdigit, line_of(raw))) - 3:
            self.say(field, _("de « %(value)s », seul le premier est repris") % numbers.said(raw))
        return found

    def hours(self, field: Field, raw: Any) -> str:
        """What cannot be read stays word for word, as a comment: nobody is told that it is open."""
        text = tidy(line_of(raw))
        most = self.model_field(field).max_length
        if len(text) <= most and read_or_none(text):
            return text
        words = text.replace('"', "”")
        self.say(
            field,
            _("gardés tels quels, sans pouvoir dire quand c’est ouvert : « %(value)s »")
            % numbers.said(raw),
        )
        return f'"{cut(words, most - 2)}"'

    def degrees(self, field: Field, raw: Any) -> float:
        return numbers.degrees_of(raw, 90 if field.name == "latitude" else 180)

    def code(self, field: Field, raw: Any) -> str:
        codes = parts_of(raw)
        known = self.known(codes, [code for code, _label in self.model_field(field).choices])
        if len(codes) > 1:
            raise BadValue(_("un seul code est possible : %(codes)s") % {"codes": listed(codes)})
        if not known:
            raise BadValue(_("code inconnu : %(codes)s") % {"codes": listed(codes)})
        return known[0]

    def codes(self, field: Field, raw: Any) -> list[str]:
        codes = parts_of(raw)
        found = self.known(codes, self.model_field(field).codes.values)
        return self.taken(field, codes, found, found)

    def terms(self, field: Field, raw: Any) -> list[int]:
        codes = parts_of(raw)
        rows = self.vocabulary[self.model_field(field).remote_field.limit_choices_to["kind"]]
        found = self.known(codes, rows)
        if field.name == "publics" and EVERYBODY in found and len(found) > 1:
            self.say(field, _("« tous-publics » va seul : les autres sont laissés de côté"))
            self.taken(field, codes, found, found)
            found = [EVERYBODY]
            codes = found
        return self.taken(field, codes, found, sorted(rows[code] for code in found))

    def zone(self, field: Field, raw: Any) -> list[str]:
        written = parts_of(
            raw
            if isinstance(raw, list)
            else numbers.digits(raw)
            if (isinstance(raw, int | float))
            else raw
        )
        codes = list(dict.fromkeys(numbers.zone_code(code) for code in written))
        found = [code for code in codes if ZONE.fullmatch(code)]
        return self.taken(field, codes, found, found)

    def known(self, codes: Iterable[str], known: Iterable[str]) -> list[str]:
        """In the order of the list."""
        asked = set(codes)
        return [code for code in known if code in asked]

    def taken(self, field: Field, codes: list[str], found: Iterable[str], values: Any) -> Any:
        """Raises BadValue when nothing of it is known."""
        if strange := [code for code in codes if code not in set(found)]:
            sentence = _("code inconnu : %(codes)s") % {"codes": listed(strange)}
            if not found:
                raise BadValue(sentence)
            self.say(field, sentence)
        return values

    @cached_property
    def vocabulary(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for kind, code, pk in Term.objects.order_by("pk").values_list("kind", "code", "pk"):
            found.setdefault(kind, {})[code] = pk
        return found


def empty(field: Field) -> Any:
    value = EMPTY.get(field.shape, "")
    return list(value) if isinstance(value, list) else value
