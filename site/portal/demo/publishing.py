"""Publishing six hundred pages while somebody waits for the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from django.utils import timezone
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from portal.search.indexing import index_waiting


@contextmanager
def indexed_together() -> Iterator[None]:
    """Index at the end what is saved inside: one by one, each page would leave two tasks."""
    muted = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in muted:
            post_save.connect(post_save_signal_handler, sender=model)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    index_waiting()


def publish(page: Page, parent: Page | None = None) -> None:
    """Publish a page as its fields stand, under `parent` when it is new.

    A page that nobody has edited needs no revision, which costs three times the page itself. One
    that was edited gets its own.
    """
    if page.latest_revision_id:
        page.save_revision(changed=False).publish()
        return
    page.live = True
    page.has_unpublished_changes = False
    page.last_published_at = timezone.now()
    page.first_published_at = page.first_published_at or page.last_published_at
    if page.pk is None:
        parent.add_child(instance=page)
    else:
        page.save()
    page_published.send(sender=type(page), instance=page, revision=None)
