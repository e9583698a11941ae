"""Field values as a revision holds them, in JSON: taken from a page, put on one, said in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.utils.text import text_from_html

Values = dict[str, Any]
# What makes the identity and the order of a line, and is no fact of it.
NOT_FACTS = {"pk", "sort_order"}
BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


def field_of(model: type[Page], name: str) -> Any:
    """A field of a page type, or the relation to its lines; None when there is none any more."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def lines_of(model: type[Page], name: str) -> type[models.Model] | None:
    """The model of the lines, when `name` is a list of lines (an inline)."""
    for relation in get_all_child_relations(model):
        if relation.get_accessor_name() == name:
            return relation.related_model
    return None


def label_of(model: type[Page], name: str) -> str:
    lines = lines_of(model, name)
    if lines is not None:
        return capfirst(str(lines._meta.verbose_name_plural))
    field = field_of(model, name)
    return capfirst(str(field.verbose_name)) if field is not None else name


def values_of(page: Page, names: Iterable[str]) -> Values:
    """The values of some fields, so that equal values are equal JSON."""
    return plain_values(type(page), page.serializable_data(), names)


def plain_values(model: type[Page], content: Mapping[str, Any], names: Iterable[str]) -> Values:
    """As `values_of`, from what a revision holds."""
    found = json.loads(json.dumps({name: content[name] for name in names}, cls=DjangoJSONEncoder))
    for name, value in found.items():
        if lines := lines_of(model, name):
            parent = parent_of(lines, model).name
            found[name] = [
                {key: kept for key, kept in line.items() if key not in {*NOT_FACTS, parent}}
                for line in value
            ]
        elif isinstance(value, list) and is_many(field_of(model, name)):
            # A set of rows has no order.
            found[name] = sorted(value)
        elif isinstance(field_of(model, name), RichTextField):
            found[name] = plain_text(value)
    return found


def plain_text(html: str) -> str:
    """Without what the editor adds to a text that it only opens and saves."""
    return BLOCK_KEYS.sub("", html).replace("<p></p>", "")


def parent_of(lines: type[models.Model], model: type[Page]) -> models.ForeignKey:
    return next(
        relation.field
        for relation in get_all_child_relations(model)
        if relation.related_model is lines
    )


def is_many(field: Any) -> bool:
    return isinstance(field, models.ManyToManyField)


def with_values(page: Page, values: Mapping[str, Any]) -> Page:
    """The page with these values and every other as it was; nothing is saved.

    A line keeps its row when the page has one of the same `key`.
    """
    content = page.serializable_data()
    for name, value in values.items():
        if lines := lines_of(type(page), name):
            known = {str(line["key"]): line for line in content[name]}
            parent = parent_of(lines, type(page)).name
            value = [
                {
                    **line,
                    "pk": known.get(line["key"], {}).get("pk"),
                    "sort_order": position,
                    parent: page.pk,
                }
                for position, line in enumerate(value)
            ]
        content[name] = value
    return page.with_content_json(content)


class Words:
    """Says values in words. Related rows are read once for all the values it is given."""

    def __init__(self, model: type[Page], zone, given: Iterable[Mapping[str, Any]]) -> None:
        self.model = model
        self.zone = zone
        self.names = self._read(given)

    def _read(self, given: Iterable[Mapping[str, Any]]) -> dict[type, dict[Any, str]]:
        asked: dict[type, set] = {}
        for values in given:
            for field, value in self._fields(values):
                if isinstance(field, models.ForeignKey | models.ManyToManyField) and value:
                    asked.setdefault(field.related_model, set()).update(
                        value if isinstance(value, list) else [value]
                    )
        return {
            model: {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}
            for model, keys in asked.items()
        }

    def _fields(self, values: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
        """The values with their fields, those of lines too."""
        for name, value in values.items():
            if lines := lines_of(self.model, name):
                for line in value:
                    yield from ((field_of(lines, key), kept) for key, kept in line.items())
            else:
                yield field_of(self.model, name), value

    def say(self, name: str, value: Any) -> str:
        """A value for people; "" for nothing."""
        if lines := lines_of(self.model, name):
            return "\n".join(self._line(lines, line) for line in value)
        return self._value(field_of(self.model, name), value)

    def _line(self, lines: type[models.Model], line: Mapping[str, Any]) -> str:
        said = []
        for field in lines._meta.fields:
            if field.name not in line or not field.editable:
                continue
            if line[field.name] == field.get_default():
                continue
            if words := self._value(field, line[field.name]):
                said.append(f"{field.verbose_name} : {words}")
        return ", ".join(said)

    def _value(self, field: Any, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        if isinstance(field, RichTextField):
            return text_from_html(value)
        if say := getattr(field, "in_words", None):
            return say(value)
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            keys = value if isinstance(value, list) else [value]
            known = self.names.get(field.related_model, {})
            return ", ".join(known.get(key, _("(supprimé)")) for key in keys)
        if isinstance(field, models.BooleanField):
            return _("oui") if value else _("non")
        if isinstance(field, models.DateTimeField):
            return date_format(localtime(datetime.fromisoformat(value), self.zone), "l j F Y, H:i")
        if isinstance(field, models.DateField):
            return date_format(date.fromisoformat(value), "j F Y")
        codes = getattr(field, "codes", None)
        choices = dict(codes.choices if codes else getattr(field, "flatchoices", ()))
        if isinstance(value, list):
            return ", ".join(str(choices.get(one, one)) for one in value)
        return str(choices.get(value, value))
