"""The body of pages and newsletters: the shared blocks and those that plugins contribute."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from territories.plugins.registry import contributions, works_in

from .base import territory_of
from .shared import SHARED_BLOCKS


class ContentField(StreamField):
    """A StreamField whose blocks are those of the installed plugins.

    They are read from the registry at first use, and stay out of migrations: written there, every
    set of plugins would want a migration of its own.
    """

    def __init__(self, **kwargs) -> None:
        kwargs.pop("block_types", None)
        super().__init__(block_types=[], **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = StreamBlock(
            [(name, block()) for name, block in SHARED_BLOCKS]
            + [
                (item.name, _switched(item.block, plugin)())
                for plugin, item in contributions("BLOCKS")
            ]
        )
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self):
        # Not Wagtail's own, which writes every block first: a migration asks a thousand times.
        return super(StreamField, self).deconstruct()


def _switched(block: type, plugin: str) -> type:
    """The block, empty where its plugin is off: nothing is lost, nothing shows."""

    def is_shown(self, context) -> bool:
        return works_in(plugin, territory_of(context))

    # Same name and module, so that Wagtail's telepath and previews know the block by its own.
    return type(
        block.__name__,
        (block,),
        {"__module__": block.__module__, "is_shown": is_shown, "plugin": plugin},
    )


def refuse_closed_plugins(*, body, before, territory) -> None:
    """Raise ValidationError when a body uses a block of a plugin that is off, and did not before.

    `before`: the stored body, whose blocks stay, hidden, until the plugin is switched on again.
    """
    if territory is None:
        return
    kept = {child.id for child in before or ()}
    closed = {
        str(child.block.label)
        for child in body
        if child.id not in kept
        and getattr(child.block, "plugin", None) not in {None, *territory.enabled_plugins}
    }
    if closed:
        raise ValidationError(
            _("Ce module n’est pas ouvert sur %(territory)s. Retirez le bloc : %(blocks)s.")
            % {"territory": territory.name, "blocks": ", ".join(sorted(closed))}
        )
