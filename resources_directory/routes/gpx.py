"""A route for telephones and bicycle computers (GPX 1.1, https://www.topografix.com/GPX/1/1/).

The stops stand there twice: as points, which every program shows with their words, and as a route,
in order. The order of the elements is that of the schema, which has sequences everywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.open_data.editions import licence

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .course import Course, Stop

NAMESPACE = "http://www.topografix.com/GPX/1/1"
# What XML 1.0 has no way to write.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def gpx(course: Course, request: HttpRequest) -> bytes:
    register_namespace("", NAMESPACE)
    page = course.page
    root = Element(named("gpx"), version="1.1", creator=settings.WAGTAIL_SITE_NAME)
    head = SubElement(root, named("metadata"))
    texts(head, name=page.title, desc=page.introduction)
    owner = course.record.territory
    author = SubElement(head, named("author"))
    texts(author, name=owner.full_name if owner else settings.WAGTAIL_SITE_NAME)
    terms = SubElement(head, named("copyright"), author=owner.full_name if owner else "")
    texts(terms, license=licence().url)
    link(head, page.get_full_url(request), page.title)
    changed = course.record.last_published_at or timezone.now()
    texts(head, time=changed.isoformat(timespec="seconds"))
    for stop in course.placed:
        put(root, "wpt", stop, request)
    way = SubElement(root, named("rte"))
    texts(way, name=page.title, desc=page.introduction)
    link(way, page.get_full_url(request), page.title)
    texts(way, type=course.record.get_mode_display())
    for stop in course.placed:
        put(way, "rtept", stop, request)
    if course.record.is_loop and course.placed:
        put(way, "rtept", course.placed[0], request)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def put(parent: Element, name: str, stop: Stop, request: HttpRequest) -> None:
    """`wptType`: its name, what to do there and where, and its page."""
    point, shown = stop.point, stop.actor.shown
    made = SubElement(
        parent, named(name), lat=f"{point.latitude:.6f}", lon=f"{point.longitude:.6f}"
    )
    said = {"number": stop.number, "name": shown.title}
    texts(
        made,
        name=_("%(number)d. %(name)s") % said,
        desc="\n".join(text for text in (stop.words, stop.actor.address_line) if text),
    )
    link(made, shown.get_full_url(request), shown.title)


def link(parent: Element, url: str | None, text: str) -> None:
    if url:
        texts(SubElement(parent, named("link"), href=url), text=text)


def texts(parent: Element, **words: str) -> None:
    for name, text in words.items():
        if text:
            SubElement(parent, named(name)).text = FORBIDDEN.sub("", str(text))


def named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
