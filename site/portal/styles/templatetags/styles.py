from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """`{% drawn "components/note.html" state.values %}`: what `include … with … only` cannot do,
    since the values have names that no template knows beforehand. The frame of the page stays."""
    with context.push(**values):
        return context.template.engine.get_template(name).render(context)
