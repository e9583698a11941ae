"""Publishing six hundred pages while somebody waits for the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.search.indexing import index_waiting
from territories.provisioning.publishing import publish_unedited


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
    """Publish a page as its fields stand; one that somebody has edited gets a revision."""
    if page.latest_revision_id:
        page.save_revision(changed=False).publish()
    else:
        publish_unedited(page, parent)
