"""What a page of any language may have wrong: pictures, headings, links, tables, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .findings import Finding, shortened
from .passages import Passage

ALT_LENGTH = 150
FILE_NAME = re.compile(
    r"\.(avif|bmp|docx?|gif|jpe?g|odt|pdf|png|pptx?|svg|webp|xlsx?)$"
    r"|^(img|dsc|scan)[-_ ]?\d+|\w_\w",
    re.IGNORECASE,
)
EMPTY_WORDS = re.compile(
    r"(une? )?(image|photo|photographie|illustration|logo|visuel|picture|dessin)( \d+)?",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+[^\s<>.,;:!?)]", re.IGNORECASE)


def pictures(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for picture in passage.pictures:
            alt = picture.alt.strip()
            if not alt:
                yield Finding(
                    "alt-missing", passage.where, passage.anchor, picture.title,
                    _("Dites en une phrase ce que montre l’image, à qui ne la voit pas."),
                )  # fmt: skip
            elif FILE_NAME.search(alt) or EMPTY_WORDS.fullmatch(alt):
                yield Finding(
                    "alt-useless", passage.where, passage.anchor, shortened(alt),
                    _("Ces mots ne disent pas ce que l’on voit. Décrivez la scène."),
                )  # fmt: skip
            elif len(alt) > ALT_LENGTH:
                yield Finding(
                    "alt-useless", passage.where, passage.anchor, shortened(alt),
                    _("C’est long à écouter. Gardez l’essentiel, mettez le reste dans le texte."),
                )  # fmt: skip


def headings(passages: Sequence[Passage]) -> Iterator[Finding]:
    """The title of the page is the first level; each other goes down by one at most."""
    before = 1
    for passage in passages:
        before = before if passage.above is None else passage.above
        for heading in passage.headings:
            if not heading.text.strip():
                yield Finding(
                    "heading-empty", passage.where, passage.anchor, "",
                    _("Écrivez un titre, ou retirez-le."),
                )  # fmt: skip
                continue
            if heading.level > before + 1:
                yield Finding(
                    "heading-skipped", passage.where, passage.anchor, shortened(heading.text),
                    _("Mettez d’abord un titre de partie : on lit en allant de titre en titre."),
                )  # fmt: skip
            before = heading.level


def links(passages: Sequence[Passage]) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for passage in passages:
        for link in passage.links:
            said = link.text.casefold()
            if BARE_ADDRESS.search(link.text):
                yield _bare(passage, link.text)
            elif said and known.setdefault(said, link.address) != link.address:
                yield Finding(
                    "link-twice", passage.where, passage.anchor, shortened(link.text),
                    _("Deux liens disent la même chose et mènent ailleurs. Changez l’un d’eux."),
                )  # fmt: skip
        for address in BARE_ADDRESS.findall(passage.loose):
            yield _bare(passage, address)


def _bare(passage: Passage, text: str) -> Finding:
    return Finding(
        "link-bare", passage.where, passage.anchor, shortened(text),
        _("Une adresse se lit mal. Mettez le lien sur des mots qui disent où il mène."),
    )  # fmt: skip


def tables(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for _table in range(passage.bare_tables):
            yield Finding(
                "table-header", passage.where, passage.anchor, "",
                _("Donnez un titre à chaque colonne : on sait alors ce que dit chaque case."),
            )  # fmt: skip


def documents(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for name in passage.documents:
            if not name.strip() or FILE_NAME.search(name.strip()):
                yield Finding(
                    "document-name", passage.where, passage.anchor, shortened(name),
                    _("Dites ce qu’il contient, par exemple « Programme de mars »."),
                )  # fmt: skip
