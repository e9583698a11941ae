"""The records of a list, looked up once however many questions are asked of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from territories.plugins.contributions import Facet
from territories.plugins.marks import badge_pages

from .keys import Keys
from .listing import Listing
from .translations import in_language


class Selection(Listing):
    """As a Listing, for a base that is dear to find: which records are public, to come or near
    is asked once. Their keys are kept, in the order of the list; the facets narrow and count among
    them, and only the records that are shown are read whole, through `dress`.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        *,
        dress: Callable[[QuerySet], QuerySet],
        **options: Any,
    ) -> None:
        super().__init__(request, queryset, **options)
        self.dress = dress

    @cached_property
    def pool(self) -> list[int]:
        """The records that the facets have to choose from, in order."""
        return list(self.base.order_by(*self.ordering).values_list("pk", flat=True))

    @cached_property
    def keys(self) -> list[int]:
        """Those that the facets leave, in order."""
        if not self.asked:
            return self.pool
        left = set(self.narrowed(self.among(self.pool)).values_list("pk", flat=True))
        return [pk for pk in self.pool if pk in left]

    def but(self, facet: Facet) -> QuerySet:
        if facet in self.asked:
            return self.narrowed(self.among(self.pool), but=facet)
        # Its own values narrow nothing: the records of the list, which are known.
        return self.among(self.keys)

    @cached_property
    def page(self) -> PaginatorPage:
        page = Paginator(self.keys, self.per_page).get_page(self.asked_page)
        page.object_list = self.read(page.object_list)
        return page

    @property
    def number(self) -> int:
        """Known without reading the page: another view of the list may stand in its stead."""
        return Paginator(self.keys, self.per_page).get_page(self.asked_page).number

    def read(self, keys: Sequence[int]) -> list[Page]:
        """These records whole, in this order, each with `.shown` and `.badges`."""
        rows = self.dress(self.among(keys)) if keys else []
        found = {record.pk: record for record in rows}
        records = in_language([found[pk] for pk in keys if pk in found], get_language() or "")
        badge_pages(records, self.territory)
        return records

    @property
    def count(self) -> int:
        return len(self.keys)

    def among(self, keys: Collection[int]) -> QuerySet:
        return self.model.objects.filter(pk__in=Keys(keys))
