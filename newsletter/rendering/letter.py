"""A letter as it arrives in a mailbox: blocks → MJML → HTML, and the same words as plain text."""

from __future__ import annotations

import html
import logging
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import mrml
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from newsletter.counting.addresses import counted
from newsletter.models.links import counts_links
from newsletter.subscribing.addresses import NOBODY, choices_address, leave_address
from territories.appearance.theme import NIGHT, SUN, derive
from territories.blocks.mail import render_mail
from territories.glossary.marking import spell_out
from territories.glossary.words import words_of
from territories.mail.sender import Sender, sender_of

from .frieze import cells
from .plain import plain_text

if TYPE_CHECKING:
    from newsletter.models import NewsletterPage
    from territories.models import Territory

logger = logging.getLogger(__name__)

# Gmail cuts the HTML of a letter beyond 102 kB: what is cut is the end, with the telephone.
HEAVIEST = 100

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
_TAG = re.compile(r"""<[a-zA-Z](?:"[^"]*"|[^">])*>""")
# Digits in groups would be read from the last group to the first, in a line from right to left.
_PHONE = re.compile(r'<a (?=[^>]*href="(?:tel|sms):)')
_ADDRESS = re.compile(r'(\s(?:href|src|background)=)"([^"]*)"')
# XML admits none of them, and office software pastes some.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# mrml writes attributes with the escapes of Rust strings: a no-break space would be read aloud as
# "\u{a0}". Numeric references go through unharmed.
_SPOILT = re.compile(r"[^\x20-\x5b\x5d-\x7e]")
# The title, spoilt in that way too; one word for the landmark is enough.
_SPOILT_LABEL = re.compile(r'aria-label="[^"]*" aria-roledescription="email"')
# After the preheader, mailboxes go on with the first words of the letter, unless these invisible
# characters stand in their way.
_FILLER = "\u034f\u200c\u00a0" * 90
# No web font is fetched: a mailbox must not tell anybody that a letter was opened.
_OPTIONS = mrml.RenderOptions(fonts={})


@dataclass(frozen=True)
class Part:
    """A block of the letter. `mjml`: as the block gives it, its addresses not yet whole."""

    number: int
    # Said in the language of whoever reads it.
    label: Any
    mjml: str


@dataclass(frozen=True)
class Letter:
    subject: str
    html: str
    text: str
    sender: Sender
    language: str
    parts: Sequence[Part]
    # The address that relative ones are completed with: the letter's own page.
    base: str

    @property
    def kilobytes(self) -> int:
        """The weight of the HTML part, rounded up."""
        return math.ceil(len(self.html.encode()) / 1024)

    @property
    def is_heavy(self) -> bool:
        return self.kilobytes > HEAVIEST


class BrokenLetter(ValueError):
    """The letter cannot be laid out; `sentences` say why, in the reader's language."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


def render_letter(
    page: NewsletterPage, *, request: HttpRequest | None = None, for_readers: bool = False
) -> Letter:
    """The letter in the page's language and the territory's time zone. Raises BrokenLetter.

    `request` is None when a worker sends it; nothing in a letter depends on who reads it.
    `for_readers`: with NOBODY's addresses to choose and to leave, which `for_reader` then makes
    each reader's.
    """
    territory = page.territory
    base = page.get_full_url(request) or f"{territory.root_url}/"
    reader = translation.get_language()
    with (
        translation.override(page.locale.language_code),
        timezone.override(territory.zone),
    ):
        language = page.locale.language_code
        known = words_of(territory.pk, language)
        theme = derive(territory.first_colour, territory.second_colour)
        words, target = page.call
        is_counted = for_readers and counts_links(territory)
        direction = "rtl" if get_language_bidi() else "ltr"
        shared = {"page": page, "territory": territory, "request": request}
        blocks = [
            _block(child, number, shared, reader) for number, child in enumerate(page.body, start=1)
        ]
        context = {
            **shared,
            "subject": page.mail_subject,
            "blocks": blocks,
            "call": {"text": words, "url": target.full_url if target else f"{territory.root_url}/"},
            "web_url": base,
            "language": language,
            "direction": direction,
            "start": "right" if direction == "rtl" else "left",
            "filler": _FILLER if page.preheader else "",
            "reader": _reader(territory, language) if for_readers else None,
            "is_counted": is_counted,
            "day": page.sent_day,
            "light": _names(theme.light),
            "dark": _names(theme.dark),
            "sun": SUN,
            "night": NIGHT,
            "frieze": cells(territory, theme.light),
        }
        document = _clean(render_to_string("newsletter/letter.mjml", context))
        document = _absolute(_PHONE.sub('<a dir="ltr" ', document), base)
        made = _absolute(_to_html(document, page.body, blocks, reader), base)
        return Letter(
            subject=page.mail_subject,
            html=counted(made, page) if is_counted else made,
            text=plain_text(spell_out(document, known, language=language)),
            sender=sender_of(territory),
            language=language,
            parts=[
                Part(number, child.block.label, mjml)
                for number, (child, mjml) in enumerate(zip(page.body, blocks, strict=True), start=1)
            ],
            base=base,
        )


def _reader(territory: Territory, language: str) -> dict[str, str]:
    return {
        "choices": choices_address(territory, NOBODY, language),
        "leave": leave_address(territory, NOBODY, language),
    }


def _block(child, number: int, context: Mapping[str, Any], reader: str | None) -> SafeString:
    try:
        # Escaped by the block's own template; cleaning only takes characters away.
        return mark_safe(_clean(render_mail(child.block, child.value, context)))
    except Exception as error:  # whatever a plugin's block does, the editor learns which one
        logger.exception("Block %s of letter %s cannot be rendered", number, context["page"].pk)
        with translation.override(reader):
            raise BrokenLetter([_sentence(child, number)]) from error


def _clean(mjml: str) -> str:
    return _CONTROL.sub("", mjml)


def _to_html(document: str, body, blocks: Sequence[str], reader: str | None) -> str:
    try:
        found = mrml.to_html(_spare_attributes(document), render_options=_OPTIONS).content
    except OSError as error:
        with translation.override(reader):
            sentences = [
                _sentence(child, number)
                for number, (child, mjml) in enumerate(zip(body, blocks, strict=True), start=1)
                if not _is_sound(mjml)
            ]
            reason = _("Cette lettre ne peut pas être mise en page : %(reason)s.")
            raise BrokenLetter(sentences or [reason % {"reason": error}]) from error
    return _SPOILT_LABEL.sub("", found, count=1).replace('role="article"', 'role="main"', 1)


def _spare_attributes(mjml: str) -> str:
    def reference(found: re.Match) -> str:
        return f"&#{ord(found.group())};"

    return _TAG.sub(lambda tag: _SPOILT.sub(reference, tag.group()), mjml)


def _is_sound(mjml: str) -> bool:
    try:
        mrml.to_html(f"<mjml><mj-body>{mjml}</mj-body></mjml>", render_options=_OPTIONS)
    except OSError:
        return False
    return True


def _sentence(child, number: int) -> str:
    return _(
        "Le bloc n° %(number)s, « %(label)s », ne peut pas entrer dans un e-mail. "
        "Écrivez-le à nouveau, ou retirez-le."
    ) % {"number": number, "label": child.block.label}


def _names(tokens: Mapping[str, str]) -> dict[str, str]:
    """Colour tokens as template variables: `ink-soft` is read `ink_soft`."""
    return {name.replace("-", "_"): value for name, value in tokens.items()}


def _absolute(markup: str, base: str) -> str:
    """Every address in full: in a mailbox, `/agenda/` leads nowhere."""

    def address(found: re.Match) -> str:
        try:
            whole = urljoin(base, html.unescape(found[2]).strip())
            safe = urlsplit(whole).scheme in _SCHEMES
        except ValueError:
            safe = False
        return f'{found[1]}"{html.escape(whole if safe else base)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag.group()), markup)
