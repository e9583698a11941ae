"""The `<head>` of a public page, from what was read to find and to show it: no query of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from territories.appearance.theme import NATIONAL, derive
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.homes import HomePage, homes_of_request
from territories.pages.locales import language_of
from territories.sharing.address import picture_url

from .structured import described

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from territories.pages.listing import Listing

# What a page says of itself in one or two sentences, the first that is not empty.
SHORT_WORDS = ("search_description", "summary", "in_short", "introduction", "preheader")
# Open Graph wants a country with each language.
OPEN_GRAPH_LOCALES = {"fr": "fr_FR", "en": "en_GB", "ar": "ar_AR"}
FOUND, HIDDEN, PRIVATE = "index, follow", "noindex, follow", "noindex, nofollow"


class Head:
    """`context` is the template's: a page, a list and a request, each of which may be missing."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.request: HttpRequest | None = context.get("request")
        self.territory = getattr(self.request, "territory", None)
        page = context.get("page")
        self.page: Page | None = page if isinstance(page, Page) else None
        self.site_name: str = context.get("site_name") or ""
        self.listing: Listing | None = context.get("listing") if self.page else None

    @property
    def is_private(self) -> bool:
        """Only of private pages was it asked who reads."""
        return hasattr(self.request, "reader")

    @property
    def is_shared(self) -> bool:
        """Whether somebody who is sent the address sees a title and a picture."""
        return self.page is not None and not self.is_private and not self.is_preview

    @property
    def is_preview(self) -> bool:
        return bool(getattr(self.request, "is_preview", False)) or not (
            self.page and self.page.live
        )

    @property
    def is_home(self) -> bool:
        return isinstance(self.page, HomePage)

    @property
    def robots(self) -> str:
        if self.is_private or (self.page is not None and self.is_preview):
            return PRIVATE
        # A list narrowed twice, or to a passing period, is one of thousands that say the same.
        if self.listing is not None and not self.listing.is_worth_finding:
            return HIDDEN
        return FOUND

    @property
    def title(self) -> str:
        if self.is_home:
            return self.site_name
        return (self.page.seo_title or self.page.title) if self.page else ""

    @cached_property
    def description(self) -> str:
        if self.page is not None:
            for name in SHORT_WORDS:
                if words := " ".join((getattr(self.page, name, "") or "").split()):
                    return words
        return getattr(self.territory, "tagline", "") or gettext(
            "Emploi, formation, aides : près de chez vous, gratuitement."
        )

    @cached_property
    def language(self) -> str:
        """That of the page's words, which may not be the visitor's."""
        return language_of(self.page.locale_id) if self.page else get_language() or SOURCE_LANGUAGE

    @cached_property
    def canonical(self) -> str:
        """Absolute: of an untranslated page, the address of the French one."""
        return self._address(self.page) if self.page is not None else ""

    @property
    def own_address(self) -> str:
        """Of what is no page and may be found: its template gives it as the canonical one."""
        site = Site.find_for_request(self.request) if self.request else None
        return f"{site.root_url}{self.request.path}" if site and self.request else ""

    def _address(self, page: Page) -> str:
        address = page.get_full_url(self.request) or ""
        query = self.listing.canonical_query if self.listing is not None else ""
        return f"{address}?{query}" if address and query else address

    @cached_property
    def alternates(self) -> Sequence[tuple[str, str]]:
        """The languages in which the page is really written, French by default; none when it is
        written in one, or read in a language that it is not written in."""
        if not self.is_shared or getattr(self.request, "is_untranslated", False):
            return ()
        versions = self._versions()
        if len(versions) < 2:
            return ()
        found = [(code, self._address(versions[code])) for code in sorted(versions)]
        if SOURCE_LANGUAGE in versions:
            found.append(("x-default", self._address(versions[SOURCE_LANGUAGE])))
        return found

    def _versions(self) -> dict[str, Page]:
        """Published pages of the same record by language: all were read on the way to this one."""
        if self.page is None or self.request is None:
            return {}
        read = (
            homes_of_request(self.request)
            if self.is_home
            else getattr(self.request, "pages_ahead", {}).values()
        )
        return {
            language_of(page.locale_id): page
            for page in read
            if page.live and page.translation_key == self.page.translation_key
        }

    @property
    def message(self) -> str:
        """What somebody sends to a friend, as part of a link."""
        # Not urlencode: a telephone shows the plus sign that it writes for a space.
        return quote(self.own_message or f"{self.title} : {self.canonical}", safe="")

    @cached_property
    def own_message(self) -> str:
        """A few lines that stand alone in a message; "" for most. A page type may give them:
        `shared_text(self, request)`."""
        shared_text = getattr(self.page, "shared_text", None)
        return shared_text(self.request) if shared_text and self.is_shared else ""

    @property
    def picture(self) -> str:
        """The address of the picture made for the page, absolute as messages want it."""
        return picture_url(self.page, self.request) if self.is_shared else ""

    @property
    def kind(self) -> str:
        return "website" if self.is_home or self.listing is not None else "article"

    @property
    def locale(self) -> str:
        return OPEN_GRAPH_LOCALES.get(self.language, "")

    @property
    def other_locales(self) -> Sequence[str]:
        others = {code for code, _url in self.alternates} - {self.language}
        return [OPEN_GRAPH_LOCALES[code] for code in sorted(others & OPEN_GRAPH_LOCALES.keys())]

    @property
    def colours(self) -> tuple[str, str]:
        """What a telephone paints around the page, in light and in dark."""
        if self.territory is None:
            return wall_colours(*NATIONAL)
        return wall_colours(self.territory.first_colour, self.territory.second_colour)

    @property
    def structured(self) -> SafeString | str:
        return described(self) if self.is_shared else ""


@lru_cache(maxsize=256)
def wall_colours(first: str, second: str) -> tuple[str, str]:
    theme = derive(first, second)
    return theme.light["deep"], theme.dark["deep"]
