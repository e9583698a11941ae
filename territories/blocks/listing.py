"""Lists of pages inside a body: those that make themselves, and those somebody chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from territories.territory import zone_of

from .base import SharedBlock

if TYPE_CHECKING:
    from territories.models import Territory

Found = TypeVar("Found", bound=QuerySet)


class UnreadPageBlock(blocks.PageChooserBlock):
    """A page of which the body knows the number alone: whoever shows the list reads all at once.

    A body may hold many lists, and a page has 15 queries in all.
    """

    def to_python(self, value):
        return None if value is None else unread(self.model_class, value)

    def bulk_to_python(self, values):
        return [self.to_python(value) for value in values]

    def get_form_state(self, value):
        return super().get_form_state(value and value.pk)


def unread(model: type[Model], pk: int) -> Any:
    """What `only("pk")` gives, without asking: the rest is read if somebody wants it."""
    keys = [field.attname for field in model._meta.concrete_fields if field.primary_key]
    return model.from_db(DEFAULT_DB_ALIAS, keys, [pk] * len(keys))


def left_out() -> blocks.ListBlock:
    """The field `without` of a list that makes itself."""
    return blocks.ListBlock(
        UnreadPageBlock(label=_("page")),
        label=_("sans ces pages"),
        default=[],
        help_text=_("Par exemple celles dont une lettre a déjà parlé."),
    )


class ListedPagesBlock(SharedBlock):
    """A list of records; with a field `without`, some of them may be left out."""

    def listed(self, value: Mapping[str, Any], context: Mapping[str, Any]) -> Sequence[Any]:
        """Records, or lines that have one each, as the visitor reads them."""
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["lines"] = self.listed(value, context)
        return context

    def pages_told(self, value, context):
        return [line.record for line in self.listed(value, context)]

    def leave_out(self, value, pages):
        if "without" not in self.child_blocks:
            return value
        return {**value, "without": [*(value.get("without") or ()), *pages]}


def chosen_keys(pages: Iterable[Page | None]) -> list[int]:
    return [page.pk for page in pages or () if page]


def without(found: Found, value: Mapping[str, Any]) -> Found:
    """Leaves out the pages of the field `without`, chosen in whatever language."""
    keys = chosen_keys(value.get("without"))
    if not keys:
        return found
    chosen = Page.objects.filter(pk__in=keys).order_by()
    return found.exclude(translation_key__in=chosen.values("translation_key"))


def in_chosen_order(records: Iterable[Any], keys: Sequence[int]) -> list[Any]:
    """`records` with their `.shown` pages; one that was chosen twice stands where it is first."""
    places = {pk: place for place, pk in reversed(list(enumerate(keys)))}

    def place(record: Any) -> int:
        return places.get(record.pk, places.get(record.shown.pk, len(keys)))

    return sorted(records, key=place)


def start_of(day: date | None, territory: Territory | None) -> datetime | None:
    """The first moment of a day on the territory's clock."""
    return day and datetime.combine(day, time.min, zone_of(territory))


def day_of(moment: datetime, territory: Territory) -> date:
    return moment.astimezone(zone_of(territory)).date()
