"""Giving wagtail-localize what an archive says of translations, so that they can go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)

from .finding import Found
from .putting import written
from .renaming import GONE
from .translations import rename_at


def put_translation(row: Mapping[str, Any], model: type[Page], found: Found) -> None:
    """One page's source, its translations and their words. Safe to run twice."""
    page = model.objects.get(pk=found.made[row["page"]])
    content = {**page.serializable_data(), **written(model, row["fields"], found)}
    made, _created = TranslatableObject.objects.get_or_create_from_instance(page)
    source, _created = TranslationSource.objects.update_or_create(
        object=made,
        locale_id=page.locale_id,
        specific_content_type=ContentType.objects.get_for_model(model),
        defaults={
            "object_repr": row["repr"][:200],
            "content_json": json.dumps(content, cls=DjangoJSONEncoder),
            "schema_version": get_schema_version(model._meta.app_label),
            "last_updated_at": row["last_updated_at"],
        },
    )
    source.refresh_segments()
    for one in row["translations"]:
        Translation.objects.update_or_create(
            source=source,
            target_locale_id=found.locales[one["language"]],
            defaults={"enabled": one["enabled"]},
        )
    for one in row["strings"]:
        put_string(one, source, found)
    for one in row["overrides"]:
        value = rename_at(model, row["fields"], one["path"], one["value"], found)
        if value is not GONE:
            SegmentOverride.objects.update_or_create(
                context=context_at(source, one["path"], found),
                locale_id=found.locales[one["language"]],
                defaults={
                    "data_json": json.dumps(value),
                    "has_error": one["has_error"],
                    "field_error": one["error"],
                },
            )


def put_string(row: Mapping[str, Any], source: TranslationSource, found: Found) -> None:
    """The text in the source language may be everybody's: it is found or added, never changed."""
    text, _created = String.objects.get_or_create(
        locale_id=source.locale_id,
        data_hash=String._get_data_hash(row["text"]),
        defaults={"data": row["text"]},
    )
    StringTranslation.objects.update_or_create(
        translation_of=text,
        locale_id=found.locales[row["language"]],
        context=context_at(source, row["path"], found),
        defaults={
            "data": row["data"],
            "translation_type": row["type"],
            "tool_name": row["tool"],
            "has_error": row["has_error"],
            "field_error": row["error"],
        },
    )


def context_at(source: TranslationSource, path: str, found: Found) -> TranslationContext:
    # Child rows stand in a path by their translation key.
    renewed = ".".join(found.renewed.get(step, step) for step in path.split("."))
    return TranslationContext.objects.get_or_create(object=source.object, path=renewed)[0]
