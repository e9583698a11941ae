"""The panes of a façade with their colours in them, for paper: no style sheet reaches there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

from territories.appearance.facade import PAIRS, PANE, Pane
from territories.sharing.outlines import symbols


def drawn_panes(panes: Sequence[Pane], colours: Mapping[str, str]) -> SafeString:
    """SVG groups, each pane 40 units wide; `colours` by the names that `PAIRS` has."""
    group = ElementTree.Element("g")
    for pane in panes:
        wall, front = (colours[name] for name in PAIRS[pane.palette])
        turn = f" rotate({pane.turn} {PANE // 2} {PANE // 2})" if pane.turn else ""
        place = f"translate({pane.column * PANE} {pane.row * PANE}){turn}"
        drawn = ElementTree.SubElement(group, "g", {"transform": place, "fill": wall})
        for shape in symbols()[f"m-{pane.name}"]:
            attributes = {name: value for name, value in shape.attrib.items() if name != "fill"}
            if shape.get("fill") == "currentColor":
                attributes["fill"] = front
            ElementTree.SubElement(drawn, local(shape), attributes)
    return written(group)


def drawn_icon(name: str) -> SafeString:
    icon = ElementTree.Element(
        "svg", {"class": "i", "viewBox": "0 0 24 24", "aria-hidden": "true", "focusable": "false"}
    )
    line = {"fill": "none", "stroke": "currentColor", "stroke-width": "2"}
    for shape in symbols()[f"i-{name}"]:
        ElementTree.SubElement(icon, local(shape), shape.attrib | line)
    return written(icon)


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def written(element: ElementTree.Element) -> SafeString:
    # Made of our own sprite and of colours that were read as colours.
    return mark_safe(ElementTree.tostring(element, encoding="unicode"))
