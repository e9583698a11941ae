"""What a picture says, and the fingerprint that changes when it would say something else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, override

from territories.appearance.theme import NATIONAL
from territories.pages.locales import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

# One more when the drawing changes: every picture gets another address.
DRAWING = 1


@dataclass(frozen=True)
class Poster:
    """`name` of the site, `day` in the territory's time; `slug` is "" on the national portal.
    `badge`: a few words that stand lit above the title."""

    title: str
    name: str
    language: str
    slug: str
    colours: tuple[str, str]
    signature: tuple[str, ...]
    day: date | None
    badge: str = ""

    @property
    def fingerprint(self) -> str:
        said = json.dumps([DRAWING, asdict(self)], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def poster_of(page: Page, request: HttpRequest) -> Poster:
    """A page type may give a day, for the window of its date: `shared_day(self, request)`."""
    territory = request.territory
    language = language_of(page.locale_id)
    shared_day = getattr(page, "shared_day", None)
    with override(language):
        name = territory.full_name if territory else gettext("Cités de l’emploi")
    return Poster(
        title=getattr(page, "headline", "") or page.title,
        name=name,
        language=language,
        slug=territory.slug if territory else "",
        colours=(territory.first_colour, territory.second_colour) if territory else NATIONAL,
        signature=signature_words(territory),
        day=shared_day(request) if shared_day else None,
    )


def signature_words(territory: Any) -> tuple[str, ...]:
    words = territory.facade_signature.split(",") if territory else ()
    return tuple(word.strip() for word in words if word.strip())
