"""Template tags of the visual language: pictograms, façades, dates, typography, telephones."""

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

from territories.appearance import facade as facades
from territories.appearance.icons import FLIPPED, ICONS

register = template.Library()

# A static file, asked for by its public address: browsers load an external <use> from
# the page's own origin only, so static files may not move to another host.
SPRITE = "portal/icons.svg"

NBSP, NARROW = "\u00a0", "\u202f"


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "pin" %}`, `{% icon "pin" "s" %}`: decorative, always with a word beside it.

    An empty or unknown name draws nothing: names come from what coordinators typed too.
    """
    return _drawn(name, size, static(SPRITE)) if name in ICONS else mark_safe("")


# A long list draws the same few hundreds of times.
@lru_cache(1_000)
def _drawn(name: str, size: str, sprite: str) -> SafeString:
    classes = "i" + (" flip" if name in FLIPPED else "") + (f" {size}" if size else "")
    return format_html(
        # Its size without a style sheet, which a slow network brings later, or never.
        '<svg class="{}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
        ' focusable="false">'
        '<use href="{}#i-{}"/></svg>',
        classes,
        sprite,
        name,
    )


@register.simple_tag(takes_context=True)
def facade(
    context: Context,
    cols: int,
    rows: int,
    seed: int | str = 0,
    *,
    territory: Any = None,
    align: str = "xMid",
) -> SafeString:
    """`{% facade 8 7 1 %}`: the façade of the page's territory, or the national one.

    `territory=` draws somebody else's, in their colours. The drawing covers its box;
    `align` ("xMin", "xMid", "xMax") says which part stays when it is cut. Use another
    `seed` for each place of a page.
    """
    owner = territory or context.get("territory")
    slug = _slug(owner)
    borrowed: list[str] = []
    if not slug:  # the national façade is made of the windows of every territory
        siblings = context.get("sibling_territories") or ()
        borrowed = [found for found in map(_slug, siblings) if found]
    drawn = facades.panes(
        slug, int(cols), int(rows), seed, signature=_signature(owner), territories=borrowed
    )
    return format_html(
        '<svg class="facade cover" width="100%" height="60" viewBox="0 0 {} {}"'
        ' preserveAspectRatio="{}YMid slice" aria-hidden="true" focusable="false"{}>{}</svg>',
        int(cols) * facades.PANE,
        int(rows) * facades.PANE,
        align,
        _colours(territory),
        mark_safe(facades.svg_uses(drawn, static(SPRITE))),
    )


@register.simple_tag(takes_context=True)
def mark(context: Context, *, territory: Any = None) -> SafeString:
    """`{% mark %}`: the 2 × 2 façade that stands where a territory has no logo."""
    owner = territory or context.get("territory")
    drawn = facades.mark(_slug(owner), _signature(owner))
    return format_html(
        '<svg class="mark" width="48" height="48" viewBox="0 0 80 80" aria-hidden="true"'
        ' focusable="false"{}>{}</svg>',
        _colours(territory),
        mark_safe(facades.svg_uses(drawn, static(SPRITE))),
    )


def _get(owner: Any, name: str) -> Any:
    return owner.get(name) if isinstance(owner, Mapping) else getattr(owner, name, None)


def _slug(owner: Any) -> str:
    return str(_get(owner, "slug") or "") if owner else ""


def _signature(owner: Any) -> Sequence[str]:
    """The panes a territory chose (`facade_signature`: a list, or words with commas)."""
    chosen = (_get(owner, "facade_signature") or ()) if owner else ()
    names = chosen.split(",") if isinstance(chosen, str) else chosen
    return [name for name in (str(name).strip() for name in names) if name in facades.PANES]


def _colours(territory: Any) -> SafeString:
    slug = _slug(territory)
    return format_html(' data-territory="{}"', slug) if slug else mark_safe("")


@register.simple_tag
def date_window(
    date: datetime.date | None,
    lit: bool = False,
    off: bool = False,
    xl: bool = False,
) -> SafeString:
    """`{% date_window event.start lit=event.is_labelled off=event.is_cancelled %}`.

    The words "label" or "annulé" stand beside it: colour and a struck number are not enough.
    """
    if not date:
        return mark_safe("")
    if isinstance(date, datetime.datetime):
        date = (timezone.localtime(date) if timezone.is_aware(date) else date).date()
    weekday = date_format(date, "l" if xl else "D")
    if not xl and (get_language() or "").startswith("fr"):
        weekday += "."  # Django's French names of days are cut without a full stop
    flags = (("lit", lit), ("off", off), ("xl", xl))
    return format_html(
        '<time class="{}" datetime="{}"><span>{}</span> <b>{}</b> <span>{}</span></time>',
        " ".join(["date", *(name for name, on in flags if on)]),
        date.isoformat(),
        weekday,
        date_format(date, "j"),
        date_format(date, "F" if xl else "N"),
    )


# Tags, comments and the elements whose text is not prose.
_MARKUP = re.compile(
    r"""(<(script|style|textarea|pre|code)\b.*?</\2\s*>|<!--.*?-->|</?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>)""",
    re.IGNORECASE | re.DOTALL,
)
_UNITS = "h|min|km|m|€|%|ans?|mois|jours?|euros?|places?"
_TYPOGRAPHY = (
    (re.compile(r" ([:;?!»%€])"), NBSP + r"\1"),
    (re.compile(r"« "), "«" + NBSP),
    (re.compile(rf"(\d) (?=(?:{_UNITS})(?!\w))"), r"\1" + NBSP),
    (re.compile(rf"(?<={NBSP}h) (?=\d)"), NBSP),
    (re.compile(r"\b(n°) (?=\w)"), r"\1" + NBSP),
)
# Thousands; a telephone number goes by two digits, and a year is not cut from what follows.
_NUMBER = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3})+(?![\d]| \d)")


@register.filter(is_safe=True)
@stringfilter
def typo(text: str) -> str:
    """French no-break spaces: « mot », 9 h 30, 1 840, 6 €, « Quoi ? ».

    Only spaces already there are changed, so text of any language goes through unharmed.
    Markup is left alone when the text is marked safe; other text is still escaped later.
    """
    if not isinstance(text, SafeData):
        return _french_spaces(text)
    pieces, end = [], 0
    for found in _MARKUP.finditer(text):
        pieces += [_french_spaces(text[end : found.start()]), found.group()]
        end = found.end()
    return "".join([*pieces, _french_spaces(text[end:])])


def _french_spaces(text: str) -> str:
    if " " not in text:
        return text
    for pattern, replacement in _TYPOGRAPHY:
        text = pattern.sub(replacement, text)
    return _NUMBER.sub(lambda found: found.group().replace(" ", NARROW), text)


# Overseas numbers have a country code of their own: Guadeloupe, Saint-Martin and
# Saint-Barthélemy; La Réunion and Mayotte; Guyane; Martinique (ARCEP numbering plan).
_OVERSEAS = (
    (re.compile(r"0(?:590|690|691)"), "+590"),
    (re.compile(r"0(?:262|263|269|692|693)"), "+262"),
    (re.compile(r"0(?:594|694)"), "+594"),
    (re.compile(r"0(?:596|696|697)"), "+596"),
)

_SHORT = r"1[0-9]{1,2}|10[0-9]{2}|3[0-9]{3}|11[68][0-9]{3}"


@register.filter
@stringfilter
def phone_link(number: str, scheme: str = "tel") -> str:
    """`05 36 49 12 00` → `tel:+33536491200`; `{{ number|phone_link:"sms" }}` for a message.

    Short numbers (15, 3949) stay short. What is no telephone number gives an empty string.
    """
    compact = re.sub(r"\(0\)|[^0-9+]", "", number)
    compact = re.sub(r"^00", "+", compact)
    if re.fullmatch(r"\+[0-9]{8,15}|" + _SHORT, compact):
        return f"{scheme}:{compact}"
    if not re.fullmatch(r"0[1-9][0-9]{8}", compact):
        return ""
    prefix = next((code for start, code in _OVERSEAS if start.match(compact)), "+33")
    return f"{scheme}:{prefix}{compact[1:]}"


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int, name: str = "page") -> str:
    """The address of another page of the list shown, its filters kept."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if int(number) == 1:
        query.pop(name, None)  # one address for the first page, whichever way one came
    else:
        query[name] = str(number)
    return f"?{query.urlencode()}" if query else (request.path if request else "?")


@register.simple_tag
def page_numbers(page_obj: Any) -> list[Any]:
    """The numbers to show for a page of a `Paginator`, long runs cut by an ellipsis."""
    return list(
        page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    )
