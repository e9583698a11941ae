"""Records in the visitor's language: the facts are the record's, the words a translation's.

What stays in another language than the page around it says so, to screen readers and to the
bidirectional algorithm: inside a line through `said_in`, a whole block through `{% lang_of %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from .base import SOURCE_LANGUAGE
from .locales import language_of

AnyPage = TypeVar("AnyPage", bound=Page)


def in_language(records: Iterable[AnyPage], language: str) -> list[AnyPage]:
    """Give each record a `.shown` page: its translation where one is published, else itself.

    One query for a whole list of records of one page type; none in the source language.
    """
    records = list(records)
    translations: dict = {}
    if records and language != SOURCE_LANGUAGE:
        translations = {
            page.translation_key: page
            for page in type(records[0])
            .objects.live()
            .filter(
                locale__language_code=language,
                translation_key__in=[record.translation_key for record in records],
            )
            .select_related("locale")
        }
    for record in records:
        record.shown = translations.get(record.translation_key, record)
    return records


def read_in_language(
    chosen: QuerySet[AnyPage], language: str, dress: Callable[[QuerySet], QuerySet]
) -> list[AnyPage]:
    """As `in_language`, for a short list of a body: one query in every language.

    `chosen`: an ordered queryset, cut to its length, that says which pages; `dress` adds what their
    lines need. A body may hold many lists, and a page has 15 queries in all.
    """
    wanted = Q(pk__in=chosen.values("pk"))
    if language != SOURCE_LANGUAGE:
        wanted |= Q(
            live=True,
            locale__language_code=language,
            translation_key__in=chosen.values("translation_key"),
        )
    rows = list(dress(chosen.model.objects.filter(wanted)).order_by(*chosen.query.order_by))
    # In the order of the records: what a translation holds beside its words may be old.
    facts = [row for row in rows if language_of(row.locale_id) != language]
    found: dict = {row.translation_key: [] for row in (*facts, *rows)}
    for row in rows:
        found[row.translation_key].append(row)
    records = []
    for pages in found.values():
        spoken = [page for page in pages if language_of(page.locale_id) == language]
        record = next((page for page in pages if page not in spoken), pages[0])
        record.shown = spoken[0] if spoken else record
        records.append(record)
    return records


def address_in(page: Page, language: str, request: HttpRequest | None = None) -> str:
    """Where a visitor of a language reads a page (a record's `.shown`), on whichever host.

    An untranslated page answers under the visitor's language too: the menu around it stays theirs.
    """
    address = page.get_url(request) or ""
    if not address or language in {"", SOURCE_LANGUAGE, language_of(page.locale_id)}:
        return address
    parts = urlsplit(address)
    return parts._replace(path=f"/{language}{parts.path}").geturl()


def said_in(text: str, language: str) -> str:
    """Words in the middle of a sentence of the visitor's, in a language that may be another.

    Isolated, they keep their own direction: « 3 place Abbal » begins with its number in an Arabic
    line too.
    """
    if not text or language == get_language():
        return text
    return format_html('<bdi lang="{}">{}</bdi>', language, text)


def woven(sentence: str, **words: str) -> SafeString:
    """A sentence of the visitor's, and in it words that may be marked as another language's."""
    return mark_safe(escape(sentence) % {name: conditional_escape(words[name]) for name in words})
