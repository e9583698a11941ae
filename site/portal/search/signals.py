"""What makes documents out of date. Publishing never fails, nor waits, because of search."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

# Imported for its order: a moved branch takes its new territory before we read it.
from territories import signals as _territories_first  # noqa: F401
from territories.health import looked_at
from territories.models import Term, Territory
from territories.plugins.marks import marks_changed
from territories.plugins.switching import plugin_switched

from .engines import engine
from .models import SearchDocument
from .stale import branches, mark_stale, searchables, touch

logger = logging.getLogger(__name__)

# What Wagtail writes on a page when a draft is saved: nothing that the public sees.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "territory",
        "wagtail_admin_comments",
    }
)


def quietly(mark: Callable[..., Any], *arguments: Any, **options: Any) -> None:
    """What goes wrong here is logged, undone, and hinders nobody's work."""
    try:
        with transaction.atomic():
            mark(*arguments, **options)
    except Exception:
        logger.exception("Search documents could not be marked out of date")


def mark_page(page: Page, *, hide: bool = False) -> None:
    if page.specific_class in searchables():
        quietly(mark_stale, Page.objects.filter(pk=page.pk), hide=hide)


@receiver(page_published)
def mark_published(sender, instance: Page, **kwargs) -> None:
    mark_page(instance)


@receiver(post_save)
def mark_saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Imports and copies save pages without publishing a revision."""
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if update_fields is None or not set(update_fields) <= DRAFT_FIELDS:
        mark_page(instance)


@receiver(page_unpublished)
def hide_unpublished(sender, instance: Page, **kwargs) -> None:
    mark_page(instance, hide=True)


@receiver(pre_delete, sender=Page)
def hide_deleted(sender, instance: Page, **kwargs) -> None:
    mark_page(instance, hide=True)


@receiver(post_page_move)
def hide_moved_branch(
    sender, instance: Page, url_path_before="", url_path_after="", **kwargs
) -> None:
    # Their old addresses lead nowhere now.
    if url_path_before != url_path_after:
        quietly(mark_stale, branches([instance.path]), hide=True)


@receiver(page_slug_changed)
def hide_renamed_branch(sender, instance: Page, **kwargs) -> None:
    quietly(mark_stale, branches([instance.path]), hide=True)


@receiver(post_save, sender=PageViewRestriction)
def hide_private_branch(sender, instance: PageViewRestriction, **kwargs) -> None:
    quietly(mark_stale, branches([instance.page.path]), hide=True)


@receiver(post_delete, sender=PageViewRestriction)
def mark_branch_made_public(sender, instance: PageViewRestriction, **kwargs) -> None:
    paths = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True)
    quietly(lambda: mark_stale(branches(paths)))


@receiver(plugin_switched)
def mark_territory(sender, territory, **kwargs) -> None:
    """All its documents: those of other plugins may bear marks of the switched one."""
    quietly(touch, SearchDocument.objects.filter(territory=territory))


@receiver(post_save, sender=Territory)
def mark_closed_or_opened_territory(sender, instance: Territory, update_fields=None, **kwargs):
    """What was read meanwhile says that nothing of it may be shown."""
    if update_fields and "archived_on" in update_fields:
        quietly(touch, SearchDocument.objects.filter(territory=instance))


@receiver(marks_changed)
def mark_marked(sender, pages, **kwargs) -> None:
    quietly(mark_stale, Page.objects.filter(pk__in=list(pages)))


@receiver(post_save, sender=Term)
def mark_bearers_of_term(sender, instance: Term, created=False, **kwargs) -> None:
    if created:
        return
    text, code = models.TextField(), f'"{instance.code}"'
    bearers = SearchDocument.objects.alias(
        theme_codes=Cast("themes", text), public_codes=Cast("publics", text)
    ).filter(models.Q(theme_codes__contains=code) | models.Q(public_codes__contains=code))
    quietly(touch, bearers)


@receiver(pre_delete, sender=SearchDocument)
def forget_deleted_row(sender, instance: SearchDocument, **kwargs) -> None:
    quietly(engine().remove, [instance.pk])


@receiver(looked_at)
def tell_trouble(sender, **kwargs) -> str:
    return engine().trouble()
