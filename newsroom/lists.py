"""News and stories as lines of a list, whoever shows the list: a page, a panel, a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import get_language

from territories.pages.listing import Listing
from territories.pages.translations import in_language, read_in_language
from territories.plugins.contributions import Badge
from territories.territory import zone_of

from .models import NewsPage, SuccessStoryPage
from .models.news import NEWEST, NewsQuerySet

if TYPE_CHECKING:
    from resources_directory.models import ActorPage
    from territories.models import Territory

    from .models.stories import StoryQuerySet

PER_PAGE = 12
STORIES_BESIDE = 3


@dataclass(frozen=True)
class Line:
    """`page` has the words, in the visitor's language where they exist; `record` has the facts."""

    record: NewsPage | SuccessStoryPage
    page: Any
    day: date | None
    place: str
    badges: Sequence[Badge] = ()
    is_first: bool = False
    # Said where lists mix territories: on the national portal.
    territory: Territory | None = None


def news_of(territory: Territory | None) -> NewsQuerySet:
    """What anybody may read; None is the portal, which shows those of all."""
    return NewsPage.objects.findable().in_territory(territory).pinned_first()


def stories_of(territory: Territory | None) -> StoryQuerySet:
    return SuccessStoryPage.objects.findable().in_territory(territory)


def dressed(pages):
    """With what a line shows beside the page itself."""
    return pages.select_related("locale", "territory__site", "neighbourhood")


def news_list(request: HttpRequest) -> dict[str, Any]:
    """The list of `/actualites/`, as the visitor has narrowed it, and some stories below."""
    listing = Listing(
        request,
        dressed(news_of(request.territory)),
        ordering=NEWEST,
        per_page=PER_PAGE,
        prefetch=["themes__parent"],
    )
    return {
        "listing": listing,
        "lines": lines_of(listing.items, request.territory),
        "stories": latest_stories(request.territory) if request.territory else [],
    }


def story_list(request: HttpRequest) -> dict[str, Any]:
    listing = Listing(
        request,
        dressed(stories_of(request.territory)),
        ordering=["-first_published_at", "-pk"],
        per_page=PER_PAGE,
        prefetch=["themes__parent"],
    )
    return {"listing": listing, "lines": lines_of(listing.items, request.territory)}


def latest_news(
    territory: Territory | None,
    *,
    count: int,
    since: datetime | None = None,
    narrow: Callable[[NewsQuerySet], NewsQuerySet] = lambda news: news,
) -> list[Line]:
    """The news that stand in front, pinned ones first; `since`: those published since a moment."""
    found = narrow(news_of(territory).in_front())
    if since is not None:
        found = found.filter(first_published_at__gte=since)
    records = read_in_language(
        found.order_by(*NEWEST)[:count],
        get_language() or "",
        dress=lambda pages: dressed(pages.pinned_first()),
    )
    return lines_of(records, territory)


def latest_stories(territory: Territory | None) -> list[Line]:
    found = stories_of(territory).order_by("-first_published_at", "-pk")[:STORIES_BESIDE]
    records = read_in_language(found, get_language() or "", dress=dressed)
    return lines_of(records, territory)


def lines_of(records: Iterable[Any], territory: Territory | None) -> list[Line]:
    return [line_of(record, territory) for record in records]


def line_of(record: Any, territory: Territory | None) -> Line:
    """`record` with its `.shown` page; its themes make badges only where they were prefetched."""
    moment = getattr(record, "date", None)
    return Line(
        record=record,
        page=getattr(record, "shown", record),
        day=moment and moment.astimezone(zone_of(record.territory)).date(),
        place=record.neighbourhood.name if record.neighbourhood else "",
        badges=family_badges(record),
        is_first=getattr(record, "is_first", False),
        territory=record.territory if territory is None else None,
    )


def family_badges(record: Any) -> list[Badge]:
    """The families of its themes, in the words of residents, where a list has read them."""
    if "themes" not in getattr(record, "_prefetched_objects_cache", {}):
        return []
    families = {theme.parent for theme in record.themes.all() if theme.parent}
    return [
        Badge(family.words, family.icon)
        for family in sorted(families, key=lambda family: family.position)
    ]


def helpers_of(story: SuccessStoryPage) -> list[ActorPage]:
    """Who helped, where their sheet may be shown, in the visitor's language."""
    from resources_directory.models import ActorPage

    found = ActorPage.objects.findable().filter(
        pk__in=story.actors.values("actor"), territory=story.territory_id
    )
    return in_language(found.order_by("title"), get_language() or "")
