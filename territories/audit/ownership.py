"""Whose a thing is: the territory that its entry in the journal belongs to."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import ForeignKey, Model
from wagtail.models import Collection, Page, Site

from territories.models import Territory, TerritoryHomePage
from territories.pages.base import TerritoryPage
from territories.tenancy.policies import media_models


def territory_id_of(thing: Model | None) -> int | None:
    """The key of the thing's territory; None for what is the portal's, shared, or not known.

    A row belongs to the territory it names, else to that of the page it is about.
    """
    if thing is None:
        return None
    if isinstance(thing, Territory):
        return thing.pk
    if isinstance(thing, Page):
        return _of_page(thing.path)
    if isinstance(thing, Collection):
        return _of_collection(thing.path)
    if isinstance(thing, media_models()):
        return _of_collection(thing.collection.path)
    if isinstance(thing, Site):
        return Territory.objects.filter(site=thing).values_list("pk", flat=True).first()
    if hasattr(thing, "territory_id"):
        return thing.territory_id
    for field in thing._meta.concrete_fields:
        if isinstance(field, ForeignKey) and issubclass(field.related_model, TerritoryPage):
            page = getattr(thing, field.name)
            return page and page.territory_id
    return None


def stored(content_type: ContentType | None, key: str) -> Model | None:
    """The row that a log entry is about, while it is there."""
    try:
        return content_type and content_type.get_object_for_this_type(pk=key)
    except (ObjectDoesNotExist, ValidationError, ValueError, AttributeError):
        return None


# By the path, read where the page or the collection stands now: a branch that moved has another.
def _of_page(path: str) -> int | None:
    homes = TerritoryHomePage.objects.filter(path=path[: 2 * Page.steplen])
    return homes.values_list("territory", flat=True).first()


def _of_collection(path: str) -> int | None:
    """The territory's collection, or one inside it, bears its short name."""
    names = Collection.objects.filter(path=path[: 2 * Collection.steplen]).values("name")
    return Territory.objects.filter(slug__in=names).values_list("pk", flat=True).first()
