"""What stands around every page: menu, languages, sibling territories, legal pages, theme.

Each entry is lazy: a template that does not show it costs no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Page, Site

from .appearance.address import themes_url
from .contact.pages import ContactPage
from .discovery.nearest import nearest_pages
from .hosts import ADMIN_PATHS
from .legal.kinds import KINDS
from .pages.base import SOURCE_LANGUAGE
from .pages.homes import homes_of_request
from .pages.routing import right_below, with_what_menus_say
from .pages.translations import address_in
from .plugins.registry import plugins, works_in
from .plugins.themes import theme_of
from .private_space.pages import PrivateSpacePage
from .territory import Territory

SITES_KEY = "territories:sites"
# Where every process has a cache of its own, the others learn of a new territory this late.
SITES_SECONDS = 60
LEGAL_SLUGS = tuple(KINDS)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    if request.path_info.startswith(ADMIN_PATHS):
        # Wagtail's templates give names like `search_url` another meaning.
        return {}
    territory = getattr(request, "territory", None)
    language = get_language() or SOURCE_LANGUAGE
    prefix = "" if language == SOURCE_LANGUAGE else f"/{language}"
    pages = SimpleLazyObject(lambda: children_of_home(request, language))
    return {
        "territory": territory,
        "theme_url": territory.theme_url if territory else SimpleLazyObject(portal_theme_url),
        "theme_stylesheets": SimpleLazyObject(lambda: theme_stylesheets(territory)),
        "site_name": territory.full_name if territory else gettext("Cités de l’emploi"),
        "home_url": f"{prefix}/",
        "search_url": f"{prefix}/recherche/",
        "menu": SimpleLazyObject(lambda: menu(request, pages, language)),
        "legal_pages": SimpleLazyObject(lambda: legal_pages(request, pages, language)),
        "professional_pages": SimpleLazyObject(
            lambda: professional_pages(request, pages, language)
        ),
        "private_space_url": SimpleLazyObject(
            lambda: address_of_kind(PrivateSpacePage, request, pages, language)
        ),
        "contact_url": SimpleLazyObject(
            lambda: address_of_kind(ContactPage, request, pages, language)
        ),
        "languages": SimpleLazyObject(lambda: languages(request, language, prefix)),
        "nearest_pages": SimpleLazyObject(lambda: nearest_pages(request)),
        "sibling_territories": SimpleLazyObject(lambda: siblings(territory)),
        "portal_url": SimpleLazyObject(portal_url),
    }


def theme_stylesheets(territory: Territory | None) -> tuple[str, ...]:
    theme = theme_of(territory)
    return theme.stylesheets if theme else ()


def children_of_home(request: HttpRequest, language: str) -> list[Page]:
    """Published pages right under the homes of a language and of the source language.

    Closed plugins are left out. `.is_closed` says what is private, in French or in that language.
    """
    homes = [
        home
        for home in homes_of_request(request)
        if home.locale.language_code in {language, SOURCE_LANGUAGE}
    ]
    if not homes:
        return []
    closed = [label for label in plugins() if not works_in(label, request.territory)]
    # Read on the way to the page, where there is a way.
    read = getattr(request, "pages_below_homes", None)
    if read is None:
        read = with_what_menus_say(Page.objects.filter(right_below(homes)).live())
    found = [
        page
        for page in read
        if page.live
        and page.path.startswith(tuple(home.path for home in homes))
        and page.content_type.app_label not in closed
    ]
    closed = {page.translation_key for page in found if page.is_closed}
    for page in found:
        page.is_closed = page.translation_key in closed
    return found


def menu(request: HttpRequest, pages: Iterable[Page], language: str) -> list[dict[str, Any]]:
    pages = [page for page in pages if not page.is_closed]
    spoken = {page.locale.language_code for page in pages}
    pages = [
        page
        for page in pages
        if page.locale.language_code == (language if language in spoken else SOURCE_LANGUAGE)
    ]
    entries = []
    for page in sorted(pages, key=lambda page: getattr(page.specific_class, "menu_order", 100)):
        if page.show_in_menus:
            url = page.get_url(request)
            entries.append(
                {
                    "title": page.title,
                    "url": url,
                    "icon": getattr(page.specific_class, "menu_icon", "arrow"),
                    "current": bool(url) and request.path.startswith(url),
                }
            )
    return entries


def legal_pages(request: HttpRequest, pages: Iterable[Page], language: str) -> list[dict[str, str]]:
    """An untranslated one is shown in the source language: nobody may go without."""
    found: dict[str, Page] = {}
    for page in pages:
        if (
            page.slug in LEGAL_SLUGS
            and not page.is_closed
            and (page.slug not in found or page.locale.language_code == language)
        ):
            found[page.slug] = page
    return [
        {
            "slug": slug,
            "title": found[slug].title,
            "url": address_in(found[slug], language, request),
            "language": found[slug].locale.language_code,
        }
        for slug in LEGAL_SLUGS
        if slug in found
    ]


def professional_pages(
    request: HttpRequest, pages: Iterable[Page], language: str
) -> list[dict[str, str]]:
    """What is for those who receive residents: it would make the menu of residents long."""
    pages = list(pages)
    doors = [
        door
        for page in pages
        if page.locale.language_code == SOURCE_LANGUAGE and not page.is_closed
        if (door := getattr(page.specific_class, "professional_door", None)) and request.territory
    ]
    pages = [page for page in pages if getattr(page.specific_class, "is_for_professionals", False)]
    spoken = {page.translation_key: page for page in pages if page.locale.language_code == language}
    records = [page for page in pages if page.locale.language_code == SOURCE_LANGUAGE]
    found = [spoken.get(page.translation_key, page) for page in records if not page.is_closed]
    found.sort(key=lambda page: page.specific_class.menu_order)
    return [
        *(
            {"title": str(words), "url": reverse(view), "language": language}
            for words, view in doors
        ),
        *(
            {
                "title": page.title,
                "url": address_in(page, language, request),
                "language": page.locale.language_code,
            }
            for page in found
        ),
    ]


def address_of_kind(
    kind: type[Page], request: HttpRequest, pages: Iterable[Page], language: str
) -> str:
    """Where the one page of a kind is, "" when it is not published. Private or not: the door of the
    private space is the same for everybody, and tells nothing of what is behind."""
    found = [page for page in pages if page.specific_class is kind]
    spoken = [page for page in found if page.locale.language_code == language]
    return address_in((spoken or found)[0], language, request) if found else ""


def languages(request: HttpRequest, current: str, prefix: str) -> list[dict[str, Any]]:
    """The languages of this site, each leading to the same address in that language.

    Index pages keep one slug in every language, and an untranslated page answers in the source
    language, so that the address without its prefix is always right.
    """
    path = request.path.removeprefix(prefix) if prefix else request.path
    spoken = {home.locale.language_code for home in homes_of_request(request)}
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "url": path if code == SOURCE_LANGUAGE else f"/{code}{path}",
            "current": code == current,
        }
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        if code in spoken
    ]


def siblings(current: Territory | None) -> list[dict[str, Any]]:
    return [
        {**territory, "current": current is not None and territory["slug"] == current.slug}
        for territory in sites()["territories"]
    ]


def portal_url() -> str:
    return sites()["portal"]


def portal_theme_url() -> str:
    return sites()["themes_url"]


def sites() -> dict[str, Any]:
    """Every open territory's name and address, and the portal's: the same on every page."""
    found = cache.get(SITES_KEY)
    if found is None:
        portal = Site.objects.filter(is_default_site=True).first()
        territories = list(Territory.objects.online().select_related("site"))
        found = {
            "portal": f"{portal.root_url}/" if portal else "/",
            "themes_url": themes_url(territories),
            "territories": [
                {
                    "name": territory.name,
                    "town": territory.town,
                    "slug": territory.slug,
                    "url": f"{territory.root_url}/",
                    "theme_url": territory.theme_url,
                    "facade_signature": territory.facade_signature,
                }
                for territory in territories
            ],
        }
        cache.set(SITES_KEY, found, timeout=SITES_SECONDS)
    return found


@receiver([post_save, post_delete], sender=Territory)
@receiver([post_save, post_delete], sender=Site)
def forget_sites(**kwargs) -> None:
    """Now, and once the others can read it: meanwhile they may have kept what was before."""
    forget_addresses()
    transaction.on_commit(forget_addresses)


def forget_addresses() -> None:
    cache.delete(SITES_KEY)
    Site.clear_site_root_paths_cache()
