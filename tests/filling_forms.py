"""A form as a browser sends it, and a page as a person reads it."""

import html
import re


def typed(form) -> dict:
    """What a browser sends of a form that nobody has touched."""
    sent = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        if isinstance(value, list):
            value = [getattr(one, "pk", one) for one in value]
        elif field.widget_type != "checkbox":
            shown = field.field.widget.format_value(value)
            value = shown if isinstance(shown, str) else value
        sent[field.html_name] = value
    return sent


def words_of(response) -> str:
    """What stands on the page, without tags."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
