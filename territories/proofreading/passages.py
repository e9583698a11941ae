"""The words of a page, field by field and block by block, with what is marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple

from django.db.models import CharField, EmailField, ForeignKey, SlugField, TextField, URLField
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from territories.blocks.content import CalloutBlock, HeadingBlock

# What is no sentence of anybody's, though it is a text.
FACTS = frozenset({"slug", "seo_title", "name", "phone", "number"})
NOT_PROSE = (SlugField, URLField, EmailField)


class Heading(NamedTuple):
    level: int
    text: str


class Link(NamedTuple):
    text: str
    address: str


class Picture(NamedTuple):
    alt: str
    title: str


@dataclass
class Passage:
    """One field or block. `loose`: the text outside links. `above`: the level of the heading that
    its first heading follows, None: that of the passage before."""

    where: str
    anchor: str
    paragraphs: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    loose: str = ""
    bare_tables: int = 0
    above: int | None = None
    # A name or a title is no sentence.
    is_title: bool = False

    @property
    def texts(self) -> list[str]:
        return [*(heading.text for heading in self.headings), *self.paragraphs]


def passages_of(page: Page) -> Iterator[Passage]:
    """Those that are words: facts, kept once for every language, are no affair of a proofreader."""
    yield from _of_fields(page)


def _of_fields(page: Any, before: str = "") -> Iterator[Passage]:
    """Of a page, or of a line of one: `before` stands before its names in the form."""
    for translatable in get_translatable_fields(type(page)):
        name = translatable.field_name
        if not isinstance(translatable, TranslatableField) or name in FACTS:
            continue
        model_field = page._meta.get_field(name)
        value = getattr(page, name, None)
        if model_field.one_to_many:
            for position, line in enumerate(value.all()):
                yield from _of_fields(line, f"{before}{name}-{position}-")
        elif isinstance(model_field, StreamField):
            yield from _of_stream(value)
        elif isinstance(model_field, RichTextField):
            # Under the heading that the template gives it.
            yield of_html(value or "", _named(model_field), _panel(before + name), above=2)
        elif isinstance(model_field, CharField | TextField) and not (
            isinstance(model_field, NOT_PROSE) or model_field.choices
        ):
            anchor = _panel(before + name)
            yield of_plain(value or "", _named(model_field), anchor, name == "title")
            yield from _picture_beside(page, name)


def _picture_beside(page: Page, name: str) -> Iterator[Passage]:
    """`image_alt` says what the picture of the field `image` shows."""
    if not name.endswith("_alt"):
        return
    try:
        beside = page._meta.get_field(name.removesuffix("_alt"))
    except LookupError:
        return
    if isinstance(beside, ForeignKey) and isinstance(
        picture := getattr(page, beside.name, None), get_image_model()
    ):
        alt = getattr(page, name) or ""
        yield Passage(_named(beside), _panel(name), pictures=[Picture(alt, picture.title)])


def _named(model_field: Any) -> str:
    name = str(model_field.verbose_name)
    return name[:1].upper() + name[1:]


def _panel(name: str) -> str:
    """The id that Wagtail gives to the label of a field, in whichever group it stands."""
    return f"id_{name}-label"


def _of_stream(stream: Any) -> Iterator[Passage]:
    for child in stream or ():
        anchor = f"block-{child.id}-section"
        yield from _of_block(child.block, child.value, str(child.block.label), anchor)


def _of_block(block: blocks.Block, value: Any, where: str, anchor: str) -> Iterator[Passage]:
    if isinstance(value, RichText):
        yield of_html(value.source, where, anchor)
    elif isinstance(block, HeadingBlock):
        level = str(value.get("level") or "h2")
        heading = Heading(int(level[1:]) if level[1:].isdigit() else 2, value.get("text") or "")
        yield Passage(where, anchor, headings=[heading])
    elif isinstance(block, blocks.StructBlock):
        yield from _of_struct(block, value, where, anchor)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _of_block(block.child_block, item, where, anchor)
    elif isinstance(block, blocks.BaseStreamBlock):
        yield from _of_stream(value)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield of_plain(str(value or ""), where, anchor)
    elif isinstance(value, dict) and isinstance(value.get("data"), list):
        has_header = value.get("first_row_is_table_header") or value.get("first_col_is_header")
        yield Passage(where, anchor, bare_tables=0 if has_header else 1)


def _of_struct(block: blocks.StructBlock, value: Any, where: str, anchor: str) -> Iterator[Passage]:
    picture, alt = None, None
    for name, child in block.child_blocks.items():
        part = value.get(name) if value else None
        if name == "alt":
            alt = part or ""
        elif isinstance(part, get_image_model()):
            picture = part
        elif isinstance(part, get_document_model()):
            yield Passage(where, anchor, documents=[value.get("label") or part.title])
        elif name == "title" and not isinstance(block, CalloutBlock):
            if part:
                yield Passage(where, anchor, headings=[Heading(2, part)])
        elif name not in FACTS:
            yield from _of_block(child, part, where, anchor)
    if picture is not None:
        described = alt if "alt" in block.child_blocks else picture.description
        yield Passage(where, anchor, pictures=[Picture(described or "", picture.title)])


def of_plain(text: str, where: str, anchor: str, is_title: bool = False) -> Passage:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Passage(where, anchor, paragraphs=lines, loose="\n".join(lines), is_title=is_title)


def of_html(html: str, where: str, anchor: str, above: int | None = None) -> Passage:
    """Reads any HTML, that of Wagtail's rich text or what somebody pasted."""
    passage = Passage(where, anchor, above=above)
    reader = _Reader(passage)
    # Comments say nothing, and the parser stumbles over declarations.
    without_comments = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    reader.feed(re.sub(r"<+(?=[!?])", "", without_comments))
    reader.close()
    reader.end_paragraph()
    passage.loose = "".join(reader.loose)
    return passage


class _Reader(HTMLParser):
    BREAKS = frozenset(
        {"p", "li", "ul", "ol", "div", "br", "hr", "td", "th", "tr", "table", "blockquote", "dd",
         "dt"}
    )  # fmt: skip

    def __init__(self, passage: Passage) -> None:
        super().__init__(convert_charrefs=True)
        self.passage = passage
        self.loose: list[str] = []
        self._words: list[str] = []
        self._link: list[str] | None = None
        self._address = ""
        self._level = 0
        self._table_has_header: bool | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in self.BREAKS:
            self.end_paragraph()
        if _is_heading(tag):
            self.end_paragraph()
            self._level = int(tag[1])
        elif tag == "a":
            self._link = []
            self._address = given.get("href") or f"{given.get('linktype')}:{given.get('id')}"
        elif tag == "img" or (tag == "embed" and given.get("embedtype") == "image"):
            self.passage.pictures.append(Picture(given.get("alt", ""), ""))
        elif tag == "table":
            self._table_has_header = False
        elif tag == "th" and self._table_has_header is not None:
            self._table_has_header = True

    def handle_endtag(self, tag: str) -> None:
        if _is_heading(tag) or tag in self.BREAKS:
            self.end_paragraph(heading=_is_heading(tag))
        elif tag == "a" and self._link is not None:
            self.passage.links.append(Link(" ".join("".join(self._link).split()), self._address))
            self._link = None
        if tag == "table":
            self.passage.bare_tables += self._table_has_header is False
            self._table_has_header = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._link is None:
            self.loose.append(data)
        else:
            self._link.append(data)

    def end_paragraph(self, *, heading: bool = False) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        self.loose.append("\n")
        if self._level and (heading or text):
            self.passage.headings.append(Heading(self._level, text))
            self._level = 0
        elif text:
            self.passage.paragraphs.append(text)


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"
