"""A new letter: from what is new, from a template of the territory, or from an earlier letter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsletter.models import NewsletterPage
from territories.blocks.listing import start_of
from territories.pages.base import SOURCE_LANGUAGE
from territories.words import day_words

from .filling import add_to, last_letter_day, proposals

if TYPE_CHECKING:
    from newsletter.models import NewsletterIndexPage
    from territories.models import Territory

# What a copy says as its model does; when it was published and sent is not its own to say.
COPIED = ("subject", "preheader", "button_text", "button_page_id")


def templates_of(territory: Territory) -> QuerySet[NewsletterPage]:
    found = NewsletterPage.objects.records().in_territory(territory).filter(is_template=True)
    return found.order_by("title", "pk")


def earlier_letters(territory: Territory) -> QuerySet[NewsletterPage]:
    found = NewsletterPage.objects.live().records().letters().in_territory(territory)
    return found.dated().order_by("-day", "-pk")


@transaction.atomic
def letter_of_news(index: NewsletterIndexPage, user: User) -> tuple[NewsletterPage, list[str]]:
    """A draft filled with what is new since the last letter, and the names of its blocks."""
    letter = NewsletterPage(title=title_of_today(index.territory))
    put(index, letter, user)
    since = start_of(last_letter_day(index.territory, before=letter), index.territory)
    added = add_to(letter, proposals(letter, since))
    letter.save_revision(user=user, log_action=True)
    return letter, added


@transaction.atomic
def letter_like(index: NewsletterIndexPage, source: NewsletterPage, user: User) -> NewsletterPage:
    """A draft that says what a template or an earlier letter says; nothing of its sending."""
    letter = copy_of(source, title=title_of_today(index.territory))
    letter.body = source.body
    since = last_letter_day(index.territory)
    for child in letter.body:
        begin_again(child.value, since)
    put(index, letter, user)
    letter.save_revision(user=user, log_action=True)
    return letter


@transaction.atomic
def template_like(source: NewsletterPage, *, title: str, user: User) -> NewsletterPage:
    """A template that says what a letter says."""
    template = copy_of(source, title=title, is_template=True)
    template.body = source.body
    put(source.get_parent().specific, template, user)
    template.save_revision(user=user, log_action=True)
    return template


def copy_of(source: NewsletterPage, **facts) -> NewsletterPage:
    return NewsletterPage(**{name: getattr(source, name) for name in COPIED}, **facts)


def begin_again(value, since: date) -> None:
    """A list of news goes on where the last letter ended, with all there is."""
    if not hasattr(value, "block"):
        return
    if "since" in value.block.child_blocks and value.get("since"):
        value["since"] = since
    if "without" in value.block.child_blocks:
        value["without"] = value.block.child_blocks["without"].normalize([])


def put(index: NewsletterIndexPage, letter: NewsletterPage, user: User) -> None:
    """Under the list of letters, as a draft."""
    letter.live = False
    letter.owner = user
    letter.locale = index.locale
    index.add_child(instance=letter)


def title_of_today(territory: Territory) -> str:
    today = timezone.localdate(timezone=territory.zone)
    with override(SOURCE_LANGUAGE):
        return _("Lettre du %(day)s") % {"day": day_words(today, weekday=False, year=True)}
