"""Publishing six hundred pages while somebody waits for the demo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.search.indexing import index_waiting
from territories.provisioning.publishing import publish_unedited

# What publishing and the tree write.
PUBLICATION = {
    *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
    *("latest_revision", "latest_revision_created_at", "live_revision", "draft_title", "numchild"),
}


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
    """Publish a page as its fields stand; one that somebody has edited gets a revision.

    One that says what it said before gets none: loading twice changes nothing.
    """
    if not page.latest_revision_id:
        publish_unedited(page, parent)
    elif not page.live or said(page.latest_revision.content) != said(page.serializable_data()):
        page.save_revision(changed=False).publish()


def said(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a revision, without what publishing and the tree write."""
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {name: value for name, value in plain.items() if name not in PUBLICATION}
