"""Making the legal pages of a site in every language: published, since they are never blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import override
from wagtail.models import Page

from territories.models import ContentPage
from territories.provisioning.publishing import publish_unedited

from .kinds import KINDS
from .pages import LegalPage

if TYPE_CHECKING:
    from territories.models import Territory


def make_legal_pages(territory: Territory | None, homes: Sequence[Page]) -> None:
    """A page that somebody has written at one of these addresses stays theirs."""
    source, *others = homes
    for slug in KINDS:
        forget_old_draft(source, slug)
        if source.get_children().filter(slug=slug).exists():
            record = LegalPage.objects.child_of(source).filter(slug=slug).first()
        else:
            record = put(source, LegalPage(slug=slug))
        for home in others if record else ():
            if not home.get_children().filter(slug=slug).exists():
                put(home, LegalPage(slug=slug, translation_key=record.translation_key))


def put(home: Page, page: LegalPage) -> LegalPage:
    page.locale = home.locale
    with override(home.locale.language_code):
        page.title = str(KINDS[page.slug].title)
        page.introduction = str(KINDS[page.slug].introduction)
    page.show_in_menus = False
    publish_unedited(page, home)
    return page


def forget_old_draft(home: Page, slug: str) -> None:
    """Territories were once given drafts with blanks: one that nobody has touched is of no use."""
    for draft in ContentPage.objects.child_of(home).filter(slug=slug, live=False):
        untouched = draft.revisions.count() <= 1 and draft.first_published_at is None
        if untouched and "à compléter" in str(draft.body):
            draft.delete()
