from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from .models import NewsPage


def news_article(page: NewsPage) -> dict[str, Any]:
    """schema.org's NewsArticle: the words of a page, the facts of its record."""
    record, territory = page.record, page.territory
    address = page.full_url
    publisher = territory.full_name if territory else settings.WAGTAIL_SITE_NAME
    found: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "datePublished": record.date.astimezone(record.zone).isoformat(timespec="seconds"),
        "mainEntityOfPage": address,
        "url": address,
        "isAccessibleForFree": True,
        "author": {"@type": "Organization", "name": publisher},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    if record.last_published_at:
        changed = max(record.date, record.last_published_at).astimezone(record.zone)
        found["dateModified"] = changed.isoformat(timespec="seconds")
    if record.image:
        rendition = record.image.get_rendition("fill-1200x630|format-jpeg")
        found["image"] = rendition.full_url
    return found
