"""Renditions made before a visitor asks: AVIF takes a second that nobody should wait for."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, When
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

from .sizes import SPECS, WIDTHS, filters


def lacking() -> QuerySet[AbstractImage]:
    """The images of which a rendition is still to be made, the newest first: they are read first.

    No size of ours is cut around the focal point, so an image has one rendition of each.
    """
    widths = enumerate(WIDTHS, start=1)
    wanted = Case(
        *(When(width__lte=width, then=2 * count + 1) for count, width in widths),
        default=len(SPECS),
    )
    made = Count("renditions", filter=Q(renditions__filter_spec__in=SPECS))
    images = get_image_model().objects.annotate(made=made, wanted=wanted)
    return images.filter(made__lt=F("wanted")).order_by("-pk")


def make_renditions(image: AbstractImage) -> bool:
    """Make those that lack, one by one: interrupted, the next run goes on.

    False when the file is not there, or is no picture: the page then shows a broken one, as Wagtail
    does everywhere.
    """
    try:
        for filter in filters(image):
            image.get_rendition(filter)
    except (SourceImageIOError, OSError):
        return False
    return True


def make_in_background(sender, instance: AbstractImage, raw: bool = False, **kwargs) -> None:
    from .tasks import make_renditions_of

    if not raw:
        transaction.on_commit(lambda: make_renditions_of.enqueue(instance.pk))
