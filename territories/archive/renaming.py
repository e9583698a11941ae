"""Walking all that a model holds, to give what it names another name.

Whoever reads the database for an archive turns primary keys into names, whoever writes turns names
into primary keys; both walk the same way, through fields, child rows, blocks and texts. `rename`
answers GONE for what has no name there, and the walk leaves it out: a line of a list, a block that
is nothing without it, a link (whose words stay).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyRel, ManyToOneRel, Model
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, TranslatableMixin

GONE: Any = object()

TAG = re.compile(r"<(a|embed)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
KINDS = {
    ("a", "linktype", "page"): Page,
    ("a", "linktype", "document"): get_document_model(),
    ("embed", "embedtype", "image"): get_image_model(),
}


class Elsewhere(NamedTuple):
    """A page that the archive does not hold: a text still leads to its public address."""

    url: str


class Rename(Protocol):
    def __call__(self, model: type[Model], value: Any) -> Any:
        """The new name of a row of a model, or GONE."""

    def text(self, html: str) -> str:
        """Each rich text on the way, before its links are renamed."""
        return html


@cache
def field_of(model: type[Model], name: str) -> Any:
    """The field, or the child relation, of this name; None when there is none."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def rename_fields(model: type[Model], data: Mapping[str, Any], rename: Rename) -> dict[str, Any]:
    """`data` as `serializable_data()` gives it; names that are no field of the model are left out.

    GONE as a value says that the row can be nothing without what it has lost.
    """
    found = {}
    for name, value in data.items():
        field = field_of(model, name)
        if field is None:
            continue
        found[name] = rename_value(field, value, rename)
        if name == "translation_key" and issubclass(model, TranslatableMixin):
            found[name] = rename(TranslatableMixin, value)
    return found


def rename_value(field: Any, value: Any, rename: Rename) -> Any:
    if value is None:
        return None
    if isinstance(field, ManyToOneRel):
        rows = [rename_fields(field.related_model, row, rename) for row in value]
        return [row for row in rows if GONE not in row.values()]
    if isinstance(field.remote_field, ManyToManyRel):
        names = [rename(field.related_model, one) for one in value]
        return [name for name in names if not is_lost(name)]
    if field.remote_field is not None:
        name = rename(field.related_model, value)
        return (None if field.null else GONE) if is_lost(name) else name
    if isinstance(field, StreamField):
        raw = json.loads(value) if isinstance(value, str) else value
        return rename_stream(field.stream_block, raw or [], rename)
    if isinstance(field, RichTextField):
        return rename_text(value, rename)
    return value


def is_lost(name: Any) -> bool:
    return name is GONE or isinstance(name, Elsewhere)


def rename_stream(block: blocks.StreamBlock, raw: list, rename: Rename) -> list:
    children = []
    for child in raw:
        known = block.child_blocks.get(child["type"])
        value = GONE if known is None else rename_block(known, child["value"], rename)
        if value is not GONE:
            children.append({**child, "value": value})
    return children


def rename_block(block: blocks.Block, value: Any, rename: Rename) -> Any:
    if value is None:
        return None
    if isinstance(block, blocks.StreamBlock):
        return rename_stream(block, value, rename)
    if isinstance(block, blocks.ListBlock):
        return rename_list(block, value, rename)
    if isinstance(block, blocks.StructBlock):
        found = {
            name: rename_block(block.child_blocks[name], one, rename)
            for name, one in value.items()
            if name in block.child_blocks
        }
        return GONE if GONE in found.values() else found
    if isinstance(block, blocks.ChooserBlock):
        name = GONE if value == "" else rename(block.model_class, value)
        return (GONE if block.required else None) if is_lost(name) else name
    if isinstance(block, blocks.RichTextBlock):
        return rename_text(value, rename)
    return value


def rename_list(block: blocks.ListBlock, value: list, rename: Rename) -> Any:
    items = []
    for item in value:
        # Lists stored before Wagtail 2.16 hold bare values.
        wrapped = isinstance(item, dict) and item.keys() >= {"type", "value"}
        one = rename_block(block.child_block, item["value"] if wrapped else item, rename)
        if one is not GONE:
            items.append({**item, "value": one} if wrapped else one)
    least = block.meta.min_num or 0
    return GONE if len(items) < len(value) and len(items) < least else items


def rename_text(html: str, rename: Rename) -> str:
    """Rich text as it is stored: links and images bear the identifier of what they lead to."""

    def renamed(tag: re.Match) -> str:
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag[2])}
        way = "linktype" if tag[1] == "a" else "embedtype"
        model = KINDS.get((tag[1], way, attributes.get(way)))
        if model is None or "id" not in attributes:
            return tag[0]
        name = rename(model, attributes["id"])
        if isinstance(name, Elsewhere):
            return f'<a href="{escape(name.url)}">'
        if name is GONE:
            return "<a>" if tag[1] == "a" else ""
        return re.sub(
            r'(\s)id="[^"]*"', lambda found: f'{found[1]}id="{escape(str(name))}"', tag[0]
        )

    return TAG.sub(renamed, rename.text(html))
