"""Whatever a page points at must have a name that an archive can use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page


@register
def check_names(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{model._meta.label}.{name} points at {target._meta.label}, which has no natural key: "
            "an archive of a territory cannot name it.",
            hint=f"Give {target._meta.label} natural_key(), and its manager get_by_natural_key().",
            obj=model,
            id="territories.E003",
        )
        for model, name, target in nameless()
    ]


def nameless() -> Iterator[tuple[type[Model], str, type[Model]]]:
    from territories.signals import page_types

    from .naming import MEDIA, PEOPLE
    from .pages import OF_THE_DATABASE

    named = (Page, Locale, *MEDIA, *PEOPLE)
    for page in page_types():
        rows = [
            relation.related_model
            for relation in get_all_child_relations(page)
            if relation.get_accessor_name() not in OF_THE_DATABASE
        ]
        for model in (page, *rows):
            for field in (*model._meta.fields, *model._meta.many_to_many):
                target = field.related_model
                if target is None or field.name in OF_THE_DATABASE or issubclass(target, named):
                    continue
                finds = hasattr(target._default_manager, "get_by_natural_key")
                if not (finds and hasattr(target, "natural_key")):
                    yield model, field.name, target
