"""A sheet in the words of schema.org: a HowTo, which says what it is more closely than an Article.

It has steps, a cost and a result. Search engines no longer draw anything of their own for it; other
programs still read it, and an Article would lose the steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from territories.discovery.structured import known, publisher

if TYPE_CHECKING:
    from labelling.models import PracticeSheetPage


def how_to(page: PracticeSheetPage) -> dict[str, Any]:
    """The words of a page, the facts of its record."""
    record = page.record
    address = page.full_url
    found = known(
        {
            "@type": "HowTo",
            "name": page.title,
            "description": page.summary,
            "inLanguage": page.language,
            "url": address,
            "mainEntityOfPage": address,
            "isAccessibleForFree": True,
            "publisher": publisher(record.territory),
            "step": [
                {"@type": "HowToStep", "position": position, "text": step.what}
                for position, step in enumerate(page.steps.all(), start=1)
            ],
        }
    )
    if record.cost is not None:
        found["estimatedCost"] = {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": str(record.cost),
        }
    if record.first_published_at:
        found["datePublished"] = record.first_published_at.date().isoformat()
    if record.last_published_at:
        found["dateModified"] = record.last_published_at.date().isoformat()
    if record.image:
        found["image"] = record.image.get_rendition("fill-1200x630|format-jpeg").full_url
    return found
