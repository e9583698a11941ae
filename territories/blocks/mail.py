from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def render_mail(block, value: Any, context: Mapping[str, Any]) -> SafeString | str:
    """A block as MJML for a letter, "" when it has no `Meta.mail_template`.

    `context` holds at least `territory` and `request` (None when a worker renders the letter).
    """
    template = getattr(block.meta, "mail_template", None)
    if not template or not block.is_shown(context):
        return ""
    # The web context brings what the block looks up (events, services): one query, two renderings.
    return render_to_string(template, block.get_context(value, parent_context=dict(context)))
