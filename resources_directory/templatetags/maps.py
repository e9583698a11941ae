from __future__ import annotations

import json

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from resources_directory.maps import counting, legend

register = template.Library()
register.simple_tag(legend.legend, name="map_legend")


@register.simple_tag
def counted_attributes() -> SafeString:
    """The sentences with a number that the map says."""
    return format_html_join(
        "",
        ' data-{}="{}"',
        (
            (name, json.dumps(counting.forms(sentence), ensure_ascii=False))
            for name, sentence in counting.SENTENCES.items()
        ),
    )


@register.simple_tag(takes_context=True)
def quarters_url(context) -> str:
    """Where the neighbourhoods of this territory are read; the portal draws none."""
    return reverse("resources_directory:quarters") if context["request"].territory else ""
