"""What is wrong with a letter before it leaves, in sentences for whoever writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .destinations import Destination, destinations_of
from .letter import HEAVIEST, BrokenLetter, Letter, Part, render_letter
from .plain import plain_text

if TYPE_CHECKING:
    from newsletter.models import NewsletterPage

# What a camera, a telephone or a computer calls a picture; nobody sees anything in it.
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?)"
    r"|(?:img|dsc[nf]?|pxl|image|photo|capture|screenshot|whatsapp image)[-_ ]?[\d_-]*",
    re.IGNORECASE,
)

# Beside each destination: the sentence, and whether the letter may leave so.
_SENTENCES: Mapping[Destination, tuple[Any, bool]] = {
    Destination.NOWHERE: (
        gettext_lazy(
            "le lien « %(words)s » ne mène nulle part : sa page a été supprimée, ou son adresse "
            "est vide."
        ),
        True,
    ),
    Destination.MALFORMED: (
        gettext_lazy("le lien « %(words)s » a une adresse mal écrite : %(address)s."),
        True,
    ),
    Destination.UNKNOWN: (
        gettext_lazy("le lien « %(words)s » mène à une page qui n’existe pas : %(address)s."),
        True,
    ),
    Destination.OFFLINE: (
        gettext_lazy("le lien « %(words)s » mène à une page qui n’est pas en ligne : %(address)s."),
        True,
    ),
    Destination.CLOSED: (
        gettext_lazy(
            "le lien « %(words)s » mène à une rubrique qui n’est pas ouverte sur ce territoire : "
            "%(address)s."
        ),
        True,
    ),
    Destination.ADMIN: (
        gettext_lazy(
            "le lien « %(words)s » mène à l’administration, que vos lecteurs ne peuvent pas "
            "ouvrir : %(address)s. Choisissez la page du site."
        ),
        True,
    ),
    Destination.LOCAL: (
        gettext_lazy(
            "le lien « %(words)s » ne s’ouvre que sur votre ordinateur ou votre réseau : "
            "%(address)s."
        ),
        True,
    ),
    Destination.PRIVATE: (
        gettext_lazy(
            "le lien « %(words)s » mène à une page réservée aux professionnels : %(address)s. Vos "
            "lecteurs devront se connecter."
        ),
        False,
    ),
    Destination.INSECURE: (
        gettext_lazy(
            "le lien « %(words)s » commence par http: et n’est pas protégé : %(address)s. Essayez "
            "la même adresse avec https:."
        ),
        False,
    ),
}


@dataclass(frozen=True)
class Fault:
    """`sentence` begins after `where`; without a block it stands by itself."""

    sentence: str
    is_blocking: bool
    number: int = 0
    label: Any = ""

    @property
    def where(self) -> str:
        if not self.number:
            return ""
        return _("Bloc n° %(number)s, « %(label)s »") % {
            "number": self.number,
            "label": self.label,
        }

    def __str__(self) -> str:
        where = self.where
        # Translators: « Bloc n° 3, « Texte » : le lien « Voir » ne mène nulle part. »
        return (
            _("%(where)s : %(sentence)s")
            % {
                "where": where,
                "sentence": self.sentence,
            }
            if where
            else self.sentence
        )


class Link(NamedTuple):
    part: Part
    words: str
    # As it is written; None: there is no address at all.
    written: str | None
    # Whole, "" when there is none.
    address: str


@dataclass(frozen=True)
class Review:
    """`letter` is None when it cannot be laid out; `faults` then say why."""

    letter: Letter | None
    faults: Sequence[Fault]
    # Links to other sites, which nobody has tried.
    outside: Sequence[Link] = field(default_factory=tuple)

    @property
    def is_blocked(self) -> bool:
        return any(fault.is_blocking for fault in self.faults)


def faults_of(page: NewsletterPage) -> list[Fault]:
    """What blocks the sending of a letter, then what is to be looked at."""
    return list(review_of(page).faults)


def review_of(page: NewsletterPage) -> Review:
    """The letter as its readers get it, and what is wrong with it. No query a link."""
    try:
        letter = render_letter(page, for_readers=True)
    except BrokenLetter as error:
        return Review(None, [Fault(sentence, is_blocking=True) for sentence in error.sentences])
    read = [(part, read_part(part, letter.base)) for part in letter.parts]
    links = [link for _part, one in read for link in one.links]
    leads = destinations_of({link.address for link in links if link.address})
    faults = [
        *_of_the_whole(page, letter, read),
        *(fault for part, one in read for fault in _of_pictures(part, one.pictures)),
        *(fault for link in links for fault in _of_link(link, leads, letter.base)),
    ]
    outside = [
        link
        for link in links
        if leads.get(link.address) in {Destination.ELSEWHERE, Destination.INSECURE}
    ]
    return Review(
        letter, sorted(faults, key=lambda one: (not one.is_blocking, one.number)), outside
    )


def _of_the_whole(
    page: NewsletterPage, letter: Letter, read: Sequence[tuple[Part, _Reader]]
) -> Iterator[Fault]:
    if not letter.subject:
        yield Fault(_("La lettre n’a ni objet ni titre : écrivez-en un."), is_blocking=True)
    empty = [part for part, one in read if not one.pictures and not plain_text(part.mjml).strip()]
    if len(empty) == len(letter.parts):
        yield Fault(_("La lettre est vide : ajoutez au moins un bloc."), is_blocking=True)
    else:
        for part in empty:
            yield Fault(
                _("rien à montrer en ce moment : vos lecteurs ne le verront pas."),
                is_blocking=False,
                number=part.number,
                label=part.label,
            )
    if letter.is_heavy:
        sentence = _(
            "La lettre pèse %(weight)s ko. Au-delà de %(heaviest)s ko, certaines boîtes aux "
            "lettres coupent la fin, avec le lien pour se désabonner : retirez un bloc."
        ) % {"weight": letter.kilobytes, "heaviest": HEAVIEST}
        yield Fault(sentence, is_blocking=True)
    if page.button_page_id and page.call[1] is None:
        yield Fault(
            _(
                "La page choisie pour le bouton n’est pas ouverte à tous : le bouton mène à "
                "l’accueil."
            ),
            is_blocking=False,
        )


def _of_pictures(part: Part, pictures: Sequence[str]) -> Iterator[Fault]:
    for alt in pictures:
        if not alt:
            sentence = _(
                "l’image n’a pas de texte de remplacement. Dites ce qu’elle montre à qui ne la "
                "voit pas."
            )
            yield Fault(sentence, is_blocking=True, number=part.number, label=part.label)
        elif _FILE_NAME.fullmatch(alt):
            sentence = _(
                "le texte de remplacement « %(alt)s » est un nom de fichier. Dites plutôt ce que "
                "montre l’image."
            ) % {"alt": alt}
            yield Fault(sentence, is_blocking=False, number=part.number, label=part.label)


def _of_link(link: Link, leads: Mapping[str, Destination], base: str) -> Iterator[Fault]:
    place = {"number": link.part.number, "label": link.part.label}
    if not link.words:
        sentence = _("un lien n’a pas de mots : on ne sait pas où il mène (%(address)s).")
        yield Fault(sentence % {"address": link.address}, is_blocking=True, **place)
    where, anchor = urldefrag(link.address)
    if where == base:
        # The letter's own page, which may not be published yet. No block of a letter has anchors.
        if anchor:
            sentence = _(
                "le lien « %(words)s » mène à un endroit de la lettre qui n’existe pas : "
                "#%(anchor)s."
            )
            yield Fault(
                sentence % {"words": link.words, "anchor": anchor}, is_blocking=True, **place
            )
        return
    lead = leads.get(link.address, Destination.NOWHERE)
    if lead in _SENTENCES:
        sentence, is_blocking = _SENTENCES[lead]
        told = {"words": link.words, "address": link.written or ""}
        yield Fault(str(sentence) % told, is_blocking=is_blocking, **place)


def read_part(part: Part, base: str) -> _Reader:
    reader = _Reader(part, base)
    reader.feed(part.mjml)
    reader.close()
    return reader


class _Reader(HTMLParser):
    """The links of a block and the alternative texts of its pictures."""

    def __init__(self, part: Part, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.part, self.base = part, base
        self.links: list[Link] = []
        self.pictures: list[str] = []
        self._open: str | None = None
        self._written: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attributes}
        if tag in {"a", "mj-button"}:
            self._open, self._written, self._words = tag, given.get("href"), []
        elif tag in {"img", "mj-image"}:
            self.pictures.append(given.get("alt", ""))
            if self._open:
                self._words.append(given.get("alt", ""))
            elif given.get("href"):
                self._add(given.get("alt", ""), given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._add("".join(self._words), self._written)
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)

    def _add(self, words: str, written: str | None) -> None:
        address = ""
        if written and written != "#":
            try:
                address = urljoin(self.base, written)
            except ValueError:
                # `destinations_of` says what is wrong with it.
                address = written
        self.links.append(Link(self.part, " ".join(words.split()), written, address))
