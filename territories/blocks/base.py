from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from wagtail import blocks

if TYPE_CHECKING:
    from wagtail.models import Page

    from territories.models import Territory


class SharedBlock(blocks.StructBlock):
    """Base of every content block: a web template, an e-mail template, and where it may show.

    `Meta.description` and `Meta.preview_value` are what the editor's list of blocks says and shows
    of it. `is_of_one_place`: what it says holds for one territory alone (people, figures); a clone
    of the territory leaves it out.
    """

    is_of_one_place = False

    class Meta:
        mail_template = None

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        """The registry overrides this for contributed blocks: off means empty."""
        return True

    def new_since(self, territory: Territory, since: datetime) -> dict[str, Any] | None:
        """A value filled with what is new since a date; None when there is nothing."""
        return None

    def pages_told(self, value: Any, context: Mapping[str, Any]) -> Sequence[Page]:
        """The records that it tells of, read once for all: a letter marks them as told."""
        return ()

    def leave_out(self, value: dict[str, Any], pages: Sequence[Page]) -> dict[str, Any]:
        """The value of `new_since` without these pages; as it was where it cannot say so."""
        return value

    def usual_in_letters(self) -> dict[str, Any] | None:
        """What it holds in the first template of a territory's letters; None: nothing."""
        return None

    def render(self, value, context=None):
        if not self.is_shown(context or {}):
            return ""
        return super().render(value, context=context)

    def get_preview_value(self):
        """`Meta.preview_value`, its lazy words said in the editor's language."""
        return self.to_python(said(getattr(self.meta, "preview_value", {})))

    def get_preview_context(self, value, parent_context=None):
        """The colours, and what lists are filled with, are of a territory of whoever asks."""
        from territories.models import Territory
        from territories.tenancy.policies import territories_of

        context = dict(super().get_preview_context(value, parent_context))
        request = context.get("request")
        if request is not None:
            own = Territory.objects.filter(pk__in=territories_of(request.user))
            context["territory"] = own.select_related("site").order_by("name").first()
        # Escaped by the block's own template; to strip it makes it plain text again.
        return {**context, "rendered": mark_safe(self.render(value, context).strip())}


def said(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {name: said(one) for name, one in value.items()}
    return [said(one) for one in value] if isinstance(value, list) else value


def territory_of(context: Mapping[str, Any]) -> Territory | None:
    """The territory a block is rendered for: the page's, else the host's; None is the portal."""
    page = context.get("page")
    if page is not None and getattr(page, "territory_id", None):
        return page.territory
    if context.get("territory") is not None:
        return context["territory"]
    return getattr(context.get("request"), "territory", None)
