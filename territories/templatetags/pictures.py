"""A picture in several sizes and formats: the browser takes the lightest that fits."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import AbstractImage, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from territories.pictures.sizes import SIZES, filters

register = template.Library()


@register.simple_tag
def photo(image: AbstractImage, *, alt: str | None = None, first: bool = False) -> SafeString:
    """`{% photo image alt="…" first=True %}`: Wagtail's `<picture>`, in the sizes made beforehand.

    `alt` is the image's own description when it is not given. `first`: in view when the page opens,
    so asked for at once; the others wait until somebody scrolls near. Width and height are always
    said, so that nothing moves when it comes.
    """
    attributes = {"sizes": SIZES, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    if alt is not None:
        attributes["alt"] = alt
    return mark_safe(Picture(get_renditions_or_not_found(image, filters(image)), attributes))
