"""What wagtail-localize knows of the pages, so that a translation can go on being edited.

A source keeps what its page said when it was sent to translation; its segments are cut from that
again by wagtail-localize itself, and are not in the archive. Strings are shared by the whole
installation: those of an archive are found or added, never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationSource

from .naming import Names
from .pages import travelling
from .renaming import GONE, Rename, field_of, is_lost, rename_block, rename_value

if TYPE_CHECKING:
    from territories.models import Territory


def translation_rows(territory: Territory, names: Names) -> Iterator[dict[str, Any]]:
    pks = {name: pk for pk, name in names.pages.items()}
    keys = {name.partition(":")[2] for name in names.pages.values()}
    sources = TranslationSource.objects.filter(object__in=keys).select_related("locale", "object")
    for source in sources.order_by("object", "locale").iterator(chunk_size=100):
        page = f"{source.locale.language_code}:{source.object_id}"
        if page not in pks:
            continue
        model = source.specific_content_type.model_class()
        content = json.loads(source.content_json)
        names.place = page
        yield {
            "page": page,
            "repr": source.object_repr,
            "fields": travelling(model, content, names),
            "last_updated_at": source.last_updated_at,
            "translations": [
                {"language": language, "enabled": enabled}
                for language, enabled in source.translations.order_by(
                    "target_locale__language_code"
                ).values_list("target_locale__language_code", "enabled")
            ],
            "strings": list(string_rows(source)),
            "overrides": list(override_rows(source, model, content, names)),
        }
    names.place = ""


def string_rows(source: TranslationSource) -> Iterator[dict[str, Any]]:
    found = StringTranslation.objects.filter(
        context__object=source.object, translation_of__locale=source.locale
    ).select_related("translation_of", "context", "locale")
    for one in found.order_by("context__path", "locale__language_code", "translation_of__data"):
        yield {
            "language": one.locale.language_code,
            "path": one.context.path,
            "text": one.translation_of.data,
            "data": one.data,
            "type": one.translation_type,
            "tool": one.tool_name,
            "has_error": one.has_error,
            "error": one.field_error,
        }


def override_rows(
    source: TranslationSource, model: type[Page], content: dict[str, Any], names: Names
) -> Iterator[dict[str, Any]]:
    found = SegmentOverride.objects.filter(context__object=source.object)
    found = found.select_related("context", "locale")
    for one in found.order_by("context__path", "locale__language_code"):
        value = rename_at(model, content, one.context.path, one.data, names)
        if value is not GONE:
            yield {
                "language": one.locale.language_code,
                "path": one.context.path,
                "value": value,
                "has_error": one.has_error,
                "error": one.field_error,
            }


def rename_at(
    model: type[Page], content: dict[str, Any], path: str, value: Any, rename: Rename
) -> Any:
    """Rename what stands at a path of wagtail-localize: a field, or a block of its stream."""
    name, *below = path.split(".")
    field = field_of(model, name)
    if field is None:
        return GONE
    if not below or not isinstance(field, StreamField):
        renamed = rename_value(field, value, rename)
    else:
        raw = content.get(name) or []
        raw = json.loads(raw) if isinstance(raw, str) else raw
        block = block_at(field.stream_block, raw, below)
        renamed = GONE if block is None else rename_block(block, value, rename)
    return GONE if is_lost(renamed) else renamed


def block_at(block: Block, raw: Any, path: list[str]) -> Block | None:
    """The definition of the block at the end of a path of identifiers and names."""
    if not path:
        return block
    step, *below = path
    if isinstance(block, StructBlock):
        child = block.child_blocks.get(step)
        return child and block_at(child, (raw or {}).get(step), below)
    if isinstance(block, StreamBlock | ListBlock):
        for item in raw or []:
            if isinstance(item, dict) and item.get("id") == step:
                child = (
                    block.child_block
                    if isinstance(block, ListBlock)
                    else block.child_blocks.get(item["type"])
                )
                return child and block_at(child, item["value"], below)
    return None
