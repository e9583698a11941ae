"""The demo's letters: what its data files say, and the next one, filled from what is new."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agenda.models import EventPage
from newsletter.composing.filling import add_to, proposals
from newsletter.models import NewsletterIndexPage, NewsletterPage
from resources_directory.models import ServicePage
from territories.blocks.listing import start_of

if TYPE_CHECKING:
    from .territory import TerritoryLoader

# What the next letter has of new is younger.
FORTNIGHT = timedelta(days=14)
NEXT = "la-prochaine-lettre"


def load_letters(loader: TerritoryLoader) -> None:
    """The first template comes with the territory."""
    for model, chosen in (
        (EventPage, loader.bodies.events),
        (ServicePage, loader.bodies.services),
    ):
        found = model.objects.records().in_territory(loader.territory)
        chosen.update(found.values_list("slug", "pk"))
    for fact in loader.content.newsletters:
        loader.put(
            loader.index(NewsletterIndexPage),
            NewsletterPage,
            fact["slug"],
            title=fact["title"],
            subject=fact["subject"],
            preheader=fact["preheader"],
            sent_on=loader.today,
            body=loader.bodies.body(fact["slug"], fact["body"]),
        )
    begin_the_next(loader)


def begin_the_next(loader: TerritoryLoader) -> None:
    """A draft that somebody has changed since stays as it is."""
    index = loader.index(NewsletterIndexPage)
    if NewsletterPage.objects.child_of(index).filter(slug=NEXT).exists():
        return
    letter = NewsletterPage(title="La prochaine lettre", slug=NEXT, locale=index.locale, live=False)
    index.add_child(instance=letter)
    since = start_of(loader.today - FORTNIGHT, loader.territory)
    add_to(letter, proposals(letter, since))
    letter.save()
