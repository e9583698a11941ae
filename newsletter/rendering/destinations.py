"""Where the addresses of a letter lead, without asking the network.

The pages of our own sites are looked up in the database, the other addresses of our sites among
those that the site answers; what is elsewhere is known to be elsewhere, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site

from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.privacy import is_private
from territories.plugins.registry import plugin_of, works_in
from territories.territory import NO_ADDRESS


class Destination(Enum):
    """What is found at the end of a link."""

    FINE = auto()
    NOWHERE = auto()
    MALFORMED = auto()
    UNKNOWN = auto()
    OFFLINE = auto()
    CLOSED = auto()
    PRIVATE = auto()
    ADMIN = auto()
    # Known to nobody but the machine, or the network, of whoever wrote the letter.
    LOCAL = auto()
    ELSEWHERE = auto()
    # Elsewhere, and anybody on the way can read or change it.
    INSECURE = auto()


_NUMBER = re.compile(r"\+?[0-9 ().\-\u00a0\u202f]{2,25}")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?")
_LOCAL_HOST = re.compile(r"localhost|.*\.(?:localhost|local|internal|invalid|test)|[\d.]+|\[.*\]")


class _Here(NamedTuple):
    """An address of our own sites, of a page. `ways`: its place in the visitor's language, then in
    the source language, whose page answers when there is no translation."""

    ways: Sequence[str]
    territory: Territory | None


@dataclass(frozen=True)
class _Place:
    live: bool
    private: bool
    plugin: str


def destinations_of(addresses: Iterable[str]) -> dict[str, Destination]:
    """Of whole addresses. The same few queries for one or a hundred."""
    found: dict[str, Destination] = {}
    ours: dict[str, tuple[SplitResult, Site]] = {}
    sites = {site.hostname.lower(): site for site in Site.objects.select_related("root_page")}
    for address in addresses:
        try:
            parts = urlsplit(address.strip())
            host = (parts.hostname or "").lower()
        except ValueError:
            found[address] = Destination.MALFORMED
            continue
        if parts.scheme in {"http", "https"} and host in sites:
            ours[address] = (parts, sites[host])
        else:
            found[address] = _elsewhere(parts, host)
    return found | _at_home(ours)


def _elsewhere(parts: SplitResult, host: str) -> Destination:
    if parts.scheme in {"tel", "sms"}:
        number = unquote(parts.path)
        return Destination.FINE if _NUMBER.fullmatch(number) else Destination.MALFORMED
    if parts.scheme == "mailto":
        try:
            for one in unquote(parts.path).split(","):
                validate_email(one.strip())
        except ValidationError:
            return Destination.MALFORMED
        return Destination.FINE
    if parts.scheme not in {"http", "https"}:
        return Destination.MALFORMED
    if _LOCAL_HOST.fullmatch(host):
        return Destination.LOCAL
    if not _HOST.fullmatch(host):
        return Destination.MALFORMED
    return Destination.INSECURE if parts.scheme == "http" else Destination.ELSEWHERE


def _at_home(ours: Mapping[str, tuple[SplitResult, Site]]) -> dict[str, Destination]:
    found: dict[str, Destination] = {}
    pages: dict[str, _Here] = {}
    documents: dict[str, str] = {}
    territories = {
        territory.site_id: territory
        for territory in Territory.objects.filter(
            site__in={site.pk for _, site in ours.values()}
        ).prefetch_related("switches")
    }
    for address, (parts, site) in ours.items():
        territory = territories.get(site.pk)
        if site.hostname.endswith(NO_ADDRESS) or (territory and territory.archived_on):
            found[address] = Destination.OFFLINE
            continue
        path = unquote(parts.path) or "/"
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            found[address] = Destination.FINE
            continue
        match = _match(path)
        if match is None:
            found[address] = Destination.UNKNOWN
        elif path.startswith(("/admin/", "/documents/admin/")):
            found[address] = Destination.ADMIN
        elif match.url_name == "wagtail_serve":
            pages[address] = _Here(_ways(site, path), territory)
        elif match.url_name == "wagtaildocs_serve":
            documents[address] = match.args[0]
        elif match.app_names and not works_in(match.app_names[0], territory):
            found[address] = Destination.CLOSED
        else:
            found[address] = Destination.FINE
    return found | _pages(pages) | _documents(documents)


def _match(path: str) -> ResolverMatch | None:
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        # The site itself adds the slash that was forgotten.
        for tried in (path, f"{path}/"):
            try:
                return resolve(tried)
            except Resolver404:
                continue
    return None


def _ways(site: Site, path: str) -> list[str]:
    language = get_language_from_path(path) or SOURCE_LANGUAGE
    parts = [part for part in path.split("/") if part]
    if get_language_from_path(path):
        parts = parts[1:]
    roots = {
        root.language_code or SOURCE_LANGUAGE: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk
    }
    roots.setdefault(SOURCE_LANGUAGE, site.root_page.url_path)
    below = "".join(f"{part}/" for part in parts)
    return [
        roots[spoken] + below
        for spoken in dict.fromkeys((language, SOURCE_LANGUAGE))
        if spoken in roots
    ]


def _pages(asked: Mapping[str, _Here]) -> dict[str, Destination]:
    ways = {way for here in asked.values() for way in here.ways}
    places: dict[str, _Place] = {}
    if ways:
        # The slugs have an index, the whole addresses have none.
        slugs = {way.rstrip("/").rsplit("/", 1)[-1] for way in ways}
        rows = Page.objects.filter(slug__in=slugs, url_path__in=ways).annotate(private=is_private())
        for page in rows.select_related("content_type"):
            model = page.specific_class
            places[page.url_path] = _Place(page.live, page.private, plugin_of(model or Page))
    return {address: _page(here, places) for address, here in asked.items()}


def _page(here: _Here, places: Mapping[str, _Place]) -> Destination:
    known = [places[way] for way in here.ways if way in places]
    if not known:
        return Destination.UNKNOWN
    shown = next((place for place in known if place.live), None)
    if shown is None:
        return Destination.OFFLINE
    if not works_in(shown.plugin, here.territory):
        return Destination.CLOSED
    # What is private in the source language is private in all.
    return Destination.PRIVATE if any(one.private for one in known) else Destination.FINE


def _documents(asked: Mapping[str, str]) -> dict[str, Destination]:
    if not asked:
        return {}
    known = get_document_model().objects.filter(pk__in=set(asked.values()))
    paths = {str(one.pk): one.collection.path for one in known.select_related("collection")}
    closed = tuple(
        CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct()
    )
    found = {}
    for address, key in asked.items():
        if key not in paths:
            found[address] = Destination.UNKNOWN
        else:
            private = paths[key].startswith(closed)
            found[address] = Destination.PRIVATE if private else Destination.FINE
    return found
