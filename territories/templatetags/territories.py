from collections.abc import Sequence
from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from territories import words
from territories.discovery.head import Head
from territories.pages import translations
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.locales import language_of
from territories.pages.translations import address_in
from territories.plugins.registry import contributed
from territories.private_space.pages import pages_below

register = template.Library()


@register.filter
def whole(text: str) -> SafeString:
    """On one line, whatever hyphens it holds: a number, a reference, in nobody's language."""
    return format_html('<bdi class="nowrap">{}</bdi>', text)


@register.filter
def hour(moment: datetime) -> str:
    """« 9 h 30 », on the clock that people read."""
    return words.hour_words(timezone.localtime(moment).time())


@register.simple_tag(takes_context=True)
def panels(context, at: str = "") -> SafeString:
    """The sections that other plugins put on this page; `{% panels "hero" %}`: those of a place."""
    request, page = context["request"], context["page"]
    found = [
        panel
        for panel in contributed("PANELS", request.territory)
        if panel.on == type(page)._meta.label and panel.at == at
    ]
    shown = []
    for panel in sorted(found, key=lambda panel: panel.order):
        panel_context = panel.context(request, page)
        if panel_context is not None:
            shown.append(render_to_string(panel.template, {**context.flatten(), **panel_context}))
    # Each part comes from a template, escaped there.
    return mark_safe("".join(shown))


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context) -> dict:
    """Where this page stands below its home; no query for a page that was just routed to."""
    page, request = context["page"], context["request"]
    trail = getattr(request, "trail", ())
    if not trail or trail[-1].pk != page.pk:  # a preview
        trail = page.get_ancestors().select_related("locale") if page.depth > 3 else ()
    language = get_language() or ""
    # An untranslated page stands below index pages that are: they were read on the way to it.
    read = getattr(request, "pages_ahead", {}).values()
    translated = {
        other.translation_key: other
        for other in read
        if other.live and language_of(other.locale_id) == language
    }
    trail = [translated.get(above.translation_key, above) for above in trail]
    items = [
        {
            "title": above.title,
            "url": address_in(above, language, request),
            "language": language_of(above.locale_id),
        }
        for above in trail
        if 2 < above.depth < page.depth
    ]
    itself = {"title": page.title, "url": "", "language": language_of(page.locale_id)}
    return {"items": [*items, itself], "home_url": context["home_url"]}


@register.simple_tag(takes_context=True)
def page_head(context) -> Head:
    """`{% page_head as head %}`, once, in `base.html`: what stands in the head of the page."""
    return Head(context.flatten())


@register.simple_tag(takes_context=True)
def private_pages(context) -> Sequence[Page]:
    """The pages under this one, on a page of the private space that somebody reads; else none."""
    request = context["request"]
    return pages_below(context["page"], request) if getattr(request, "reader", None) else ()


@register.simple_tag(takes_context=True)
def address(context, page) -> str:
    """`{% address item.shown %}`: the page's address in the visitor's language."""
    return address_in(page, get_language() or "", context.get("request"))


@register.simple_tag
def lang_of(language: str = SOURCE_LANGUAGE) -> SafeString:
    """`<div{% lang_of page.language %}>`: a block of words kept in that language; without one, in
    the source language.

    Nothing for visitors who read the source language: nothing else is shown to them.
    """
    if get_language() in {None, SOURCE_LANGUAGE}:
        return mark_safe("")
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def said_in(text: str, language: str) -> str:
    """`{{ item.shown.title|typo|said_in:item.shown.language }}`: see `translations.said_in`."""
    return translations.said_in(text, language)


@register.filter
def source_words(text: str) -> str:
    """Words that are kept once, in the source language: names, addresses, hours of a line."""
    return translations.said_in(text, SOURCE_LANGUAGE)


register.filter("listed", words.listed)
