"""The picture of an event, for those who show it on a site of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from wagtail.images import get_image_model

from agenda.models import EventPage
from territories.pictures.sizes import FALLBACK_WIDTH, spec

# The one that every program shows. It is made when the image is uploaded, never by a reader.
SHARED = spec("jpeg", FALLBACK_WIDTH)


@dataclass(frozen=True)
class Picture:
    """`url` may be a path; `size` in bytes, 0 when the file cannot be asked."""

    url: str
    name: str
    width: int
    height: int
    size: int
    credit: str
    mime: str = "image/jpeg"


def with_pictures() -> Prefetch:
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec=SHARED)
    return Prefetch("image__renditions", renditions, to_attr="shared_renditions")


def picture_of(event: EventPage) -> Picture | None:
    """`event`: read `with_pictures()`. None until its rendition is made."""
    for rendition in event.image.shared_renditions if event.image else ():
        try:
            size = rendition.file.size
        except OSError:
            size = 0
        return Picture(
            url=rendition.url,
            name=rendition.file.name.rsplit("/", 1)[-1],
            width=rendition.width,
            height=rendition.height,
            size=size,
            credit=getattr(event.image, "credit", ""),
        )
    return None
