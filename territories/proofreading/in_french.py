"""What a page in French may have hard to read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from .findings import Finding, shortened
from .passages import Passage
from .sentences import PHONE, reading_ease, sentences, words

SENTENCE_WORDS = 20
PARAGRAPH_WORDS = 80
VAGUE_LINK = re.compile(
    r"(cliqu(ez|er|e)( ici)?|ici|(en )?savoir plus|lire (la suite|plus)|(la )?suite|voir( plus)?"
    r"|plus d[’']infos?(rmations?)?|(ce |le )?lien|lien|détails?|découvrir|consulter|télécharger"
    r"|accéder|aller)",
    re.IGNORECASE,
)
_CLICK = re.compile(r"\bcliqu(ez|er)\b", re.IGNORECASE)
ACRONYM = re.compile(
    r"(?:(?<![\w@./’'-])|(?<=\b[dlnsjDLNSJ][’']))([A-ZÀ-Ý][A-ZÀ-Ý0-9&]{1,7})s?(?![\w@]|[./]\w)"
)
# Roman numerals, levels of a language (« B1 »), codes of places.
_NO_ACRONYM = re.compile(r"[IVXLCDM]+|[ABC][12]|\w*\d{3}\w*")
# Said as words by everybody, or no words at all.
EVERYDAY = frozenset(
    {"CV", "SMS", "OK", "TV", "PDF", "FAQ", "GPS", "PC", "QR", "HLM", "SNCF", "TGV", "TER", "RER",
     "USB", "WC", "TTC", "TVA", "FM"}
)  # fmt: skip
# Several words, one of them long, or a very long one: « GEIQ BTP » is two acronyms.
_SHOUTED = re.compile(
    r"\b(?=(?:[A-ZÀ-Ý]+[ ’'-]+)*[A-ZÀ-Ý]{5})[A-ZÀ-Ý]{2,}(?:[ ’'-]+[A-ZÀ-Ý]{2,})+\b|\b[A-ZÀ-Ý]{9,}\b"
)
_DOUBLED = re.compile(r"[!?]\s?[!?]+|\.{4,}|,{2,}|;{2,}")
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_VAGUE_DATE = re.compile(
    rf"\b(({_DAYS}) (prochain|dernier|en huit)|(la semaine|l[’']année) prochaine|le mois prochain"
    r"|ce week-end|le week-end prochain|après-demain)\b",
    re.IGNORECASE,
)


def reading_level(paragraphs: Sequence[str]) -> str:
    """As a word: "" when there is too little text to say."""
    ease = reading_ease(paragraphs)
    if ease is None:
        return ""
    return "easy" if ease >= 70 else "fair" if ease >= 55 else "hard"


def prose(passages: Sequence[Passage]) -> list[str]:
    return [text for passage in passages if not passage.is_title for text in passage.paragraphs]


def level(passages: Sequence[Passage]) -> Iterator[Finding]:
    if reading_level(prose(passages)) == "hard":
        yield Finding(
            "reading-level", _("Toute la page"), "", "",
            _("Coupez les phrases, et préférez des mots courts, de tous les jours."),
        )  # fmt: skip


def long_sentences(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for paragraph in passage.paragraphs if not passage.is_title else ():
            for sentence in sentences(paragraph):
                if (number := len(words(sentence))) > SENTENCE_WORDS:
                    yield Finding(
                        "sentence-long", passage.where, passage.anchor, shortened(sentence),
                        _("%(number)s mots. Coupez-la en deux : une idée par phrase.")
                        % {"number": number},
                    )  # fmt: skip


def long_paragraphs(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for paragraph in passage.paragraphs:
            if (number := len(words(paragraph))) > PARAGRAPH_WORDS:
                yield Finding(
                    "paragraph-long", passage.where, passage.anchor, shortened(paragraph, 80),
                    _("%(number)s mots. Faites plusieurs paragraphes, ou une liste.")
                    % {"number": number},
                )  # fmt: skip


def vague_links(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for link in passage.links:
            said = " ".join(words(link.text)).replace("'", "’")
            if not said or VAGUE_LINK.fullmatch(said) or _CLICK.search(said):
                yield Finding(
                    "link-vague", passage.where, passage.anchor, shortened(link.text),
                    _("Écrivez ce que l’on trouve au bout, par exemple « Les horaires du bus »."),
                )  # fmt: skip


def acronyms(passages: Sequence[Passage], known: Collection[str]) -> Iterator[Finding]:
    """Those that neither the glossary nor the page itself explains, each where it is first met."""
    whole = "\n".join(text for passage in passages for text in passage.texts)
    seen = set(known) | EVERYDAY
    for passage in passages:
        for text in passage.texts:
            quiet = _SHOUTED.sub(lambda shout: " " * len(shout.group()), text)
            for acronym in ACRONYM.findall(quiet):
                if acronym in seen or _NO_ACRONYM.fullmatch(acronym):
                    continue
                seen.add(acronym)
                if not is_explained(acronym, whole):
                    yield Finding(
                        "acronym", passage.where, passage.anchor, acronym,
                        _("Écrivez d’abord les mots en entier, ou ajoutez-le au glossaire."),
                    )  # fmt: skip


def is_explained(acronym: str, text: str) -> bool:
    """« QPV (quartier prioritaire) », « quartier prioritaire (QPV) »."""
    name = re.escape(acronym)
    return bool(
        re.search(rf"\b{name}s?\s*(\([^()]*\w\s+\w[^()]*\)|[:–—]\s+\w+[^.\n]*)", text)
        or re.search(rf"\w+ [^\n(]*\w\s*\({name}s?\)", text)
    )


def capitals(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for text in passage.texts:
            for shout in _SHOUTED.findall(text):
                yield Finding(
                    "capitals", passage.where, passage.anchor, shortened(shout),
                    _("Les capitales se lisent lentement, et une voix peut les épeler."),
                )  # fmt: skip


def punctuation(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for text in passage.texts:
            for found in _DOUBLED.finditer(text):
                yield Finding(
                    "punctuation", passage.where, passage.anchor, around(text, found),
                    _("Un seul signe suffit."),
                )  # fmt: skip


def dates(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for text in passage.texts:
            for found in _VAGUE_DATE.finditer(text):
                yield Finding(
                    "date-vague", passage.where, passage.anchor, around(text, found),
                    _("On vous lira encore dans un mois. Écrivez le jour : « mardi 3 mars »."),
                )  # fmt: skip


def phones(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for number in PHONE.findall(passage.loose):
            yield Finding(
                "phone", passage.where, passage.anchor, number,
                _("Faites-en un lien de téléphone, ou mettez un bloc « Contacts »."),
            )  # fmt: skip


def around(text: str, found: re.Match) -> str:
    """The words found, with a few of those before and after."""
    before, after = text[: found.start()].split(" ")[-5:], text[found.end() :].split(" ")[:3]
    return f"{' '.join(before)}{found.group()}{' '.join(after)}".strip()
